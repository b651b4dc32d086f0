/**
 * Chance for what is made of words: one of several, so or otherwise. It draws on the generator of the core, whose
 * uniforms are the same everywhere.
 */
import { type Generator, rand } from '../core';

const HANDFUL = 1024; // numbers drawn at once

export class Dice {
  private numbers: ArrayLike<number> = [];
  private next = 0;

  /** The common generator, unless there is one of its own. */
  constructor(private readonly generator?: Generator) {}

  /** A number from 0 up to, but not including, 1. */
  roll(): number {
    if (this.next === this.numbers.length) {
      this.numbers = rand([HANDFUL], { generator: this.generator, device: 'cpu' }).dataSync();
      this.next = 0;
    }
    return this.numbers[this.next++];
  }

  /** True so often: always at 1, never at 0. */
  happens(probability: number): boolean {
    return this.roll() < probability;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.roll() * (high - low + 1));
  }

  pick<Choice>(choices: readonly Choice[]): Choice {
    return choices[this.between(0, choices.length - 1)];
  }

  /** So many of them, none twice, in any order. */
  some<Choice>(choices: readonly Choice[], count: number): Choice[] {
    const rest = [...choices];
    return Array.from({ length: count }, () => rest.splice(this.between(0, rest.length - 1), 1)[0]);
  }
}
