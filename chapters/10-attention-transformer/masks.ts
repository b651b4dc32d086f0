/**
 * Who may look where: the causal mask, the padding mask, what they keep out, and what gets in when the mask comes too
 * late.
 */
import { manualSeed, randn, type Tensor } from '../../core';
import { script } from '../shared/script';
import { masksFigure } from './pictures/masks';
import { attention, causalMask, paddingMask } from './transformer';

const [T, D] = [5, 8];
const LENGTH = 3; // words in the short sentence; the other places are padding

type Look = (x: Tensor) => [context: Tensor, weights: Tensor]; // [T, D] → [T, D], [T, T]

/** A mask that comes too late: softmax has already divided by what it should not have seen. */
const maskedAfterSoftmax: Look = (x) => {
  const [, weights] = attention(x, x, x);
  const left = weights.mul(causalMask(T));
  return [left.matmul(x), left];
};

export const LOOKS: Record<string, Look> = {
  'no mask': (x) => attention(x, x, x),
  'causal mask': (x) => attention(x, x, x, { seen: causalMask(T) }),
  'masked after softmax': maskedAfterSoftmax,
};

/** Another last word: how much does that change at each place? */
export async function changes(look: Look, x: Tensor): Promise<number[]> {
  const other = x.slice([0, T - 1], null).concat([randn([1, D])], 0);
  const apart = look(other)[0].sub(look(x)[0]).abs().max(-1);
  return [...(await apart.data())];
}

/** Three words alone, and the same three with padding behind: how far apart what they get is. */
export async function paddingLeak(x: Tensor, masked: boolean): Promise<number> {
  const short = x.slice([0, LENGTH], null);
  const seen = masked ? paddingMask([LENGTH], T).reshape(1, T) : null;
  const padded = attention(x, x, x, { seen })[0].slice([0, LENGTH], null);
  return padded
    .sub(attention(short, short, short)[0])
    .abs()
    .max()
    .item();
}

script({
  about: 'The causal mask and the padding mask, and what they keep out.',
  next: 'npx ts-node chapters/10-attention-transformer/order.ts',
  async run({ options, section, table, figure }) {
    const x = randn([T, D]);
    section('leak', 'The last of five words is exchanged: by how much does each place change?');
    const rows: string[][] = [];
    for (const [name, look] of Object.entries(LOOKS)) {
      manualSeed(options.seed + 1); // the same new word for each
      rows.push([name, ...(await changes(look, x)).map((change) => change.toFixed(3))]);
    }
    table(['', ...Array.from({ length: T }, (_, t) => `place ${t + 1}`)], rows);

    section('padding', `${LENGTH} words, alone and with ${T - LENGTH} places of padding behind them`);
    const told = (apart: number) => (apart < 1e-5 ? 'below 1e-5' : apart.toFixed(3));
    table(
      ['', 'what the words get differs by'],
      [
        ['no mask', told(await paddingLeak(x, false))],
        ['padding mask', told(await paddingLeak(x, true))],
      ],
    );

    const both = paddingMask([LENGTH], T).reshape(1, T).mul(causalMask(T));
    const maps = [
      ...(await Promise.all(['no mask', 'causal mask'].map(async (name) => ({ name, of: LOOKS[name](x)[1] })))),
      { name: 'padding mask', of: attention(x, x, x, { seen: paddingMask([LENGTH], T).reshape(1, T) })[1] },
      { name: 'both', of: attention(x, x, x, { seen: both })[1] },
    ];
    const read = maps.map(async ({ name, of }) => ({ name, weights: [...(await of.data())] }));
    await figure('masks', await masksFigure(await Promise.all(read), T));
  },
});
