/**
 * A neuron as a diagram: inputs come in from the left, each over a line as thick as its weight, meet in the sum, and
 * leave as an answer. Its columns are shared with the picture of the biological neuron, so that part lies above part.
 */
import {
  arrow,
  circle,
  drawing,
  type Figure,
  group,
  line,
  mix,
  path,
  polyline,
  rect,
  type Shape,
  seriesColour,
  text,
  theme,
} from '../../../core/io/charts';
import { signed } from './signed';

/** Where each part stands, from left to right. */
export const COLUMNS = { name: 118, input: 148, weight: 262, sum: 390, activation: 500, output: 600 };
const ROW = 66;
const SUM_RADIUS = 36;

export const COLOURS = {
  input: seriesColour(0),
  weight: seriesColour(4),
  sum: seriesColour(2),
  output: seriesColour(1),
};

export interface DrawnInput {
  name: string;
  /** Stands in the circle. */
  value: string;
  /** Stands on the line. */
  label: string;
  weight: number;
}

export interface DrawnNeuron {
  inputs: DrawnInput[];
  bias: string;
  sum: string;
  outputs: { curve: 'step' | 'sigmoid'; text: string }[];
}

/** The height a neuron of so many inputs takes. */
export const heightOf = ({ inputs }: DrawnNeuron): number => Math.max(2.6, inputs.length) * ROW + 24;

/** The whole neuron; its sum stands at half its height. */
export function neuronShape(neuron: DrawnNeuron): Shape {
  const middle = heightOf(neuron) / 2 + 12;
  const placeOf = (i: number, count: number, gap: number) => middle + (i - (count - 1) / 2) * gap;
  const inputs = neuron.inputs.map((input, i) => ({ ...input, y: placeOf(i, neuron.inputs.length, ROW) }));
  const outputs = neuron.outputs.map((output, i) => ({ ...output, y: placeOf(i, neuron.outputs.length, 1.3 * ROW) }));
  return group([
    ...inputs.map((input) => connection(input, input.y, middle)),
    ...inputs.map((input) => inputShape(input, input.y)),
    ...biasShape(neuron.bias, middle),
    ...outputs.map((output) => outputShape(output, output.y, middle)),
    circle(COLUMNS.sum, middle, SUM_RADIUS, look(COLOURS.sum)),
    text(COLUMNS.sum, middle, neuron.sum, { bold: true, anchor: 'middle', middle: true }),
  ]);
}

const look = (colour: string) => ({ fill: mix(theme.card, colour, 0.22), stroke: colour, strokeWidth: 1.5 });

function inputShape({ name, value }: DrawnInput, y: number): Shape {
  return group([
    text(COLUMNS.name, y, name, { anchor: 'end', middle: true }),
    circle(COLUMNS.input, y, 20, look(COLOURS.input)),
    text(COLUMNS.input, y, value, { bold: true, anchor: 'middle', middle: true }),
  ]);
}

/** As thick as the weight is large, dashed where it speaks for no. */
function connection({ label, weight }: DrawnInput, y: number, middle: number): Shape {
  const strokeWidth = 1 + 7 * Math.min(1, Math.abs(weight));
  const stroke = mix(theme.card, COLOURS.weight, 0.75);
  const halfway = y + ((middle - y) * (COLUMNS.weight - COLUMNS.input)) / (COLUMNS.sum - COLUMNS.input);
  return group([
    line(COLUMNS.input, y, COLUMNS.sum, middle, { stroke, strokeWidth, dashed: weight < 0 }),
    text(COLUMNS.weight, halfway - strokeWidth / 2 - 9, label, { anchor: 'middle' }),
  ]);
}

function biasShape(bias: string, middle: number): Shape[] {
  const top = middle - SUM_RADIUS - 44;
  return [
    text(COLUMNS.sum, top, bias, { anchor: 'middle' }),
    arrow(COLUMNS.sum, top + 8, COLUMNS.sum, middle - SUM_RADIUS - 1, { stroke: theme.muted }),
  ];
}

const BOX = { width: 64, height: 44 };

function outputShape({ curve, text: answer }: DrawnNeuron['outputs'][number], y: number, middle: number): Shape {
  const left = COLUMNS.activation - BOX.width / 2;
  return group([
    arrow(COLUMNS.sum, middle, left - 1, y, { stroke: theme.muted }),
    rect(left, y - BOX.height / 2, BOX.width, BOX.height, { ...look(COLOURS.output), radius: 6 }),
    group([curveShape(curve)], { x: COLUMNS.activation, y }),
    arrow(left + BOX.width, y, COLUMNS.output - 8, y, { stroke: theme.muted }),
    text(COLUMNS.output, y, answer, { bold: true, middle: true }),
    text(COLUMNS.activation, y + BOX.height / 2 + 15, curve, {
      anchor: 'middle',
      fill: theme.muted,
      size: theme.size.tick,
    }),
  ]);
}

/** A small step or sigmoid around (0, 0). */
function curveShape(curve: 'step' | 'sigmoid'): Shape {
  const style = { stroke: theme.ink, strokeWidth: 2 };
  if (curve === 'step') return path('M-24,12L0,12L0,-12L24,-12', style);
  const x = Array.from({ length: 25 }, (_, i) => 2 * (i - 12));
  return polyline(
    x,
    x.map((at) => 12 - 24 / (1 + Math.exp(-at / 4))),
    style,
  );
}

interface Told {
  inputs: number[];
  names: string[];
  weights: number[];
  bias: number;
  z: number;
  yes: number;
  sure: number;
}

/** One neuron with the numbers that go through it. */
export function neuronFigure({ inputs, names, weights, bias, z, yes, sure }: Told): Figure {
  const neuron: DrawnNeuron = {
    inputs: inputs.map((x, i) => ({
      name: names[i],
      value: signed(x),
      label: `× ${signed(weights[i])}`,
      weight: weights[i],
    })),
    bias: `bias ${signed(bias)}`,
    sum: `z = ${z.toFixed(2).replace('-', '−')}`,
    outputs: [
      { curve: 'step', text: `${yes}: ${yes === 1 ? 'yes' : 'no'}` },
      { curve: 'sigmoid', text: `${sure.toFixed(4)}: how sure` },
    ],
  };
  return drawing(720, heightOf(neuron), [neuronShape(neuron)], { title: 'A neuron weighs, adds and decides' });
}
