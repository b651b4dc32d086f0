/**
 * Rows of core/ops/recurrent.ts. The inputs of a row are x, W_ih, W_hh, then b_ih and b_hh unless it has none, then
 * masks, and the initial states last. Where PyTorch has no such option, make.py walks the steps itself.
 */
import { gru, lstm, rnn, type Tensor } from '../../core';
import type { RecurrentWeights, RnnOptions } from '../../core/ops/recurrent';
import { between, fixed, given, givenWhole, type Input, mask, positive, probabilities, whole } from './inputs';
import { operation, refuses, row } from './row';

const [N, T, I, H] = [2, 3, 2, 3];

/** The output and the last states in one list. */
type Sequence = (x: Tensor, states: Tensor[] | null, weights: RecurrentWeights, options?: RnnOptions) => Tensor[];

const sequences: Record<'rnn' | 'lstm' | 'gru', Sequence> = {
  rnn: (x, states, weights, options) => rnn(x, states ? states[0] : null, weights, options),
  lstm: (x, states, weights, options) => lstm(x, states && [states[0], states[1]], weights, options).flat(),
  gru: (x, states, weights, options) => gru(x, states ? states[0] : null, weights, options),
};

const reals = (...shape: number[]): Input => between(-1, 1, ...shape);

/** W_ih, W_hh, b_ih, b_hh */
const weightsOf = (gates: number, inputs = I, units = H): Input[] => [
  reals(gates * units, inputs),
  reals(gates * units, units),
  reals(gates * units),
  reals(gates * units),
];

const named = ([weightIh, weightHh, biasIh, biasHh]: Tensor[]): RecurrentWeights =>
  biasIh ? { weightIh, weightHh, biasIh, biasHh } : { weightIh, weightHh };

/** The first sequence ends early, the second has a hole, the third is nothing but padding. */
const PADDED = givenWhole([
  [1, 1, 0],
  [1, 0, 1],
  [0, 0, 0],
]);
/** As PyTorch packs it: longest first, padding at the end. */
const SORTED = givenWhole([
  [1, 1, 1, 1],
  [1, 1, 0, 0],
]);
/** What dropout with p = ½ leaves. */
const DROPOUT = fixed(
  given([
    [2, 0, 2],
    [0, 0, 2],
  ]),
);

/** Rows of one cell; `kind` is PyTorch's name of it. */
function rowsOf(name: keyof typeof sequences, kind: string, gates: number, kinds: number, more: RnnOptions = {}) {
  const sequence: Sequence = (x, states, weights, options) =>
    sequences[name](x, states, weights, { ...more, ...options });
  const weights = weightsOf(gates);
  const state = (batch = N, units = H) => Array.from({ length: kinds }, () => reals(batch, units));
  const from = (letters: string) => `[${letters.slice(0, kinds).split('').join(', ')}]`;
  const zeros = (batch: number, units = H) => `[torch.zeros(${batch}, ${units})] * ${kinds}`;
  return [
    row(
      `${kind} from zeros`,
      [reals(N, T, I), ...weights],
      (x, ...w) => sequence(x, null, named(w)),
      `sequence('${kind}', a, ${zeros(N)}, [b, c, d, e])`,
    ),
    row(
      `${kind} from given states`,
      [reals(N, T, I), ...weights, ...state()],
      (x, w, v, b, c, ...h) => sequence(x, h, named([w, v, b, c])),
      `sequence('${kind}', a, ${from('fg')}, [b, c, d, e])`,
    ),
    row(
      `${kind} without biases`,
      [reals(N, T, I), ...weights.slice(0, 2), ...state()],
      (x, w, v, ...h) => sequence(x, h, named([w, v])),
      `sequence('${kind}', a, ${from('de')}, [b, c])`,
    ),
    row(
      `${kind} of one step, a cell alone`,
      [reals(N, 1, I), ...weights, ...state()],
      (x, w, v, b, c, ...h) => sequence(x, h, named([w, v, b, c])).slice(1),
      `single('${kind}', a[:, 0], ${from('fg')}, [b, c, d, e])`,
    ),
    row(
      `${kind} backwards`,
      [reals(N, T, I), ...weights, ...state()],
      (x, w, v, b, c, ...h) => sequence(x, h, named([w, v, b, c]), { reverse: true }),
      `backwards(sequence('${kind}', a.flip(1), ${from('fg')}, [b, c, d, e]))`,
    ),
    row(
      `${kind}, time first`,
      [reals(T, N, I), ...weights],
      (x, ...w) => sequence(x, null, named(w), { batchFirst: false }),
      `sequence('${kind}', a, ${zeros(N)}, [b, c, d, e], batch_first=False)`,
    ),
    row(
      `${kind}, only the last states`,
      [reals(N, T, I), ...weights],
      (x, ...w) => sequence(x, null, named(w)).slice(1),
      `sequence('${kind}', a, ${zeros(N)}, [b, c, d, e])[1:]`,
    ),
    row(
      `${kind}, only the output of the first step`,
      [reals(N, T, I), ...weights],
      (x, ...w) => sequence(x, null, named(w))[0].slice(null, 0),
      `sequence('${kind}', a, ${zeros(N)}, [b, c, d, e])[0][:, 0]`,
    ),
    row(
      `${kind} of one unit and one input`,
      [reals(1, T, 1), ...weightsOf(gates, 1, 1)],
      (x, ...w) => sequence(x, null, named(w)),
      `sequence('${kind}', a, ${zeros(1, 1)}, [b, c, d, e])`,
    ),
    row(
      `${kind} of five units, seven inputs`,
      [fixed(reals(N, 2, 7)), reals(gates * 5, 7), reals(gates * 5, 5)],
      (x, ...w) => sequence(x, null, named(w)),
      `sequence('${kind}', a, ${zeros(N, 5)}, [b, c])`,
    ),
    row(
      `${kind}, fixed weights`,
      [reals(N, T, I), ...weights.map(fixed)],
      (x, ...w) => sequence(x, null, named(w)),
      `sequence('${kind}', a, ${zeros(N)}, [b, c, d, e])`,
    ),
    row(
      `${kind} of no sequences`,
      [reals(0, T, I), ...weights],
      (x, ...w) => sequence(x, null, named(w)),
      `stepwise('${kind}', a, ${zeros(0)}, [b, c, d, e])`,
    ),
    row(
      `${kind} with padding`,
      [reals(3, T, I), ...weights, PADDED, ...state(3)],
      (x, w, v, b, c, m, ...h) => sequence(x, h, named([w, v, b, c]), { mask: m }),
      `stepwise('${kind}', a, ${from('gh')}, [b, c, d, e], mask=f)`,
    ),
    row(
      `${kind} with padding, as PyTorch packs it`,
      [reals(2, 4, I), ...weights, SORTED],
      (x, w, v, b, c, m) => {
        const [output, ...last] = sequence(x, null, named([w, v, b, c]), { mask: m });
        return [output.mul(m.unsqueeze(-1)), ...last]; // PyTorch has zeros in place of padding
      },
      `packed('${kind}', a, f, ${zeros(2)}, [b, c, d, e])`,
    ),
    row(
      `${kind} with recurrent dropout`,
      [reals(N, T, I), ...weights, DROPOUT, ...state()],
      (x, w, v, b, c, d, ...h) => sequence(x, h, named([w, v, b, c]), { recurrentDropout: d }),
      `stepwise('${kind}', a, ${from('gh')}, [b, c, d, e], dropout=f)`,
    ),
    row(
      `${kind} with everything`,
      [reals(T, N, I), ...weights.slice(0, 2), mask(T, N), DROPOUT, ...state()],
      (x, w, v, m, d, ...h) =>
        sequence(x, h, named([w, v]), { mask: m, recurrentDropout: d, reverse: true, batchFirst: false }),
      `everything('${kind}', a, ${from('fg')}, [b, c], d, e)`,
    ),
  ];
}

/** What every cell refuses. */
function refusalsOf(name: keyof typeof sequences, gates: number) {
  const sequence = sequences[name];
  const weights = weightsOf(gates);
  const [rows, count] = [gates === 1 ? 'H' : `${gates}·H`, gates * H];
  const run = (x: Tensor, ...w: Tensor[]) => sequence(x, null, named(w));
  const asked = (options: (t: Tensor) => RnnOptions) => (x: Tensor, w: Tensor, v: Tensor, t: Tensor) =>
    sequence(x, null, named([w, v]), options(t));
  const plain = [reals(N, T, I), ...weights.slice(0, 2)];
  return [
    refuses(
      'whole numbers',
      [whole(N, T, I), ...weights],
      run,
      `${name}: int32 has no fractions; convert with to('float32') first`,
    ),
    refuses(
      'a single sequence',
      [reals(T, I), ...weights],
      run,
      `${name}: x has the axes [N, T, I], not the shape [3,2]; unsqueeze() makes a batch of one`,
    ),
    refuses(
      'x of rank 4',
      [reals(1, N, T, I), ...weights],
      (x, ...w) => sequence(x, null, named(w), { batchFirst: false }),
      `${name}: x has the axes [T, N, I], not the shape [1,2,3,2]`,
    ),
    refuses('no step', [reals(N, 0, I), ...weights], run, `${name}: x of shape [2,0,2] has no step; one is the least`),
    refuses(
      'recurrent weights that are not square',
      [reals(N, T, I), reals(count, I), reals(count, H + 1)],
      run,
      `${name}: weightHh has the shape [${count},4], not [${rows}, H] = [${gates * 4},4]`,
    ),
    refuses(
      'recurrent weights of rank 1',
      [reals(N, T, I), reals(count, I), reals(H)],
      run,
      `${name}: weightHh has the shape [3], not [${rows}, H] = [${count},3]`,
    ),
    refuses(
      'weights for other inputs',
      [reals(N, T, I), reals(count, I + 2), reals(count, H)],
      run,
      `${name}: weightIh has the shape [${count},4], not [${rows}, I] = [${count},2]`,
    ),
    refuses('one bias of two', [...plain, reals(count)], run, `${name}: biasIh and biasHh come both or not at all`),
    refuses(
      'a bias of another size',
      [...plain, reals(count), reals(count + 1)],
      run,
      `${name}: biasHh has the shape [${count + 1}], not [${rows}] = [${count}]`,
    ),
    refuses(
      'float32 beside float64',
      [...plain],
      (x, ...w) => run(x.to('float32'), ...w),
      `${name}: float32 and float64 do not mix; convert one side with to('float64') or to('float32')`,
    ),
    refuses(
      'a mask of fractions',
      [...plain, probabilities(N, T)],
      asked((m) => ({ mask: m })),
      `${name}: the mask must be int32, not float64; convert with to('int32')`,
    ),
    refuses(
      'a mask of another shape',
      [...plain, mask(T, N)],
      asked((m) => ({ mask: m })),
      `${name}: the mask has the shape [3,2], not [N, T] = [2,3]`,
    ),
    refuses(
      'a mask of another order',
      [reals(T, N, I), ...weights.slice(0, 2), mask(N, T)],
      asked((m) => ({ mask: m, batchFirst: false })),
      `${name}: the mask has the shape [2,3], not [T, N] = [3,2]`,
    ),
    refuses(
      'dropout of another shape',
      [...plain, fixed(positive(H))],
      asked((d) => ({ recurrentDropout: d })),
      `${name}: recurrentDropout has the shape [3], not [N, H] = [2,3]`,
    ),
    refuses(
      'dropout that wants a gradient',
      [...plain, positive(N, H)],
      asked((d) => ({ recurrentDropout: d })),
      `${name}: recurrentDropout is a mask that was drawn, no gradient flows into it; detach() it`,
    ),
  ];
}

const states = (title: string, name: 'rnn' | 'gru', gates: number) =>
  refuses(
    title,
    [reals(N, T, I), ...weightsOf(gates), reals(1, N, H)],
    (x, w, v, b, c, h) => sequences[name](x, [h], named([w, v, b, c])),
    `${name}: h0 has the shape [1,2,3], not [N, H] = [2,3]`,
  );

export const recurrent = [
  operation(
    'rnn',
    rowsOf('rnn', 'rnn_tanh', 1, 1),
    rowsOf('rnn', 'rnn_relu', 1, 1, { nonlinearity: 'relu' }),
    refusalsOf('rnn', 1),
    states("PyTorch's axis of layers", 'rnn', 1),
    refuses(
      'another nonlinearity',
      [reals(N, T, I), ...weightsOf(1)],
      (x, ...w) => rnn(x, null, named(w), { nonlinearity: 'sigmoid' as 'tanh' }),
      "rnn: the nonlinearity is 'tanh' or 'relu', not 'sigmoid'",
    ),
  ),
  operation(
    'lstm',
    rowsOf('lstm', 'lstm', 4, 2),
    row(
      'both directions',
      [reals(N, T, I), ...weightsOf(4)],
      (x, ...w) => {
        const [forward] = lstm(x, null, named(w));
        const [backward] = lstm(x, null, named(w), { reverse: true });
        return forward.concat([backward], 2);
      },
      `torch._VF.lstm(a, [torch.zeros(2, ${N}, ${H})] * 2, [b, c, d, e] * 2, True, 1, 0., False, True, True)[0]`,
    ),
    refusalsOf('lstm', 4),
    refuses(
      'one state for two',
      [reals(N, T, I), ...weightsOf(4), reals(N, H)],
      (x, w, v, b, c, h) => lstm(x, h as unknown as [Tensor, Tensor], named([w, v, b, c])),
      'lstm: the state is a pair [h0, c0], or null for zeros',
    ),
    refuses(
      'a cell state of another batch',
      [reals(N, T, I), ...weightsOf(4), reals(N, H), reals(N + 1, H)],
      (x, w, v, b, c, h, g) => lstm(x, [h, g], named([w, v, b, c])),
      'lstm: c0 has the shape [3,3], not [N, H] = [2,3]',
    ),
  ),
  operation('gru', rowsOf('gru', 'gru', 3, 1), refusalsOf('gru', 3), states("PyTorch's axis of layers", 'gru', 3)),
];
