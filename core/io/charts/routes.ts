/**
 * The last step of the layout of a graph: stacks its rows and finds the way of every edge, as a curve between
 * neighbouring layers, and around the margin where an edge goes on in the next row.
 */

import type { Item } from './layers';
import type { Layout } from './layout';

export interface Route {
  /** An SVG path that ends at `tip`, at the left side of the target. */
  d: string;
  tip: { x: number; y: number };
  /** Just above the middle of the last curve, where a label may stand. */
  middle: { x: number; y: number };
}

export interface Placed {
  width: number;
  height: number;
  routes: Route[];
}

const ROW_GAP = 30;
const SIDE = 14;
const TRACK = 7; // between edges that run beside each other around the margin
const PORT = 9; // between edges that end at the same node
const CORNER = 6;

type Point = readonly [number, number];

/** Moves all items of the layout to where they stand in the picture, and routes its edges. */
export function stackRows(layout: Layout): Placed {
  const turns = layout.rows.slice(1).map((_, index) => turnsBefore(layout, index + 1));
  const side = turns.length > 0 ? SIDE + TRACK * Math.max(...turns.map((turn) => turn.length)) : 0;
  let y = 0;
  const bottoms = layout.rows.map((row, index) => {
    for (const item of row.layers.flat()) {
      item.x += side;
      item.y += y;
    }
    const bottom = y + row.height;
    y = bottom + ROW_GAP + TRACK * (turns[index]?.length ?? 0);
    return bottom;
  });
  for (const column of layout.columns) {
    column.left += side;
    column.right += side;
  }
  const gutters = turns.map((sources, row) => ({ sources, bottom: bottoms[row], side }));
  const width = Math.max(...layout.rows.map((row) => row.width)) + 2 * side;
  return { width, height: bottoms[bottoms.length - 1], routes: routesOf(layout, gutters) };
}

/** The items from which edges turn into a row, the lowest first: it takes the innermost track. */
function turnsBefore({ routes, columns }: Layout, row: number): Item[] {
  const sources = new Set<Item>();
  for (const way of routes) {
    way.slice(1).forEach((item, i) => {
      if (columns[item.layer].row === row && columns[way[i].layer].row < row) sources.add(way[i]);
    });
  }
  return [...sources].sort((a, b) => b.y - a.y);
}

/** The space under a row through which edges go to the next. */
interface Gutter {
  sources: Item[];
  bottom: number;
  side: number;
}

function routesOf({ routes, columns }: Layout, gutters: readonly Gutter[]): Route[] {
  const ports = portsOf(routes);
  return routes.map((way, edge) => {
    const [source, target] = [way[0], way[way.length - 1]];
    let d = `M${source.x + source.width / 2},${source.y}`;
    let middle = { x: 0, y: 0 };
    way.slice(1).forEach((to, i) => {
      const from = way[i];
      const [leave, enter] = [columns[from.layer], columns[to.layer]];
      const y = to === target ? target.y + ports[edge] : to.y;
      if (leave.row === enter.row) {
        const half = (leave.right + enter.left) / 2;
        d += `H${leave.right}C${half},${from.y} ${half},${y} ${enter.left},${y}`;
        middle = { x: half, y: (from.y + y) / 2 - 8 };
      } else {
        d += turn([leave.right, from.y], [enter.left, y], gutters[leave.row], from);
        middle = { x: enter.left, y: y - 10 };
      }
    });
    const tip = { x: target.x - target.width / 2, y: target.y + ports[edge] };
    return { d: `${d}H${tip.x}`, tip, middle };
  });
}

/** Where each edge meets its target, counted from the target's middle: in the order in which the edges arrive. */
function portsOf(routes: readonly Item[][]): number[] {
  const arrival = (edge: number) => routes[edge][routes[edge].length - 2].y;
  const target = (edge: number) => routes[edge][routes[edge].length - 1];
  return routes.map((_, edge) => {
    const rivals = routes.flatMap((_, other) => (target(other) === target(edge) ? [other] : []));
    rivals.sort((a, b) => arrival(a) - arrival(b));
    const step = Math.min(PORT, (target(edge).height - 8) / rivals.length);
    return (rivals.indexOf(edge) - (rivals.length - 1) / 2) * step;
  });
}

/** Right, down, back to the left margin and down to the next row, nested so that no two of these ways cross. */
function turn(start: Point, end: Point, { sources, bottom, side }: Gutter, from: Item): string {
  const track = sources.indexOf(from);
  const right = start[0] + SIDE + TRACK * track;
  const y = bottom + ROW_GAP / 2 + TRACK * track;
  const left = side - SIDE - TRACK * (sources.length - 1 - track);
  return rounded([start, [right, start[1]], [right, y], [left, y], [left, end[1]], end]);
}

/** A path along horizontal and vertical lines, its corners rounded. */
function rounded(points: readonly Point[]): string {
  const towards = ([x, y]: Point, [toX, toY]: Point): Point => {
    const share = Math.min(0.5, CORNER / (Math.hypot(toX - x, toY - y) || 1));
    return [x + (toX - x) * share, y + (toY - y) * share];
  };
  const corners = points.slice(1, -1).map((corner, i) => {
    return `L${towards(corner, points[i])}Q${corner} ${towards(corner, points[i + 2])}`;
  });
  return `L${points[0]}${corners.join('')}L${points[points.length - 1]}`;
}
