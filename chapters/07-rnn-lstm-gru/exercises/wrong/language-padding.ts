import * as solution from '../solutions/language-padding';

type Answer = typeof solution;

const each = (fillOne: (sequence: number[], length: number) => { tokens: number[]; mask: number[] }): Answer => ({
  fill(sequences, length) {
    const rows = sequences.map((sequence) => fillOne(sequence, length));
    return { tokens: rows.map(({ tokens }) => tokens), mask: rows.map(({ mask }) => mask) };
  },
});

const zeros = (count: number): number[] => new Array<number>(count).fill(0);

export const cutsTheEnd: Answer = {
  fill: (sequences, length) =>
    solution.fill(
      sequences.map((sequence) => sequence.slice(0, length)),
      length,
    ),
};

export const fillsBehind: Answer = each((sequence, length) => {
  const kept = sequence.slice(-length);
  const tokens = [...kept, ...zeros(length - kept.length)];
  return { tokens, mask: tokens.map((_, i) => Number(i < kept.length)) };
});

/** A real 0 is taken for padding. */
export const masksByValue: Answer = {
  fill(sequences, length) {
    const { tokens } = solution.fill(sequences, length);
    return { tokens, mask: tokens.map((row) => row.map((token) => Number(token !== 0))) };
  },
};

export const neverCuts: Answer = each((sequence, length) => {
  const inFront = zeros(Math.max(0, length - sequence.length));
  return { tokens: [...inFront, ...sequence], mask: [...inFront, ...sequence.map(() => 1)] };
});

export const masksTheOtherWayRound: Answer = {
  fill(sequences, length) {
    const { tokens, mask } = solution.fill(sequences, length);
    return { tokens, mask: mask.map((row) => row.map((one) => 1 - one)) };
  },
};
