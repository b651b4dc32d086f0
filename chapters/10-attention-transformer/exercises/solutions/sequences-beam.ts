export interface Sentence {
  ids: number[];
  logP: number;
  ended: boolean;
}

export function step(beam: Sentence[], chances: number[][], width: number, end: number): Sentence[] {
  return beam
    .flatMap((sentence, i) =>
      sentence.ended
        ? [sentence]
        : chances[i].map((p, id) => ({
            ids: [...sentence.ids, id],
            logP: sentence.logP + Math.log(p),
            ended: id === end,
          })),
    )
    .sort((a, b) => b.logP - a.logP)
    .slice(0, width);
}
