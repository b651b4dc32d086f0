/**
 * Keeps things on a line from overlapping: labels beside a chart, nodes within a layer of a graph.
 */

interface Block {
  mean: number;
  weight: number;
  count: number;
}

/**
 * The positions nearest to `wishes` (in weighted least squares) that keep their order and lie at least `gaps[i]` apart,
 * where `gaps[i]` is the distance between i and i + 1. With the gaps taken off this is isotonic regression, which
 * pooling adjacent violators solves: neighbours in the wrong order are merged into a block at their common mean.
 */
export function spread(wishes: readonly number[], gaps: readonly number[], weights: readonly number[] = []): number[] {
  const shifts = [0];
  for (let i = 1; i < wishes.length; i++) shifts[i] = shifts[i - 1] + gaps[i - 1];

  const blocks: Block[] = [];
  wishes.forEach((wish, i) => {
    let block = { mean: wish - shifts[i], weight: weights[i] ?? 1, count: 1 };
    while (blocks.length > 0 && blocks[blocks.length - 1].mean > block.mean) {
      const before = blocks.pop() as Block;
      const weight = before.weight + block.weight;
      const mean = (before.mean * before.weight + block.mean * block.weight) / weight;
      block = { mean, weight, count: before.count + block.count };
    }
    blocks.push(block);
  });

  const level = blocks.flatMap(({ mean, count }) => new Array<number>(count).fill(mean));
  return level.map((value, i) => value + shifts[i]);
}

/** The same within [low, high]; if the room is too small, the positions run on past `high`. */
export function spreadWithin(wishes: readonly number[], gap: number, low: number, high: number): number[] {
  const gaps = wishes.slice(1).map(() => gap);
  const last = high - gap * gaps.length;
  return spread(wishes, gaps).map((value, i) => Math.max(low, Math.min(value - gap * i, last)) + gap * i);
}
