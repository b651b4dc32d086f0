import { exercise, expectClose, slope } from '../../shared/exercise';

const right = (z: number): number => z / (1 + Math.abs(z));

export default exercise<typeof import('./solutions/softsign')>({
  title: 'An activation and its slope',
  hints: [
    'Take z above 0 first: z / (1 + z). Below 0 the curve is the same, turned by half a turn about the origin.',
    'A fraction u/v has the slope (u′·v − u·v′)/v². For z above 0: (1·(1 + z) − z·1)/(1 + z)².',
    'That is 1/(1 + z)², and half a turn leaves slopes as they are: 1/(1 + |z|)² everywhere.',
  ],
  checks: {
    'the curve': ({ softsign }) => {
      for (const z of [0, 1, -1, 3, -0.25]) expectClose(softsign(z), right(z), `softsign(${z})`);
    },
    'at 0 the slope is 1': ({ slopeOfSoftsign }) => expectClose(slopeOfSoftsign(0), 1, 'slopeOfSoftsign(0)'),
    'the slope agrees with differences': ({ slopeOfSoftsign }) => {
      for (const z of [-4, -0.7, 0.3, 2]) expectClose(slopeOfSoftsign(z), slope(right, z), `slopeOfSoftsign(${z})`);
    },
  },
});
