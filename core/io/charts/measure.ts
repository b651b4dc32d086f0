/**
 * How wide a text will be, without asking a font. The widths are those of DejaVu Sans, the widest of the fonts in the
 * theme's list: what is laid out for it also fits in the others.
 */

/** Advance widths of the characters from space to ~, in thousandths of the font size. */
// biome-ignore format: a table reads better in full lines
const WIDTHS = [
  318, 400, 460, 838, 636, 950, 780, 274, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636,
  636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 711, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863,
  748, 787, 603, 787, 695, 635, 594, 732, 684, 988, 685, 610, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635,
  615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 611, 635, 635, 395, 521, 392, 634, 592, 818, 592, 592, 525, 636,
  337, 636, 838,
];
const OTHER = 670; // Greek, accents, signs
const IDEOGRAPH = 1000;
const BOLD = 1.12;

function characterWidth(character: string): number {
  const code = character.codePointAt(0) as number;
  return WIDTHS[code - 32] ?? (code < 0x2e80 ? OTHER : IDEOGRAPH);
}

export function textWidth(text: string, size: number, bold = false): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return (width / 1000) * size * (bold ? BOLD : 1);
}

/** The widest of several lines; 0 for none. */
export function widest(lines: readonly string[], size: number, bold = false): number {
  return Math.max(0, ...lines.map((line) => textWidth(line, size, bold)));
}

/** Breaks a text at its spaces into lines no wider than `width` (a single longer word stays whole). */
export function wrap(text: string, width: number, size: number, bold = false): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines[lines.length - 1]} ${word}`;
    if (lines.length > 0 && textWidth(longer, size, bold) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
