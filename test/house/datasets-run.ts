/** `npm run datasets` with a catalogue of the test's own, for its child processes. */
import { runDatasets } from '../../tools/datasets/command';

const patience = { attempts: 2, pause: 10, silence: 20_000 };
void runDatasets(process.argv.slice(2), JSON.parse(process.env.CATALOGUE ?? ''), patience);
