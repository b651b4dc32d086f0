/**
 * The graph of a scalar computation: every value with its gradient, and on every arrow the slope by which the
 * gradient is multiplied on its way back.
 */
import { type Figure, graphFigure } from '../../../core/io/charts';
import type { Value } from '../engine';

export function valueGraph(result: Value, { title, parameters }: { title: string; parameters: Value[] }): Figure {
  const values = result.history().reverse();
  const id = ({ order }: Value) => String(order);
  const kind = (value: Value) => {
    if (value === result) return 'value';
    if (value.inputs.length > 0) return 'operation';
    return parameters.includes(value) ? 'parameter' : 'data';
  };
  return graphFigure({
    title,
    nodes: values.map((value) => ({
      id: id(value),
      kind: kind(value),
      label: value.label || short(value.data),
      lines: [...(value.label ? [`= ${short(value.data)}`] : []), `grad ${short(value.grad)}`],
    })),
    edges: values.flatMap((value) =>
      value.inputs.map((input, i) => ({ from: id(input), to: id(value), label: `×${short(value.slopes[i])}` })),
    ),
  });
}

const short = (number: number): string => String(Number(number.toFixed(4)) + 0).replace('-', '−');
