/** A computation graph, drawn from left to right: data and parameters, the operations on them, the values they give. */

import { checkSome } from './check';
import { drawing, type Figure } from './figure';
import type { Item } from './layers';
import { layout } from './layout';
import { boxSample, legend } from './legend';
import { textWidth, widest } from './measure';
import { type Route, stackRows } from './routes';
import { arrowHead, group, path, rect, type Shape, text } from './svg';
import { mix, seriesColour, theme } from './theme';

export interface GraphNode {
  id: string;
  kind: 'data' | 'parameter' | 'operation' | 'value';
  /** Set in bold. */
  label: string;
  /** Set below: a value, a gradient, a shape. */
  lines?: readonly string[];
}

export interface GraphEdge {
  from: string;
  to: string;
  label?: string;
}

export interface GraphFigureOptions {
  title: string;
  nodes: readonly GraphNode[];
  edges: readonly GraphEdge[];
}

type Kind = GraphNode['kind'];

const LOOKS: Record<Kind, { fill: string; stroke: string; radius: number }> = {
  data: { fill: mix(theme.card, seriesColour(0), 0.16), stroke: seriesColour(0), radius: 3 },
  parameter: { fill: mix(theme.card, seriesColour(4), 0.22), stroke: '#b57d00', radius: 3 },
  operation: { fill: '#e9edf1', stroke: '#8a95a0', radius: 15 },
  value: { fill: theme.card, stroke: '#8a95a0', radius: 3 },
};

const LINE = 15;
const MAX_WIDTH = 960;
const EDGE = { stroke: '#8a95a0', strokeWidth: 1.2 };

export function graphFigure({ title, nodes, edges }: GraphFigureOptions): Figure {
  const indices = checkGraph(nodes, edges);
  const sizes = nodes.map((node) => ({ id: node.id, ...sizeOf(node) }));
  const links = edges.map(({ from, to }) => ({ from: indices.get(from) as number, to: indices.get(to) as number }));
  const labels = edges.map((edge) => edge.label ?? '');
  const across = Math.max(34, widest(labels, theme.size.tick) + 26);
  const plan = layout(sizes, links, { across, along: 14, maxWidth: MAX_WIDTH });
  const { width, height, routes } = stackRows(plan);

  const kinds = (Object.keys(LOOKS) as Kind[]).filter((kind) => nodes.some((node) => node.kind === kind));
  const samples = kinds.map((kind) => ({ name: kind, sample: boxSample(LOOKS[kind].fill, LOOKS[kind].stroke) }));
  const names = legend(samples, width);
  const shapes = [
    ...routes.map(({ d }) => path(d, EDGE)),
    ...routes.map(({ tip }) => arrowHead(tip.x, tip.y, 0, EDGE)),
    ...nodes.map((node, index) => drawNode(node, plan.items[index])),
    ...labels.map((label, index) => edgeLabel(label, routes[index])),
  ];
  const top = names.height + 8;
  return drawing(Math.max(width, names.width), height + top, [names.shape, group(shapes, { y: top })], { title });
}

function checkGraph(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Map<string, number> {
  checkSome('graphFigure', 'nodes', nodes);
  const indices = new Map<string, number>();
  nodes.forEach(({ id }, index) => {
    if (indices.has(id)) throw new Error(`graphFigure: two nodes have the id "${id}"; give each its own`);
    indices.set(id, index);
  });
  for (const { from, to } of edges) {
    const unknown = [from, to].find((id) => !indices.has(id));
    if (unknown === undefined) continue;
    throw new Error(`graphFigure: the edge ${from} → ${to} names "${unknown}", which is no node`);
  }
  return indices;
}

function sizeOf({ kind, label, lines = [] }: GraphNode): { width: number; height: number } {
  const inner = Math.max(textWidth(label, theme.size.label, true), widest(lines, theme.size.tick));
  const height = LINE * (1 + lines.length) + 13;
  return { width: Math.max(inner + (kind === 'operation' ? 24 : 18), 32), height };
}

function drawNode({ kind, label, lines = [] }: GraphNode, { x, y, width, height }: Item): Shape {
  const first = y - (LINE * lines.length) / 2;
  const centred = { anchor: 'middle', middle: true } as const;
  return group([
    rect(x - width / 2, y - height / 2, width, height, { ...LOOKS[kind], strokeWidth: 1.2 }),
    text(x, first, label, { ...centred, bold: true }),
    ...lines.map((content, index) =>
      text(x, first + LINE * (index + 1), content, { ...centred, size: theme.size.tick, fill: theme.muted }),
    ),
  ]);
}

function edgeLabel(label: string, { middle }: Route): Shape {
  return text(middle.x, middle.y, label, { size: theme.size.tick, anchor: 'middle', middle: true, halo: true });
}
