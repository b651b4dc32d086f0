import { Generator, randn, tensor } from '../../../core';
import { exercise, expectClose } from '../../shared/exercise';
import { ACTIVATIONS } from '../activations';

type Curve = (z: number) => number;

const WIDTH = 128;

/** The root mean square of the scores after 20 layers, when it was 1 before the first. */
function sizeAfterTwentyLayers(f: Curve, gain: number): number {
  const generator = new Generator(4);
  let z = randn([32, WIDTH], { generator });
  for (let layer = 0; layer < 20; layer++) {
    const h = tensor(Array.from(z.dataSync(), f), { shape: [32, WIDTH] });
    z = h.matmul(randn([WIDTH, WIDTH], { generator }).mul(gain / Math.sqrt(WIDTH)));
  }
  return Math.sqrt(z.mul(z).mean().itemSync());
}

export default exercise<typeof import('./solutions/gain')>({
  title: 'Let the signal live through twenty layers',
  hints: [
    'Take places from −8 to 8 in small steps, and at each the weight e^(−z²/2). What mean does f(z) = z have?',
    'mean = (Σ weight·f(z)²) / (Σ weight). Dividing by the sum of weights spares you the factor of the bell curve.',
    'The gain is 1/√mean. For f(z) = z that is 1, for ReLU √2 = 1.4142, for tanh about 1.59.',
  ],
  checks: {
    'no bend: 1': ({ gainOf }) =>
      expectClose(
        gainOf((z) => z),
        1,
        'the gain of f(z) = z',
        0.02,
      ),
    'ReLU: √2': ({ gainOf }) => expectClose(gainOf(ACTIVATIONS.ReLU.f), Math.SQRT2, 'the gain of ReLU', 0.02),
    'leaky ReLU: √(2 / (1 + leak²))': ({ gainOf }) => {
      for (const leak of [0.1, 0.5]) {
        const expected = Math.sqrt(2 / (1 + leak ** 2));
        expectClose(
          gainOf((z) => (z > 0 ? z : leak * z)),
          expected,
          `the gain with leak ${leak}`,
          0.02,
        );
      }
    },
    'a curve that is never negative': ({ gainOf }) =>
      expectClose(
        gainOf((z) => Math.abs(z) + 1),
        0.52736,
        'the gain of |z| + 1',
        0.02,
      ),
    'the signal survives': ({ gainOf }) => {
      for (const name of ['ReLU', 'leaky ReLU', 'PReLU', 'tanh'] as const) {
        const { f } = ACTIVATIONS[name];
        const size = sizeAfterTwentyLayers(f, gainOf(f));
        if (size > 1 / 3 && size < 3) continue;
        throw new Error(`after 20 layers of ${name} the scores have the size ${size.toExponential(1)}, not about 1`);
      }
    },
  },
});
