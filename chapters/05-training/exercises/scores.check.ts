import { exercise, expectClose } from '../../shared/exercise';

const PAYMENTS = [
  [90, 2],
  [5, 3],
];

const ANIMALS = [
  [7, 2, 1, 0],
  [3, 11, 0, 0],
  [0, 4, 6, 0],
  [1, 0, 2, 0], // the last one is never said
];

export default exercise<typeof import('./solutions/scores')>({
  title: 'Precision, recall and F1 of every class',
  hints: [
    'What was right for class i stands at matrix[i][i]. What do the sums of its row and of its column count?',
    'The row: how many there are. The column: how many were said to be. recall = right/row, precision = right/column.',
    'F1 = 2·right / (row + column): the harmonic mean of the two, without a division by zero in between.',
  ],
  checks: {
    'frauds: 3 found, 5 missed, 2 accused wrongly': ({ scores }) => {
      const { precision, recall, f1 } = scores(PAYMENTS);
      expectClose(precision[1], 3 / 5, 'the precision of class 1');
      expectClose(recall[1], 3 / 8, 'the recall of class 1');
      expectClose(f1[1], 6 / 13, 'the F1 of class 1');
    },
    'honest payments are a class, too': ({ scores }) => {
      const { precision, recall, f1 } = scores(PAYMENTS);
      expectClose([precision[0], recall[0], f1[0]], [90 / 95, 90 / 92, 180 / 187], 'the scores of class 0');
    },
    'four classes, one never said': ({ scores }) => {
      const { precision, recall, f1 } = scores(ANIMALS);
      expectClose(precision, [7 / 11, 11 / 17, 6 / 9, 0], 'precision');
      expectClose(recall, [7 / 10, 11 / 14, 6 / 10, 0], 'recall');
      expectClose(f1, [14 / 21, 22 / 31, 12 / 19, 0], 'f1');
    },
    'their mean': ({ scores }) =>
      expectClose(scores(ANIMALS).macroF1, (14 / 21 + 22 / 31 + 12 / 19) / 4, 'macroF1 of four classes'),
  },
});
