import { exercise, expectEqual } from '../../shared/exercise';

type Answer = typeof import('./solutions/range');
type Neuron = ReturnType<Answer['teaNeurons']>['output'];

const says = ({ weights, bias }: Neuron, x: number[]): number =>
  weights.reduce((z, weight, i) => z + weight * x[i], bias) > 0 ? 1 : 0;

function drink({ teaNeurons }: Answer, degrees: number): number {
  const { hidden, output } = teaNeurons();
  return says(output, [says(hidden[0], [degrees]), says(hidden[1], [degrees])]);
}

export default exercise<Answer>({
  title: 'A range, from three neurons',
  hints: [
    'One neuron for "warm enough", another for "not too hot". What does the third one have to do with their answers?',
    'Warm enough: 1·t + b is above 0 from 50 on; what is b? Not too hot: the weight is −1.',
    'The third is AND: with weights 1 and 1, only two yeses together get over the bias. The lesson has its numbers.',
  ],
  checks: {
    'the shapes': ({ teaNeurons }) => {
      const { hidden, output } = teaNeurons();
      expectEqual(
        [hidden.length, ...hidden.map(({ weights }) => weights.length)],
        [2, 1, 1],
        'hidden neurons and their weights',
      );
      expectEqual(output.weights.length, 2, 'the number of weights of the third neuron');
    },
    'good tea': (answer) => {
      for (const degrees of [51, 53, 55.5, 58, 59])
        expectEqual(drink(answer, degrees), 1, `the answer at ${degrees} degrees`);
    },
    'cold tea': (answer) => {
      for (const degrees of [-10, 0, 20, 44])
        expectEqual(drink(answer, degrees), 0, `the answer at ${degrees} degrees`);
    },
    'hot tea': (answer) => {
      for (const degrees of [66, 80, 100]) expectEqual(drink(answer, degrees), 0, `the answer at ${degrees} degrees`);
    },
  },
});
