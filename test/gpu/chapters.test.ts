/**
 * Chapter scripts on a GPU: they run, and their conclusions are those of the CPU.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runScript } from '../../tools/run';
import { describeGpuPrograms } from '../support/gpu';

const out = mkdtempSync(join(tmpdir(), 'on-gpu-'));
afterAll(() => rmSync(out, { recursive: true }));

async function printed(script: string, device: string): Promise<string> {
  const args = ['--quick', '--device', device, '--out', out];
  const { code, stdout, stderr } = await runScript(`chapters/${script}.ts`, args);
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

    test('03-backprop/valley', async () => {
      const verdict = (text: string) => text.slice(text.indexOf('The experiment says'));
      const [cpu, gpu] = [await printed('03-backprop/valley', 'cpu'), await printed('03-backprop/valley', 'gpu')];
      expect(gpu).toContain('The experiment says: RMSprop and Adam.');
      expect(verdict(gpu)).toBe(verdict(cpu));
    });
  });
});
