/**
 * Dropout as a layer: while learning, a share p of all elements is set to 0 by chance.
 */
import { dropout } from '../ops/dropout';
import type { Generator } from '../tensor/random';
import type { Tensor } from '../tensor/tensor';
import { checkProbability } from './check';
import { Module } from './module';

export class Dropout extends Module {
  private readonly generator: Generator | undefined;

  constructor(
    readonly p = 0.5,
    { generator }: { generator?: Generator } = {},
  ) {
    super();
    checkProbability('Dropout', 'p', p);
    this.generator = generator;
  }

  override forward(x: Tensor): Tensor {
    return dropout(x, this.p, { training: this.training, generator: this.generator });
  }
}
