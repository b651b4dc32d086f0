/**
 * Chapter scripts on a GPU: they run, and their conclusions are those of the CPU. Those of chapters 06 to 10 get very
 * little to learn, and are run by `npm run test:all` only.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runScript } from '../../tools/run';
import { describeGpuPrograms } from '../support/gpu';

const out = mkdtempSync(join(tmpdir(), 'on-gpu-'));
afterAll(() => rmSync(out, { recursive: true }));

const LATER: [script: string, flags: string[]][] = [
  ['06-cnn/edges', ['--side', '24']],
  ['06-cnn/text', ['--reviews', '100', '--test', '50', '--epochs', '1', '--length', '40', '--filters', '8']],
  ['07-rnn-lstm-gru/translation', ['--quick', '--pairs', '100', '--test', '20', '--epochs', '1']],
  ['07-rnn-lstm-gru/characters', ['--quick', '--names', '100', '--epochs', '1', '--temperatures', '1']],
  ['09-autoencoder/pca', ['--training', '256', '--test', '100', '--epochs', '1', '--widths', '2']],
  ['09-autoencoder/siamese', ['--steps', '5']],
  ['10-attention-transformer/order', ['--length', '3', '--steps', '5']],
];

async function printed(script: string, device: string, flags = ['--quick']): Promise<string> {
  const args = [...flags, '--device', device, '--out', out];
  const { code, stdout, stderr } = await runScript(`chapters/${script}.ts`, args, { env: { DATASETS_DIR: '' } });
  expect(stderr.replace(/^.*\d %.*\n/gm, ''), script).toBe(''); // progress apart
  expect(code, script).toBe(0);
  return stdout;
}

/** The text, with numbers cut to six decimals: the last digits of float32 are each device's own. */
const rounded = (text: string): string => text.replace(/(\.\d{6})\d+/g, '$1');

describeGpuPrograms('chapters on a GPU', () => {
  describe.concurrent('say what they say on the CPU', () => {
    test.each(['01-neuron/perceptron', '02-forward-pass/by-hand', '03-backprop/slope'])('%s', async (script) => {
      expect(rounded(await printed(script, 'gpu'))).toBe(rounded(await printed(script, 'cpu')));
    });

    test('02-forward-pass/tensors, up to what takes time', async () => {
      const values = (text: string) => text.slice(0, text.indexOf('What a view costs'));
      const [cpu, gpu] = [
        await printed('02-forward-pass/tensors', 'cpu'),
        await printed('02-forward-pass/tensors', 'gpu'),
      ];
      expect(values(gpu)).toContain('[[1.5000, 2.0000, 3.0000]');
      expect(values(gpu)).toBe(values(cpu));
    });

    test.skipIf(!process.env.ALL_TESTS).each(LATER)('%s', { timeout: 300_000 }, async (script, flags) => {
      expect(rounded(await printed(script, 'gpu', flags))).toBe(rounded(await printed(script, 'cpu', flags)));
    });

    test('03-backprop/valley', { timeout: 300_000 }, async () => {
      const verdict = (text: string) => text.slice(text.indexOf('The experiment says'));
      const [cpu, gpu] = [await printed('03-backprop/valley', 'cpu'), await printed('03-backprop/valley', 'gpu')];
      expect(gpu).toContain('The experiment says: RMSprop and Adam.');
      expect(verdict(gpu)).toBe(verdict(cpu));
    });
  });
});
