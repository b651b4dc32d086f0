/**
 * Exercise: a rate for each layer.
 *
 * A network of so many layers is to be fine-tuned. The last one learns at `top`; each layer learns at `decay` times
 * the rate of the one above it; the lowest `frozen` layers do not learn at all, and their rate is 0.
 *
 * Check it:  npm run exercises 08          Stuck?  npm run exercises 08 hint rates
 */
import { notYet } from '../../shared/exercise';

/** The rates from the lowest layer to the last. */
export function layerRates(layers: number, top: number, decay: number, frozen: number): number[] {
  return notYet('the rates from the lowest layer to the last');
}
