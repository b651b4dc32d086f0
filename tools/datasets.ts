/**
 * `npm run datasets -- list` says which real data sets can be fetched, and which are here; `npm run datasets -- get
 * mnist cifar10` fetches some into the folder that DATASETS_DIR names.
 */
import { catalogue } from './datasets/catalogue';
import { runDatasets } from './datasets/command';

void runDatasets(process.argv.slice(2), catalogue);
