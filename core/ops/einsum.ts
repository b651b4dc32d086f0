/**
 * Einstein's summation: `einsum('bij,bjk->bik', a, b)` names the axes of every input and of the output; what is named
 * and does not come out is multiplied and summed. It is composed of permute, mul, sum and matmul, and its gradient
 * with it.
 */
import type { Tensor } from '../tensor/tensor';
import { checkTensor } from './launch';

/** A tensor with a letter for each of its axes. */
interface Named {
  axes: string[];
  tensor: Tensor;
}

/**
 * Sums over every letter that is not in the output. Without `->` the output has the letters that occur once, in
 * alphabetical order. A letter twice in one input takes its diagonal; `...` stands for axes that broadcast.
 */
export function einsum(equation: string, ...tensors: Tensor[]): Tensor {
  for (const t of tensors) checkTensor('einsum', t);
  const { inputs, output } = parse(equation, tensors);
  const named = stretched(
    equation,
    inputs.map((axes, i) => diagonals({ axes, tensor: tensors[i] })),
  );
  let result = named[0];
  for (let i = 1; i < named.length; i++) {
    const stillNeeded = new Set([...output, ...named.slice(i + 1).flatMap(({ axes }) => axes)]);
    result = multiply(sumAway(result, new Set([...stillNeeded, ...named[i].axes])), named[i], stillNeeded);
  }
  return arrange(sumAway(result, new Set(output)), output);
}

/* ------------------------------------------------------------------------------------------- the equation */

function parse(equation: string, tensors: readonly Tensor[]): { inputs: string[][]; output: string[] } {
  const fail = (why: string): never => {
    throw new Error(`einsum: '${equation}': ${why}`);
  };
  const [left, right, ...more] = equation.replaceAll(' ', '').split('->');
  const terms = left.split(',');
  if (more.length > 0) fail("there is more than one '->'");
  if (terms.length !== tensors.length) fail(`${terms.length} terms for ${tensors.length} tensors`);
  for (const term of [...terms, right ?? '']) {
    if (!/^[a-zA-Z]*(\.\.\.)?[a-zA-Z]*$/.test(term)) fail(`'${term}' is no list of letters, with at most one '...'`);
  }
  const dots = terms.map((term, i) => tensors[i].rank - term.replace('...', '').length);
  terms.forEach((term, i) => {
    if (dots[i] < 0 || (dots[i] > 0 && !term.includes('...')))
      fail(`'${term}' does not name the ${tensors[i].rank} axes of its tensor`);
  });
  const most = Math.max(0, ...dots.filter((_, i) => terms[i].includes('...')));
  const dotAxes = Array.from({ length: most }, (_, i) => `.${i}`); // aligned at the right, as broadcasting is
  const spell = (term: string, count: number): string[] => {
    const [before, after] = term.split('...');
    return after === undefined ? [...before] : [...before, ...dotAxes.slice(most - count), ...after];
  };
  const inputs = terms.map((term, i) => spell(term, dots[i]));
  const output = right === undefined ? once(inputs, dotAxes) : spell(right, most);
  for (const [i, axis] of output.entries()) {
    if (output.indexOf(axis) !== i) fail(`'${axis}' comes out twice`);
    if (!inputs.some((axes) => axes.includes(axis))) fail(`'${axis}' comes out but does not go in`);
  }
  return { inputs, output };
}

/** The output that goes without saying: broadcast axes, then letters that occur exactly once, in alphabetical order. */
function once(inputs: string[][], dotAxes: string[]): string[] {
  const letters = inputs.flat().filter((axis) => !axis.startsWith('.'));
  const single = letters.filter((axis) => letters.indexOf(axis) === letters.lastIndexOf(axis));
  return [...dotAxes, ...single.sort()];
}

/** Checks that a letter means the same extent everywhere, and stretches the axes that broadcast. */
function stretched(equation: string, named: readonly Named[]): Named[] {
  const extents = new Map<string, number>();
  for (const { axes, tensor } of named)
    for (const [i, axis] of axes.entries()) {
      const [known, extent] = [extents.get(axis) ?? 1, tensor.shape[i]];
      const mayStretch = axis.startsWith('.') && (known === 1 || extent === 1);
      if (extents.has(axis) && known !== extent && !mayStretch) {
        throw new Error(`einsum: '${equation}': '${axis}' is ${known} in one place and ${extent} in another`);
      }
      extents.set(axis, known === 1 ? extent : known);
    }
  return named.map(({ axes, tensor }) => ({
    axes,
    tensor: tensor.expand(...axes.map((axis) => extents.get(axis) as number)),
  }));
}

/* ---------------------------------------------------------------------------------------------- the pieces */

/** A letter named twice in one term: only the places where both indices are equal. */
function diagonals({ axes, tensor }: Named): Named {
  const second = axes.findIndex((axis, i) => axes.indexOf(axis) !== i);
  if (second < 0) return { axes, tensor };
  const first = axes.indexOf(axes[second]);
  const n = tensor.shape[first];
  if (tensor.shape[second] !== n) {
    throw new Error(`einsum: '${axes[second]}' is ${n} in one place and ${tensor.shape[second]} in another`);
  }
  const rest = axes.map((_, i) => i).filter((i) => i !== first && i !== second);
  const square = tensor.permute(...rest, first, second).flatten(-2); // row after row: the diagonal is every (n + 1)th
  const diagonal = square.slice(...rest.map(() => null), [0, null, n + 1]);
  return diagonals({ axes: [...rest.map((i) => axes[i]), axes[first]], tensor: diagonal });
}

function sumAway({ axes, tensor }: Named, needed: ReadonlySet<string>): Named {
  const gone = axes.map((_, i) => i).filter((i) => !needed.has(axes[i]));
  return gone.length === 0
    ? { axes, tensor }
    : { axes: axes.filter((axis) => needed.has(axis)), tensor: tensor.sum(gone) };
}

/**
 * The product of two terms as one batched matmul: batch axes [shared, needed], then rows or columns, then the summed.
 */
function multiply(a: Named, b: Named, needed: ReadonlySet<string>): Named {
  const right = sumAway(b, new Set([...needed, ...a.axes]));
  const shared = a.axes.filter((axis) => right.axes.includes(axis));
  const batch = shared.filter((axis) => needed.has(axis));
  const summed = shared.filter((axis) => !needed.has(axis));
  const rows = a.axes.filter((axis) => !shared.includes(axis));
  const columns = right.axes.filter((axis) => !shared.includes(axis));
  const left = grouped(a, batch, rows, summed); // [batch…, rows, summed]
  const other = grouped(right, batch, columns, summed).transpose(); // [batch…, summed, columns]
  const product = left.matmul(other);
  const extents = [...product.shape.slice(0, batch.length), ...extentsOf(a, rows), ...extentsOf(right, columns)];
  return { axes: [...batch, ...rows, ...columns], tensor: product.reshape(...extents) };
}

const extentsOf = ({ axes, tensor }: Named, chosen: readonly string[]): number[] =>
  chosen.map((axis) => tensor.shape[axes.indexOf(axis)]);

/** The axes in three groups; the second and the third are each flattened into one. */
function grouped(term: Named, batch: string[], second: string[], third: string[]): Tensor {
  const ordered = arrange(term, [...batch, ...second, ...third]);
  const size = (axes: string[]): number => extentsOf(term, axes).reduce((product, extent) => product * extent, 1);
  return ordered.reshape(...extentsOf(term, batch), size(second), size(third));
}

const arrange = ({ axes, tensor }: Named, order: readonly string[]): Tensor =>
  tensor.permute(...order.map((axis) => axes.indexOf(axis)));
