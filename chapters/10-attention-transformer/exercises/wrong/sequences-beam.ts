import * as solution from '../solutions/sequences-beam';

type Answer = typeof solution;

/** Each sentence keeps its own best continuation: no sentence can ever have two. */
export const bestOfEach: Answer = {
  step: (beam, chances, width, end) =>
    beam
      .flatMap((sentence, i) => solution.step([sentence], [chances[i]], 1, end))
      .sort((a, b) => b.logP - a.logP)
      .slice(0, width),
};

/** Looks at the last symbol alone. */
export const forgetsThePast: Answer = {
  step: (beam, chances, width, end) =>
    solution.step(
      beam.map((sentence) => (sentence.ended ? sentence : { ...sentence, logP: 0 })),
      chances,
      width,
      end,
    ),
};

export const letsTheEndedGoOn: Answer = {
  step: (beam, chances, width, end) =>
    solution.step(
      beam.map((sentence) => ({ ...sentence, ended: false })),
      chances,
      width,
      end,
    ),
};

export const dropsTheEnded: Answer = {
  step: (beam, chances, width, end) =>
    solution.step(
      beam.filter(({ ended }) => !ended),
      chances.filter((_, i) => !beam[i].ended),
      width,
      end,
    ),
};

export const addsProbabilities: Answer = {
  step: (beam, chances, width, end) =>
    beam
      .flatMap((sentence, i) =>
        sentence.ended
          ? [sentence]
          : chances[i].map((p, id) => ({ ids: [...sentence.ids, id], logP: sentence.logP + p, ended: id === end })),
      )
      .sort((a, b) => b.logP - a.logP)
      .slice(0, width),
};

export const writesIntoTheBeam: Answer = {
  step(beam, chances, width, end) {
    const next = solution.step(beam, chances, width, end);
    beam.splice(0, beam.length, ...next);
    return beam;
  },
};
