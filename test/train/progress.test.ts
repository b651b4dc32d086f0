/** What a run shows, on a terminal and elsewhere. */
import { expect, test } from 'vitest';
import { ProgressBar } from '../../core/train/progress';

const later = () => new Promise((resolve) => setTimeout(resolve, 120));

function shown(isTerminal: boolean) {
  const text: string[] = [];
  const bar = new ProgressBar({ isTerminal, columns: 100, write: (part) => void text.push(part) });
  bar.start();
  return { bar, text };
}
const state = { epoch: 2, epochs: 5, steps: 3, totalSteps: 12 };

test('a terminal gets a bar, which gives way to lines', async () => {
  const { bar, text } = shown(true);
  expect(bar.due).toBe(false);
  await later();
  expect(bar.due).toBe(true);
  bar.draw(state, { loss: 0.25, tiny: 1e-5 });
  expect(bar.due).toBe(false);
  expect(text[0]).toMatch(/Epoch 2\/5 {2}██████░{18} {2}3\/12 {2}0\.\d s left {2}loss 0\.2500 {2}tiny 1\.000e-5$/);
  bar.finish({ ...state, steps: 12 }, { loss: 0.5 });
  expect(text[1]).toBe('\r\x1b[2K');
  expect(text[2]).toMatch(/^Epoch 2\/5 {2}12 steps {2}0\.\d s {2}loss 0\.5000\n$/);
});

test('no terminal, no bar: a line for each epoch', async () => {
  const { bar, text } = shown(false);
  await later();
  expect(bar.due).toBe(false);
  bar.finish(state, { loss: 0.5 });
  bar.clear();
  expect(text).toHaveLength(1);
});
