import { Generator, nn, noGrad, randn, type Tensor } from '../../../core';
import { exercise, expectClose, expectEqual } from '../../shared/exercise';
import { PYTORCH } from '../conv-norm';
import { InvertedResidual } from '../mobilenet-v2';
import type { Block } from './inverted-residual';

type Answer = typeof import('./solutions/inverted-residual');

const generator = new Generator(82);
const random = (...shape: number[]): Tensor => randn(shape, { generator });

/** A block of the chapter with random weights and statistics, and its parts as the exercise gives them. */
function make(channels: number, out: number, expansion: number, stride: number): { whole: nn.Layer; block: Block } {
  const whole = new InvertedResidual(channels, out, expansion, stride, PYTORCH).eval();
  for (const [name, t] of Object.entries(whole.stateDict())) {
    if (t.dtype === 'int32') continue;
    const values = noGrad(() =>
      name.endsWith('var')
        ? random(...t.shape)
            .abs()
            .add(0.5)
        : random(...t.shape),
    );
    whole.loadStateDict({ [name]: values }, { strict: false });
  }
  const [conv] = Object.values(whole).filter((field): field is nn.Sequential => field instanceof nn.Sequential);
  const rows = conv.layers.filter((layer): layer is nn.Sequential => layer instanceof nn.Sequential);
  const withoutRelu6 = ({ layers }: nn.Sequential) => run(layers.slice(0, 2));
  const depthwise = withoutRelu6(rows[rows.length - 1]);
  const expand = rows.length > 1 ? withoutRelu6(rows[0]) : null;
  return { whole, block: { expand, depthwise, project: run(conv.layers.slice(-2)), stride } };
}

const run =
  (layers: readonly nn.Layer[]) =>
  (x: Tensor): Tensor =>
    layers.reduce((signal, layer) => layer.forward(signal), x);

function compare({ invertedResidual }: Answer, sizes: Parameters<typeof make>, side: number): void {
  const { whole, block } = make(...sizes);
  const x = random(2, sizes[0], side, side).mul(3);
  const [y, expected] = noGrad(() => [invertedResidual(x, block), whole.forward(x)]);
  expectEqual([...y.shape], [...expected.shape], 'the shape');
  expectClose([...y.dataSync()], [...expected.dataSync()], 'the block', 1e-5);
}

export default exercise<Answer>({
  title: 'The inverted residual',
  hints: [
    'Narrow, wide, narrow: expand, depthwise, project. Two of the three have a ReLU6 behind them. Which one has not?',
    'A ReLU6 loses what is negative. Among many channels another still has it; among the few at the end none has.',
    'x is added when the block means to leave its shape alone: it moves by 1, and as many channels come out as go in.',
  ],
  checks: {
    'more channels come out: nothing is added': (answer) => compare(answer, [8, 16, 3, 1], 4),
    'as many: x is added': (answer) => compare(answer, [8, 8, 3, 1], 4),
    'a stride of 2: nothing is added': (answer) => compare(answer, [8, 8, 3, 2], 4),
    'without expansion': (answer) => compare(answer, [8, 8, 1, 1], 4),
    'a stride of 2 over a single place': (answer) => compare(answer, [8, 8, 2, 2], 1),
  },
});
