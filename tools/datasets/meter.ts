/** How far a download is: a bar with bytes, rate and time left on a terminal, about ten plain lines anywhere else. */

export interface Meter {
  show(bytes: number): void;
  done(): void;
}

const REDRAW_EVERY = 100; // milliseconds
const QUIET_FOR = 2000; // milliseconds before the first plain line: short work needs none
const BAR_WIDTH = 12; // a line of 80 columns has a long name to hold, too

/** `from` is what an earlier run has fetched already: it is no part of the rate. */
export function meter(label: string, total: number, from = 0): Meter {
  const start = performance.now();
  let shownAt = -Infinity;
  let tenths = Math.floor((10 * from) / total);
  return {
    show(bytes) {
      const now = performance.now();
      const pace = () => paceText(bytes, total, (1000 * (bytes - from)) / Math.max(now - start, 1));
      if (process.stderr.isTTY) {
        if (now - shownAt < REDRAW_EVERY) return;
        shownAt = now;
        drawBar(label, bytes / total, pace());
      } else {
        const tenth = Math.floor((10 * bytes) / total);
        if (tenth === tenths || now - start < QUIET_FOR) return;
        tenths = tenth;
        console.error(`${label}  ${10 * tenth} %  ${pace()}`);
      }
    },
    done: clearLine,
  };
}

/** Takes the bar off the terminal, so that other text can stand in its place. */
export function clearLine(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
}

function drawBar(label: string, fraction: number, pace: string): void {
  const filled = Math.round(BAR_WIDTH * Math.min(1, fraction));
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
  const line = `${label}  ${bar}  ${pace}`;
  process.stderr.write(`\r\x1b[2K${line.slice(0, (process.stderr.columns || 80) - 1)}`);
}

function paceText(bytes: number, total: number, rate: number): string {
  const left = rate > 0 ? `  ${durationText((total - bytes) / rate)} left` : '';
  return `${sizeText(bytes)} of ${sizeText(total)}  ${sizeText(rate)}/s${left}`;
}

function durationText(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

/** In units of a thousand, as web pages count: 9.9 MB. */
export function sizeText(bytes: number): string {
  if (bytes >= 999_950) return `${(bytes / 1e6).toFixed(1)} MB`;
  return bytes >= 1000 ? `${(bytes / 1e3).toFixed(1)} kB` : `${Math.round(bytes)} bytes`;
}
