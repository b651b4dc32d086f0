import type { Scores } from '../scores';

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

export function scores(matrix: number[][]): Scores {
  const right = matrix.map((row, i) => row[i]);
  const are = matrix.map(sum);
  const said = matrix.map((_, i) => sum(matrix.map((row) => row[i])));
  const f1 = right.map((count, i) => share(2 * count, are[i] + said[i]));
  return {
    precision: right.map((count, i) => share(count, said[i])),
    recall: right.map((count, i) => share(count, are[i])),
    f1,
    macroF1: sum(f1) / f1.length,
  };
}
