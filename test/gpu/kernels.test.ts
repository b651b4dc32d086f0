/**
 * The GPU's kernels beside the plain ones, at sizes that fill several workgroups; again, which has to leave the same
 * bits; and in workgroups and tiles of other sizes, which has to say the same.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { cpu } from '../../core/kernels/cpu';
import type { Launch } from '../../gpu/queue';
import { difference, valuesOf } from '../operations/close';
import { describeGpu } from '../support/gpu';
import { cases, wideCases } from './cases';
import { onGpu } from './on-gpu';
import { resized, type Settings, SINGLE, SMALLER } from './settings';

let settings: Settings | null = null; // the usual ones
/** The sizes that each shader was launched in. */
const launched = new Map<string, Set<string>>();
/** The shaders that were launched in more workgroups than an axis of a grid may have. */
const wide = new Set<string>();
const WIDEST = 65_535;

vi.mock('../../gpu/queue', async (original) => {
  const queue = await original<typeof import('../../gpu/queue')>();
  const launch = (asked: Launch): void => {
    const done = settings ? resized(asked, settings) : asked;
    const known = launched.get(asked.kernel) ?? new Set();
    launched.set(asked.kernel, known.add(done === asked ? 'usual' : 'smaller'));
    queue.launch(done);
    if (done.groups > WIDEST) wide.add(asked.kernel);
  };
  return { ...queue, launch };
});

describeGpu('kernels on a GPU', () => {
  for (const each of cases) {
    const { name, kernel, run, tolerance = 1e-5 } = each;
    test(`${kernel}: ${name}`, async () => {
      const expected = run(cpu).map(valuesOf);
      const close = { relative: 0, absolute: kernel === 'random' && tolerance > 0 ? 1e-6 : tolerance };
      settings = null;
      const usual = await onGpu(each);
      expect(difference(usual, expected, close)).toBeNull();
      expect(difference(await onGpu(each), usual, { relative: 0, absolute: 0 }), 'again').toBeNull();
      settings = SMALLER;
      expect(difference(await onGpu(each), expected, close), 'in smaller workgroups').toBeNull();
    });
  }

  test('every shader has been launched, in both sizes', () => {
    const shaders = readdirSync('gpu/kernels').map((file) => file.replace('.wgsl', ''));
    const lacking = shaders.filter((name) => launched.get(name)?.size !== 2);
    expect(lacking).toEqual([]);
  });
});

describeGpu('more than 65,535 workgroups', () => {
  for (const each of wideCases) {
    test(`${each.kernel}: ${each.name}`, async () => {
      settings = SINGLE;
      wide.clear();
      const expected = each.run(cpu).map(valuesOf);
      expect(difference(await onGpu(each), expected, { relative: 0, absolute: 1e-5 })).toBeNull();
      expect(wide.size).toBe(1);
    });
  }

  test('every shader counts them along both axes', () => {
    for (const file of readdirSync('gpu/kernels')) {
      expect(readFileSync(`gpu/kernels/${file}`, 'utf8'), file).toContain('group.y * groups.x + group.x');
    }
  });
});
