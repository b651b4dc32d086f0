/**
 * The tour, as `npm start` runs it where there is no terminal: every stop, plain text, a picture, and a short while.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { runScript } from '../tools/run';

test('the tour in a pipe', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tour-'));
  try {
    const { code, stdout, stderr } = await runScript(resolve('tools/tour.ts'), [], { cwd: folder });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain('z = 0.20 ── sigmoid ── 0.5498');
    expect(stdout).toMatch(/y·\(1 \+ y\) +✗ fails[\s\S]*y·\(1 − y\) +✓ passes/);
    expect(stdout).toContain('151 weights');
    expect(Number(/after 50 rounds: ([\d.]+) %/.exec(stdout)?.[1])).toBeGreaterThanOrEqual(99);
    expect(stdout).not.toContain('\x1b');
    expect(existsSync(join(folder, 'chapters/figures/two-moons.png'))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
