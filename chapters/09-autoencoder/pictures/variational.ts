/**
 * The pictures of variational.ts: the codes of both kinds of autoencoder.
 */
import type { Tensor } from '../../../core';
import { type Figure, panels } from '../../../core/io/charts';
import { latentFigure } from './latent';

export const mapsFigure = (points: Tensor, clouds: Tensor, names: ArrayLike<number>): Promise<Figure> =>
  panels({
    title: 'The codes of the test digits',
    columns: 2,
    figures: [
      latentFigure('Autoencoder', points, names, { width: 300, height: 260 }),
      latentFigure('Variational: the middles of the clouds', clouds, names, { width: 300, height: 260 }),
    ],
  });
