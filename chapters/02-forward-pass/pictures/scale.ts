/**
 * The weight matrices of a network drawn to scale: an area stands for a number of parameters.
 */
import { drawing, type Figure, group, mix, rect, seriesColour, text, theme } from '../../../core/io/charts';

const WIDEST = 620; // pixels
const GAP = 34;

export function scaleDrawing(layers: readonly [inputs: number, outputs: number][]): Figure {
  const scale = WIDEST / Math.max(...layers.flat());
  const heights = layers.map(([, outputs]) => Math.max(2, outputs * scale));
  const tops = heights.map((_, k) => heights.slice(0, k).reduce((sum, height) => sum + height + GAP, 20));
  const matrices = layers.map(([inputs, outputs], k) => {
    const colour = seriesColour(k);
    const name = `weight ${k + 1}: [${outputs}, ${inputs}], ${inputs * outputs} numbers`;
    const body = rect(0, 0, Math.max(2, inputs * scale), heights[k], {
      fill: mix(theme.card, colour, 0.3),
      stroke: colour,
    });
    return group([text(0, -7, name), body], { y: tops[k] });
  });
  const last = layers.length - 1;
  return drawing(WIDEST, tops[last] + heights[last], matrices, { title: 'Its weights, drawn to scale' });
}
