/**
 * Products of matrices: matmul with batches and broadcasting, and linear, the product at the heart of every layer. A
 * transposed operand is not copied: the kernel is told to read it that way round.
 */
import { record } from '../autograd/graph';
import { kernelsFor } from '../kernels/select';
import { broadcastShapes, formatShape, type Shape, sameShape, sizeOf } from '../tensor/shape';
import { densely, empty, type Tensor, viewOf } from '../tensor/tensor';
import { checkDevices, checkTensor, commonType, permuted, reshaped, stretch } from './launch';

/**
 * Y = A·B over the last two axes; axes before them are a batch and broadcast; a vector is a row on the left, a column
 * on the right.
 * ∂A = G·Bᵀ,  ∂B = Aᵀ·G
 */
export function matmul(left: Tensor, right: Tensor): Tensor {
  const [a, b] = meet('matmul', left, right);
  if (a.rank === 0 || b.rank === 0) throw new Error('matmul: a scalar is no matrix; use mul');
  const [k, l] = [a.shape[a.rank - 1], b.shape[Math.max(0, b.rank - 2)]];
  if (k !== l)
    throw new Error(`matmul: inner sizes differ: ${formatShape(a.shape)} @ ${formatShape(b.shape)} (${k} vs ${l})`);
  if (a.rank === 1) return matmul(a.unsqueeze(0), b).squeeze(b.rank === 1 ? 0 : -2);
  if (b.rank === 1) return matmul(a, b.unsqueeze(1)).squeeze(-1);
  if (b.rank === 2 && a.rank > 2) {
    const tall = a.flatten(0, -2); // a batch of rows is one tall matrix
    return matmul(tall, b).reshape(...a.shape.slice(0, -1), b.shape[1]);
  }
  const y = product(a, b, null);
  return record('matmul', y, [a, b], {
    saves: [a, b],
    gradients: [(g) => g.matmul(b.transpose()), (g) => a.transpose().matmul(g)],
  });
}

/** Y = X·Wᵀ + b, with W as [out, in]        ∂X = G·W,  ∂W = Gᵀ·X,  ∂b = Σ G */
export function linear(input: Tensor, weight: Tensor, bias: Tensor | null = null): Tensor {
  const [x, w] = meet('linear', input, weight);
  if (w.rank !== 2) throw new Error(`linear: the weight is a matrix [out, in], not ${formatShape(w.shape)}`);
  const [outputs, inputs] = w.shape;
  if (x.rank === 0 || x.shape[x.rank - 1] !== inputs) {
    throw new Error(
      `linear: an input of shape ${formatShape(x.shape)} does not end ` +
        `in the ${inputs} features of the weight ${formatShape(w.shape)}`,
    );
  }
  if (x.rank !== 2) return linear(x.reshape(-1, inputs), w, bias).reshape(...x.shape.slice(0, -1), outputs);
  if (!bias) return matmul(x, w.transpose());
  meet('linear', x, bias);
  if (!sameShape(bias.shape, [outputs]))
    throw new Error(`linear: a bias of shape ${formatShape(bias.shape)} does not fit ${outputs} outputs`);
  const y = product(x, permuted(w, [1, 0]), bias);
  return record('linear', y, [x, w, bias], {
    saves: [x, w],
    gradients: [(g) => g.matmul(w), (g) => g.transpose().matmul(x), (g) => g.sum(0)],
  });
}

function meet(operation: string, a: Tensor, b: Tensor): [Tensor, Tensor] {
  checkTensor(operation, a);
  checkTensor(operation, b);
  checkDevices(operation, [a, b]);
  const dtype = commonType(operation, a.dtype, b.dtype);
  return [a.to(dtype), b.to(dtype)];
}

/** The kernel's product of two tensors of rank 2 or more. */
function product(a: Tensor, b: Tensor, bias: Tensor | null): Tensor {
  const batch = broadcastShapes('matmul', a.shape.slice(0, -2), b.shape.slice(0, -2));
  const [left, right] = [asMatrices(a, batch), asMatrices(b, batch)];
  const [m, n] = [a.shape[a.rank - 2], b.shape[b.rank - 1]];
  const y = empty([...batch, m, n], a.dtype, a.device);
  const flatY = reshaped(y, [sizeOf(batch), m, n]);
  kernelsFor(a).matmul(left.matrices, right.matrices, bias && densely(bias), flatY, left.transposed, right.transposed);
  return y;
}

/** As the kernel wants it: [batch, rows, columns] with dense matrices, or their transposes. */
function asMatrices(x: Tensor, batch: Shape): { matrices: Tensor; transposed: boolean } {
  const [rows, columns] = x.shape.slice(-2);
  const [down, right] = x.strides.slice(-2);
  const step = x.size > 0 ? batchStep(x, batch) : null;
  if (step !== null && isDense(rows, columns, down, right)) {
    return { matrices: viewOf(x, [sizeOf(batch), rows, columns], [step, columns, 1]), transposed: false };
  }
  if (step !== null && isDense(columns, rows, right, down)) {
    return { matrices: viewOf(x, [sizeOf(batch), columns, rows], [step, rows, 1]), transposed: true };
  }
  const copy = densely(stretch(x, [...batch, rows, columns]));
  return { matrices: reshaped(copy, [sizeOf(batch), rows, columns]), transposed: false };
}

/** From one matrix of the batch to the next: 0 where all share one, null where no single step leads through them. */
function batchStep(x: Tensor, batch: Shape): number | null {
  const own = x.shape.slice(0, -2);
  if (sizeOf(own) === 1) return 0;
  if (!sameShape(own, batch)) return null;
  for (let axis = own.length - 2; axis >= 0; axis--) {
    if (x.strides[axis] !== x.strides[axis + 1] * x.shape[axis + 1]) return null;
  }
  return x.strides[own.length - 1];
}

const isDense = (rows: number, columns: number, down: number, right: number): boolean =>
  (columns === 1 || right === 1) && (rows === 1 || down === columns);
