import { stack, type Tensor } from '../../../../core';
import * as solution from '../solutions/product';

type Answer = typeof solution;

/** The answer with other patches. */
const withPatches = (patches: Answer['patches']): Answer => ({
  patches,
  convolve(x, w) {
    const [O, , k] = w.shape;
    const [N, , H, W] = x.shape;
    return w
      .reshape(O, -1)
      .matmul(patches(x, k))
      .reshape(N, O, H - k + 1, W - k + 1);
  },
});

const slices = (x: Tensor, k: number): Tensor[] => {
  const [H, W] = x.shape.slice(2);
  const places = Array.from({ length: k * k }, (_, i) => [Math.floor(i / k), i % k]);
  return places.map(([u, v]) => x.slice(null, null, [u, u + H - k + 1], [v, v + W - k + 1]));
};

export const channelsInside: Answer = withPatches((x, k) => {
  const [N, C, H, W] = x.shape;
  return stack(slices(x, k), 1).reshape(N, k * k * C, (H - k + 1) * (W - k + 1));
});

export const columnsBeforeRows: Answer = withPatches((x, k) => solution.patches(x.transpose(2, 3), k));

export const windowsSideBySide: Answer = withPatches((x, k) => {
  const [N, C, H, W] = x.shape;
  return stack(slices(x, k), 4).reshape(N, C * k * k, (H - k + 1) * (W - k + 1));
});

/** Right numbers, but nothing flows back through them. */
export const cutsTheGraph: Answer = { ...solution, convolve: (x, w) => solution.convolve(x.detach(), w) };
