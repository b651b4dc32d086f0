/**
 * The second step of the layout of a graph: where its layers and nodes stand, from left to right. A graph too wide for
 * one row goes on in the next one, as a text does.
 */

import { type Item, type LayoutEdge, type LayoutNode, layered } from './layers';
import { spread } from './spread';

export interface Spacing {
  /** Between layers. */
  across: number;
  /** Between the nodes of a layer. */
  along: number;
  /** The widest row. */
  maxWidth: number;
}

/** A run of layers drawn side by side. */
export interface Row {
  layers: Item[][];
  width: number;
  height: number;
}

export interface Layout {
  rows: Row[];
  items: Item[];
  routes: Item[][];
  /** Left and right edges of each layer, in its row's coordinates. */
  columns: { row: number; left: number; right: number }[];
}

const SWEEPS = 16;

export function layout(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], spacing: Spacing): Layout {
  const { layers, items, routes } = layered(nodes, edges);
  const widths = layers.map((layer) => Math.max(...layer.map((item) => item.width)));
  const rows = breakRows(layers, widths, spacing).map((row) => ({ layers: row, width: 0, height: 0 }));
  const columns = rows.flatMap((row, index) =>
    placeAcross(row, widths, spacing).map((edge) => ({ row: index, ...edge })),
  );
  for (const row of rows) placeAlong(row, spacing);
  return { rows, items, routes, columns };
}

/** Cuts the layers into rows no wider than allowed: few rows, well filled, and few edges cut. */
function breakRows(layers: Item[][], widths: readonly number[], { across, maxWidth }: Spacing): Item[][][] {
  const total = widths.reduce((sum, width) => sum + width + across, -across);
  if (total <= 1.2 * maxWidth) return [layers]; // a little too wide is better than a second row
  // best[end]: the cheapest way to break the layers before `end`, whose last row begins at `start`.
  const best = [{ cost: 0, start: 0 }];
  for (let end = 1; end <= layers.length; end++) {
    const last = end === layers.length;
    const cut = last ? 0 : layers[end - 1].filter((item) => item.after.length > 0).length;
    best[end] = { cost: Infinity, start: end - 1 };
    let width = -across;
    for (let start = end - 1; start >= 0; start--) {
      width += widths[start] + across;
      if (width > maxWidth && start < end - 1) break;
      const unused = Math.max(0, 1 - width / maxWidth);
      const cost = best[start].cost + 1 + cut ** 2 / 2 + 4 * unused ** 2;
      if (cost < best[end].cost) best[end] = { cost, start };
    }
  }
  const rows: Item[][][] = [];
  for (let end = layers.length; end > 0; end = best[end].start) rows.unshift(layers.slice(best[end].start, end));
  return rows;
}

/** Sets every x of a row, and gives the edges of its layers. */
function placeAcross(row: Row, allWidths: readonly number[], { across }: Spacing): { left: number; right: number }[] {
  let left = 0;
  const edges = row.layers.map((layer) => {
    const right = left + allWidths[layer[0].layer];
    for (const item of layer) item.x = (left + right) / 2;
    const edge = { left, right };
    left = right + across;
    return edge;
  });
  row.width = left - across;
  return edges;
}

/** Sets every y of a row: each layer again and again as near as its gaps allow to the mean of its neighbours. */
function placeAlong(row: Row, { along }: Spacing): void {
  const items = row.layers.flat();
  const here = new Set(items);
  for (const layer of row.layers) settle(layer, () => 0, along);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const order = sweep % 2 === 0 ? row.layers : [...row.layers].reverse();
    for (const layer of order) settle(layer, (item) => meanOfNeighbours(item, here), along);
  }
  const top = Math.min(...items.map((item) => item.y - item.height / 2));
  for (const item of items) item.y -= top;
  row.height = Math.max(...items.map((item) => item.y + item.height / 2));
}

function settle(layer: readonly Item[], wish: (item: Item) => number, along: number): void {
  const gaps = layer.slice(1).map((item, i) => {
    const air = item.passing && layer[i].passing ? along / 2 : along;
    return (item.height + layer[i].height) / 2 + air;
  });
  const heights = spread(layer.map(wish), gaps, layer.map(stiffness));
  layer.forEach((item, i) => {
    item.y = heights[i];
  });
}

function meanOfNeighbours(item: Item, here: ReadonlySet<Item>): number {
  const others = [...item.before, ...item.after].filter((other) => here.has(other));
  if (others.length === 0) return item.y;
  const pulls = others.map((other) => (item.passing && other.passing ? 8 : Math.min(stiffness(other), 1)));
  const total = pulls.reduce((sum, pull) => sum + pull, 0);
  return others.reduce((sum, other, i) => sum + other.y * pulls[i], 0) / total;
}

/** How firmly an item holds its place: edges that pass run straight, the main line stays, leaves make room. */
function stiffness({ passing, before }: Item): number {
  if (passing) return 4;
  return before.length === 0 ? 0.15 : 1;
}
