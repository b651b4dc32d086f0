/** A multilayer perceptron as circles and connections, with the shapes of its layers under them. */

import { checkCounts, checkSome } from './check';
import { drawing, type Figure } from './figure';
import { widest } from './measure';
import { circle, group, line, type Shape, text } from './svg';
import { mix, seriesColour, theme } from './theme';

export interface NetworkLayer {
  name: string;
  units: number;
  /** A line under the number of units: an activation, a shape. */
  note?: string;
}

export interface NetworkFigureOptions {
  title: string;
  layers: readonly NetworkLayer[];
  /** Layers with more units are drawn with an ellipsis. */
  maxUnits?: number;
}

const RADIUS = 11;
const STEP = 32;

export function networkFigure({ title, layers, maxUnits = 8 }: NetworkFigureOptions): Figure {
  checkSome('networkFigure', 'layers', layers);
  checkCounts('networkFigure', { maxUnits });
  for (const layer of layers) checkCounts('networkFigure', { [`units of "${layer.name}"`]: layer.units });

  const captions = layers.map(({ units, note }) => [
    `${units} ${units === 1 ? 'unit' : 'units'}`,
    ...(note ? [note] : []),
  ]);
  const names = layers.map((layer) => layer.name);
  const widestText = Math.max(widest(names, theme.size.label, true), widest(captions.flat(), theme.size.tick));
  const distance = Math.max(140, widestText + 24);
  const columns = layers.map((layer) => placesOf(layer.units, maxUnits));
  const height = Math.max(...columns.map((places) => places.length)) * STEP;
  const x = (layer: number) => distance * (layer + 0.5);

  const connections = columns.slice(1).flatMap((places, layer) => connect(columns[layer], places, x(layer), distance));
  const circles = columns.map((places, layer) => {
    const colour = layerColour(layer, layers.length);
    return group(
      places.map((place) => drawPlace(place, colour)),
      { x: x(layer) },
    );
  });
  const small = { size: theme.size.tick, fill: theme.muted, anchor: 'middle' } as const;
  const labels = names.map((name, layer) => {
    const label = [text(0, 0, name, { bold: true, anchor: 'middle' }), text(0, 17, captions[layer].join('\n'), small)];
    return group(label, { x: x(layer), y: height + 22 });
  });
  const under = 28 + 14 * Math.max(...captions.map((lines) => lines.length));
  const network = group([...connections, ...circles], { y: height / 2 });
  return drawing(distance * layers.length, height + under, [network, ...labels], { title });
}

/** A place in a layer's column, its height counted from the middle: a unit, or the dots for those left out. */
interface Place {
  y: number;
  dots: boolean;
}

const units = (places: readonly Place[]): Place[] => places.filter((place) => !place.dots);

function connect(left: readonly Place[], right: readonly Place[], x: number, distance: number): Shape[] {
  const style = { stroke: '#c3ccd5', strokeWidth: 0.8 };
  return units(left).flatMap((from) => units(right).map((to) => line(x, from.y, x + distance, to.y, style)));
}

function placesOf(count: number, maxUnits: number): Place[] {
  const shown = Math.min(count, maxUnits);
  return Array.from({ length: shown }, (_, place) => ({
    y: (place - (shown - 1) / 2) * STEP,
    dots: count > maxUnits && place === shown >> 1,
  }));
}

/** Input, hidden and output layers in the colours of data, operations and results. */
function layerColour(layer: number, count: number): string {
  if (layer === 0) return seriesColour(0);
  return layer === count - 1 ? seriesColour(1) : seriesColour(2);
}

function drawPlace({ y, dots }: Place, colour: string): Shape {
  if (dots) return group([-7, 0, 7].map((dy) => circle(0, y + dy, 1.8, { fill: theme.muted })));
  return circle(0, y, RADIUS, { fill: mix(theme.card, colour, 0.3), stroke: colour, strokeWidth: 1.5 });
}
