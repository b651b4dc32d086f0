/** All data sets: `import { mnistOrDigits, spirals } from '../../datasets'`. */
export { type BlobsOptions, blobs } from './blobs';
export { type CirclesOptions, circles } from './circles';
export { digits } from './digits';
export { type Iris, iris } from './iris';
export { findReal, type Labelled } from './labelled';
export { type DigitPictures, type DigitSets, type MnistOptions, mnist, mnistOrDigits } from './mnist';
export { type MoonsOptions, moons } from './moons';
export { type SineOptions, sine } from './sine';
export { type SpiralsOptions, spirals } from './spirals';
