/**
 * The progress bar: few plain lines where there is no terminal, a bar that leaves no trace where there is one.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { clearBar, progress } from '../../chapters/shared/progress';

const { isTTY } = process.stderr;
// First, with the real clock, before the others put a false one in its place.
test('a loop of ticks gives the event loop its turns', async () => {
  process.stderr.isTTY = false;
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const bar = progress(100, 'training');
  const start = performance.now();
  while (performance.now() - start < 400) await bar.tick();
  clearInterval(timer);
  expect(turns).toBeGreaterThanOrEqual(4);
});

describe('drawn', () => {
  let written: string[];
  let now: number;

  beforeEach(() => {
    written = [];
    now = 0;
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    vi.spyOn(performance, 'now').mockImplementation(() => now);
  });

  afterEach(() => {
    vi.restoreAllMocks();
    process.stderr.isTTY = isTTY;
  });

  async function work(total: number, millisecondsEach: number): Promise<void> {
    const bar = progress(total, 'training');
    for (let i = 1; i <= total; i++) {
      now += millisecondsEach;
      await bar.tick(`loss ${i}`);
    }
    bar.done();
  }

  test('plain: at most ten lines, with rate and time left', async () => {
    process.stderr.isTTY = false;
    await work(1000, 20);
    expect(written).toHaveLength(10);
    expect(written[4]).toBe('training  50 %  50/s  10 s left  loss 500\n');
    expect(written[9]).toBe('training  100 %  50/s  0 s left  loss 1000\n');
  });

  test('plain: nothing for short work', async () => {
    process.stderr.isTTY = false;
    await work(100, 5);
    expect(written).toEqual([]);
  });

  test('terminal: redraws ten times a second, fits the width, and is gone when done', async () => {
    process.stderr.isTTY = true;
    process.stderr.columns = 60;
    await work(1000, 1);
    expect(written).toHaveLength(11); // ten drawings and the clearing
    expect(written[0]).toMatch(/training {2}██░+ {2}10 % {2}1000\/s/);
    for (const line of written) expect(line.length).toBeLessThanOrEqual('\r\x1b[2K'.length + 59);
    expect(written.at(-1)).toBe('\r\x1b[2K');
    clearBar();
    expect(written).toHaveLength(11);
  });
});
