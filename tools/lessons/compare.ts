/**
 * Whether a lesson still shows the truth: text must agree exactly, numbers with decimals within 1 of their last
 * digit, because the last digit depends on the machine; times and absolute paths are left out of account, and how wide
 * they make the columns of a table.
 */
const MASKED: [RegExp, string][] = [
  [/\s*\b\d[\d.,]*\s?(ns|µs|us|ms|s|min)(?![\w/])/g, ' <time>'],
  [/\s*\b\d[\d.,]*\s?[a-z]*\/s\b/g, ' <rate>'],
  [/(?<![\w.])(?:\/[\w.@-]+){2,}/g, '<path>'],
  [/─+/g, '─'],
  [/(?<=\S) {2,}/g, '  '],
];
const NUMBER = /\s*[-+−]?\d+(?:\.\d+)?(?:e[-+]?\d+)?/gi; // the space before it too: columns keep their width

export function sameText(shown: string, now: string): boolean {
  const a = shown.split('\n');
  const b = now.split('\n');
  return a.length === b.length && a.every((line, index) => sameLine(line, b[index]));
}

export function sameLine(shown: string, now: string): boolean {
  if (shown === now) return true;
  const [a, b] = [mask(shown), mask(now)];
  const [wordsA, wordsB] = [a.split(NUMBER), b.split(NUMBER)];
  const [numbersA, numbersB] = [a.match(NUMBER) ?? [], b.match(NUMBER) ?? []];
  if (wordsA.length !== wordsB.length || wordsA.some((word, index) => word !== wordsB[index])) return false;
  return numbersA.every((number, index) => {
    const rounded = /\d\.\d/.test(number) || wordsA[index + 1].trimStart().startsWith('%');
    return rounded ? sameRounded(number, numbersB[index]) : number.trim() === numbersB[index].trim();
  });
}

const mask = (line: string) => MASKED.reduce((text, [pattern, name]) => text.replace(pattern, name), line);

function sameRounded(a: string, b: string): boolean {
  if (decimals(a) !== decimals(b)) return false;
  const lastDigit = Math.max(...[a, b].map((text) => 10 ** (exponent(text) - decimals(text))));
  return Math.abs(value(a) - value(b)) <= 1.001 * lastDigit; // a thousandth for the rounding of this very subtraction
}

const value = (text: string) => Number(text.trim().replace('−', '-'));
const decimals = (text: string) => /\.(\d+)/.exec(text)?.[1].length ?? 0;
const exponent = (text: string) => Number(/e([-+]?\d+)/i.exec(text)?.[1] ?? 0);

/** The lines that differ, without those that agree before and after them. */
export function difference(shown: string, now: string): string {
  const a = shown.split('\n');
  const b = now.split('\n');
  while (a.length > 0 && b.length > 0 && sameLine(a[0], b[0])) {
    a.shift();
    b.shift();
  }
  while (a.length > 0 && b.length > 0 && sameLine(a.at(-1)!, b.at(-1)!)) {
    a.pop();
    b.pop();
  }
  return [...shorten(a).map((line) => `  - ${line}`), ...shorten(b).map((line) => `  + ${line}`)].join('\n');
}

const MOST = 6;
const shorten = (lines: string[]) =>
  lines.length <= MOST ? lines : [...lines.slice(0, MOST), `… and ${lines.length - MOST} lines more`];
