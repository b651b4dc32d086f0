import { exercise, expectClose } from '../../shared/exercise';

export default exercise<typeof import('./solutions/rates')>({
  title: 'A rate for each layer',
  hints: [
    'Write the rates of three layers down by hand, with top 1 and decay 0.5. Which one is 0.25?',
    'Layer i, counted from 0, has layers − 1 − i layers above it.',
    'top · decay to the power of that number; 0 where i is less than frozen.',
  ],
  checks: {
    'one layer learns at the top rate': ({ layerRates }) =>
      expectClose(layerRates(1, 0.01, 0.5, 0), [0.01], 'layerRates(1, 0.01, 0.5, 0)'),
    'each layer learns less than the one above it': ({ layerRates }) =>
      expectClose(layerRates(3, 0.1, 0.3, 0), [0.009, 0.03, 0.1], 'layerRates(3, 0.1, 0.3, 0)'),
    'the lowest are frozen': ({ layerRates }) =>
      expectClose(layerRates(5, 1, 0.5, 2), [0, 0, 0.25, 0.5, 1], 'layerRates(5, 1, 0.5, 2)'),
  },
});
