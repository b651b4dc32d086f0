/**
 * One look for every figure: colours, fonts and sizes. The series colours begin with the palette of Okabe and Ito, made
 * for colour-blind readers, in an order that keeps the first ones furthest apart.
 */

export const theme = {
  /** Helvetica's relatives where they exist; DejaVu Sans is what a bare Linux machine has. */
  font: "'Segoe UI', 'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif",
  size: { title: 16, label: 12, tick: 11 },
  margin: 20,
  card: '#ffffff',
  border: '#d5dae0',
  ink: '#1f2328',
  muted: '#57606a',
  grid: '#e4e8ec',
  series: [
    '#0072b2', // blue
    '#d55e00', // vermilion
    '#009e73', // green
    '#cc79a7', // pink
    '#e69f00', // orange
    '#56b4e9', // sky
    '#332288', // indigo
    '#882255', // wine
    '#1f2328', // ink
    '#999933', // olive
  ],
  /** From nothing to much, for values of one sign. */
  sequential: ['#f7fafd', '#c9deef', '#74add6', '#2272b4', '#0b335f'],
  /** From below zero, over zero, to above zero. */
  diverging: ['#8f3a04', '#e08a4f', '#f8f8f7', '#64a3d0', '#0a4a80'],
  /** The ground of a contour chart: pale, so that paths stand out. */
  relief: ['#ffffff', '#dfe7ee', '#bccada'],
} as const;

export const seriesColour = (index: number): string => theme.series[index % theme.series.length];

const channels = (colour: string): number[] => [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16));

/** The colour `amount` of the way from one to the other. */
export function mix(from: string, to: string, amount: number): string {
  const [a, b] = [channels(from), channels(to)];
  const mixed = a.map((value, channel) => Math.round(value + (b[channel] - value) * amount));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** The colour at `position` (0 to 1, held at the ends) along a list of evenly spaced colours. */
export function ramp(colours: readonly string[], position: number): string {
  const place = Math.min(Math.max(position, 0), 1) * (colours.length - 1);
  const step = Math.min(Math.floor(place), colours.length - 2);
  return mix(colours[step], colours[step + 1], place - step);
}

export const rgb = (colour: string): [number, number, number] => channels(colour) as [number, number, number];

/** Whether white letters read better than dark ones on this colour. */
export function isDark(colour: string): boolean {
  const [red, green, blue] = channels(colour);
  return 0.299 * red + 0.587 * green + 0.114 * blue < 140;
}
