import { exercise, expectEqual } from '../../shared/exercise';

type Answer = typeof import('./solutions/broadcast');

const expectShape = ({ broadcastShape }: Answer, a: number[], b: number[], expected: number[]): void =>
  expectEqual(broadcastShape(a, b), expected, `broadcastShape([${a}], [${b}])`);

function expectRefusal({ broadcastShape }: Answer, a: number[], b: number[]): void {
  broadcastShape(a, a); // an answer not yet written fails here
  const call = `broadcastShape([${a}], [${b}])`;
  let message: string;
  try {
    message = `${call} is [${broadcastShape(a, b)}], but these shapes do not fit: an Error is expected`;
  } catch (error) {
    const said = (error as Error).message.replaceAll(' ', '');
    if (said.includes(`[${a}]`) && said.includes(`[${b}]`)) return;
    message = `${call} throws "${(error as Error).message}", which does not name [${a}] and [${b}]`;
  }
  throw new Error(message);
}

export default exercise<Answer>({
  title: 'The rule of broadcasting',
  hints: [
    'Write [2, 3, 4] above [3, 1], aligned at the right. Look at each column alone: 4 and 1, 3 and 3, 2 and nothing.',
    'A missing extent counts as 1. The k-th from the right is shape[shape.length - k], undefined when it is missing.',
    'When m and n fit, the result is n if m is 1, otherwise m. (The larger is not the same: an extent may be 0.)',
  ],
  checks: {
    'the same shape': (answer) => expectShape(answer, [3, 4], [3, 4], [3, 4]),
    'a bias': (answer) => expectShape(answer, [3, 4], [4], [3, 4]),
    'a column': (answer) => expectShape(answer, [3, 4], [3, 1], [3, 4]),
    'both stretch': (answer) => expectShape(answer, [3, 1], [4], [3, 4]),
    'the first is the smaller': (answer) => expectShape(answer, [5], [2, 3, 5], [2, 3, 5]),
    'a single number': (answer) => expectShape(answer, [2, 3], [], [2, 3]),
    'four axes': (answer) => expectShape(answer, [7, 1, 5, 1], [3, 1, 2], [7, 3, 5, 2]),
    'what does not fit': (answer) => expectRefusal(answer, [3, 4], [3]),
    'what fits only from the left': (answer) => expectRefusal(answer, [2, 3, 4], [2, 3]),
    'an empty axis stays empty': (answer) => {
      expectShape(answer, [0, 4], [1, 4], [0, 4]);
      expectShape(answer, [1], [0], [0]);
    },
  },
});
