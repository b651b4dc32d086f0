/**
 * Which pixels does an answer hang on? Backward knows: it is asked for the gradient along the picture instead of the
 * weights.
 */
import { grad, type nn, type Tensor } from '../../core';

// #region saliency
/** ∂ score of the right class / ∂ pixel, for every pixel of every picture: [N, C, H, W]. */
export function slopes(model: nn.Sequential, x: Tensor, y: Tensor): Tensor {
  const pixels = x.detach().clone();
  pixels.requiresGrad = true;
  const scores = model.forward(pixels).gather(1, y.unsqueeze(1)); // [N, 1]: each picture's score for its class
  const [gPixels] = grad(scores.sum(), [pixels]);
  return gPixels;
}

/** How much the score hangs on each pixel, whichever way. */
export const saliency = (model: nn.Sequential, x: Tensor, y: Tensor): Tensor => slopes(model, x, y).abs();
// #endregion

// #region flip
/** The `count` pixels of each picture that rank highest, turned from dark to light or back. */
export function flipped(x: Tensor, rank: Tensor, count: number): Tensor {
  const [highest] = rank.reshape(x.shape[0], -1).topk(count); // [N, count]
  const isChosen = rank.ge(highest.narrow(1, count - 1, 1).reshape(-1, 1, 1, 1)); // [N, 1, H, W]
  return x.mul(-1).add(1).where(isChosen, x); // 1 − x where it is chosen
}

/** A flip changes a pixel by 1 − 2x, the score by about slope · (1 − 2x). Those that lower it most rank highest. */
export const harm = (model: nn.Sequential, x: Tensor, y: Tensor): Tensor => slopes(model, x, y).mul(x.mul(2).sub(1));
// #endregion
