/** Bars from zero, one a name, or one a group within each name. */

import { formatNumber } from '../format';
import { chart } from './chart';
import { checkDomain, checkFinite, checkSome } from './check';
import { columnNames } from './columns';
import { type Domain, extent } from './domain';
import type { Figure } from './figure';
import { boxSample } from './legend';
import { textWidth } from './measure';
import { type PlotArea, plotArea, type Size } from './plot';
import { group, rect, type Shape, text } from './svg';
import { seriesColour, theme } from './theme';

export interface Bar {
  name: string;
  value: number;
  group?: string;
}

export interface BarChartOptions extends Size {
  title: string;
  bars: readonly Bar[];
  y: { label: string; domain?: Domain };
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

export async function barChart({ title, bars, y, width = 520, height }: BarChartOptions): Promise<Figure> {
  const values = bars.map((bar) => bar.value);
  const domain = y.domain ?? withZero(values);
  checkBars(bars, domain);
  const names = distinct(bars.map((bar) => bar.name));
  const groups = distinct(bars.map((bar) => bar.group ?? ''));

  const slot = Math.max(width / names.length, 20);
  const x = { label: '', domain: [0, names.length] as const, ticks: false };
  const size = { width: slot * names.length, height };
  const area = await plotArea({ x, y: { ...y, domain }, ...size }, (Plot) => [
    Plot.ruleY([0], { stroke: theme.muted }),
  ]);
  const thick = Math.min((slot * 0.76) / groups.length, 64);
  const shapes = bars.map((bar) => {
    const member = groups.indexOf(bar.group ?? '');
    const left = slot * (names.indexOf(bar.name) + 0.5) + thick * (member - groups.length / 2);
    return drawBar(bar.value, left, thick, seriesColour(member), area);
  });
  const under = columnNames(names, slot);
  return chart({
    title,
    area: { ...area, left: Math.max(area.left, under.overhang) },
    xLabel: '',
    yLabel: y.label,
    legend: groups.length > 1 ? groups.map((name, i) => ({ name, sample: boxSample(seriesColour(i)) })) : [],
    over: [...shapes, group(under.shapes, { y: area.height })],
    bottom: under.height,
  });
}

function checkBars(bars: readonly Bar[], domain: Domain): void {
  checkSome('barChart', 'bars', bars);
  const values = bars.map((bar) => bar.value);
  checkFinite('barChart', 'the values of bars', values);
  const places = bars.map(({ name, group }) => JSON.stringify([name, group]));
  const doubled = bars.find((_, i) => places.indexOf(places[i]) < i);
  if (doubled) throw new Error(`barChart: there are two bars for "${doubled.name}"; give each a group of its own`);
  checkDomain('barChart', 'y.domain', domain);
  const [low, high] = extent([values, [0]]);
  if (low >= domain[0] && high <= domain[1]) return;
  throw new Error(`barChart: y.domain is [${domain}], but the bars reach from ${low} to ${high}; zero belongs to it`);
}

/** The bar, and its value at its end if that is not wider than the bar. */
function drawBar(value: number, left: number, thick: number, fill: string, area: PlotArea): Shape {
  const [zero, end] = [area.y(0), area.y(value)];
  const body = rect(left + 1, Math.min(zero, end), Math.max(thick - 2, 1), Math.abs(zero - end), { fill });
  const number = formatNumber(value).replace('-', '−');
  if (textWidth(number, theme.size.tick) > thick + 2) return body;
  const foot = value < 0 ? end + 14 : end - 5;
  return group([body, text(left + thick / 2, foot, number, { size: theme.size.tick, anchor: 'middle', halo: true })]);
}

/** From zero to beyond the longest bar, with room for its number. */
function withZero(values: readonly number[]): Domain {
  const [low, high] = extent([values, [0]]);
  const air = (high - low || 1) * 0.08;
  return [low < 0 ? low - air : 0, high > 0 || low === 0 ? high + air : 0];
}
