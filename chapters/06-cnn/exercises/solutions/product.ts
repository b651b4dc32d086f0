import { stack, type Tensor } from '../../../../core';

export function patches(x: Tensor, k: number): Tensor {
  const [N, C, H, W] = x.shape;
  const [rows, columns] = [H - k + 1, W - k + 1];
  const slices: Tensor[] = []; // [N, C, rows, columns] each
  for (let u = 0; u < k; u++)
    for (let v = 0; v < k; v++) slices.push(x.slice(null, null, [u, u + rows], [v, v + columns]));
  return stack(slices, 2).reshape(N, C * k * k, rows * columns);
}

export function convolve(x: Tensor, w: Tensor): Tensor {
  const [O, , k] = w.shape;
  const [N, , H, W] = x.shape;
  const y = w.reshape(O, -1).matmul(patches(x, k)); // [O, C·k·k] times [N, C·k·k, places]
  return y.reshape(N, O, H - k + 1, W - k + 1);
}
