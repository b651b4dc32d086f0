/**
 * Beam search: of all sentences a model could write it keeps the few that are likeliest so far, and lets each go on
 * with every symbol. A beam of one is greedy.
 */

export interface Sentence {
  ids: number[];
  /** The logarithm of the whole sentence's probability: the sum of its symbols'. */
  logP: number;
  ended: boolean;
}

/** For each sentence, ln p of every symbol that could come next. */
export type Next = (sentences: readonly number[][]) => Promise<number[][]>;

// #region beam
export async function beamSearch(next: Next, { width, end, most }: { width: number; end: number; most: number }) {
  let beam: Sentence[] = [{ ids: [], logP: 0, ended: false }];
  for (let t = 0; t < most && beam.some(({ ended }) => !ended); t++) {
    const open = beam.filter(({ ended }) => !ended);
    const rows = await next(open.map(({ ids }) => ids)); // [open, symbols]
    const longer = open.flatMap(({ ids, logP }, i) =>
      rows[i].map((p, id) => ({ ids: [...ids, id], logP: logP + p, ended: id === end })),
    );
    const ended = beam.filter((sentence) => sentence.ended); // these compete as they are
    const possible = [...ended, ...longer].filter(({ logP }) => logP > -Infinity);
    beam = possible.sort((a, b) => b.logP - a.logP).slice(0, width);
  }
  return beam; // the likeliest first
}
// #endregion
