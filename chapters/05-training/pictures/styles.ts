/**
 * The picture of styles.ts: how the tensors go through the graph with two inputs and two outputs.
 */
import { type Figure, graphFigure } from '../../../core/io/charts';

export function branchesFigure(): Figure {
  return graphFigure({
    title: 'Two inputs, two outputs',
    nodes: [
      { id: 'sepal', kind: 'data', label: 'sepal', lines: ['[N, 2]'] },
      { id: 'petal', kind: 'data', label: 'petal', lines: ['[N, 1]'] },
      { id: 'seenSepal', kind: 'operation', label: 'Linear', lines: ['[N, 8]'] },
      { id: 'seenPetal', kind: 'operation', label: 'Linear', lines: ['[N, 8]'] },
      { id: 'both', kind: 'operation', label: 'concat, ReLU', lines: ['[N, 16]'] },
      { id: 'species', kind: 'operation', label: 'Linear → species', lines: ['[N, 3]'] },
      { id: 'width', kind: 'operation', label: 'Linear → width', lines: ['[N, 1]'] },
    ],
    edges: [
      { from: 'sepal', to: 'seenSepal' },
      { from: 'petal', to: 'seenPetal' },
      { from: 'seenSepal', to: 'both' },
      { from: 'seenPetal', to: 'both' },
      { from: 'both', to: 'species' },
      { from: 'both', to: 'width' },
    ],
  });
}
