import { stack, type Tensor } from '../../../../core';

const PLACES = [0, 1, 2].flatMap((u) => [0, 1, 2].map((v) => [u, v]));

/** x with zeros around it, as the place (u, v) of the window sees it: [N, C, H, W]. */
function seenBy(u: number, v: number, x: Tensor): Tensor {
  const [, , H, W] = x.shape;
  const padded = x.pad([
    [0, 0],
    [0, 0],
    [1, 1],
    [1, 1],
  ]);
  return padded.slice(null, null, [u, u + H], [v, v + W]);
}

/** The weight at (u, v) of each map: [C, 1, 1]. */
const at = (u: number, v: number, w: Tensor): Tensor => w.slice(null, u, v).reshape(-1, 1, 1);

export function depthwise(x: Tensor, w: Tensor): Tensor {
  return PLACES.map(([u, v]) => seenBy(u, v, x).mul(at(u, v, w))).reduce((sum, part) => sum.add(part));
}

export function gradientsOfDepthwise(g: Tensor, x: Tensor, w: Tensor): { gx: Tensor; gw: Tensor } {
  // What went from a place to its neighbour comes back the other way: the same window, turned by half a circle.
  const gx = depthwise(g, w.flip(1, 2));
  const gw = stack(
    PLACES.map(([u, v]) => seenBy(u, v, x).mul(g).sum([0, 2, 3])),
    1,
  ).reshape(-1, 3, 3);
  return { gx, gw };
}
