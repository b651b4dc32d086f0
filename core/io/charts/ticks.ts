/** Where the marks of a logarithmic axis stand, and how they are written. */

const SUPERSCRIPTS: Record<string, string> = { '-': '⁻' };
[...'⁰¹²³⁴⁵⁶⁷⁸⁹'].forEach((sign, digit) => {
  SUPERSCRIPTS[digit] = sign;
});

const superscript = (exponent: number): string => [...String(exponent)].map((sign) => SUPERSCRIPTS[sign]).join('');

/** Powers of ten, thinned to about `count`; between them also 2 and 5, or all digits, where there would be few. */
export function logTicks([low, high]: readonly [number, number], count: number): number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  for (const digits of [[1], [1, 2, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9]]) {
    const ticks: number[] = [];
    for (let power = first; power <= last; power++) {
      // Number('2e-3') is exactly 0.002, which 2 * 10 ** -3 is not.
      for (const digit of digits) ticks.push(Number(`${digit}e${power}`));
    }
    const inside = ticks.filter((tick) => tick >= low && tick <= high);
    if (inside.length < 3) continue;
    const every = Math.ceil(inside.length / Math.max(count, 2));
    return inside.filter((_, index) => index % every === 0);
  }
  return [low, high];
}

/** `0.01`, `1`, `500` on an axis of such numbers; `10⁻⁵`, `2·10⁶` on one that goes further. */
export function logFormat([low, high]: readonly [number, number]): (tick: number) => string {
  if (low >= 0.0009 && high <= 11_000) return (tick) => String(Number(tick.toPrecision(3)));
  return (tick) => {
    const power = Math.floor(Math.log10(tick) + 1e-9);
    const digit = Number((tick / 10 ** power).toPrecision(3));
    if (power === 0) return String(digit);
    return `${digit === 1 ? '' : `${digit}·`}10${superscript(power)}`;
  };
}
