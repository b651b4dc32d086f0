/**
 * The first step of the layout of a graph, after Sugiyama: every node gets a layer, edges that cross layers get a place
 * in each, and the order within the layers is chosen so that few edges cross.
 */

export interface LayoutNode {
  id: string;
  width: number;
  height: number;
}

/** Indices into the list of nodes. */
export interface LayoutEdge {
  from: number;
  to: number;
}

/** What a layer holds: a node, or a place where an edge passes on its way to a later layer. */
export interface Item {
  layer: number;
  width: number;
  height: number;
  passing: boolean;
  before: Item[];
  after: Item[];
  /** The middle, in the row's own coordinates. */
  x: number;
  y: number;
}

const SWEEPS = 16;

export interface Layered {
  layers: Item[][];
  /** The item of each node. */
  items: Item[];
  /** For each edge the items it goes through, from its source to its target. */
  routes: Item[][];
}

export function layered(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Layered {
  const levels = longestPaths(nodes, edges);
  const items = nodes.map(({ width, height }, node) => makeItem(levels[node], width, height));
  const { routes, passing } = route(items, edges);
  const layers: Item[][] = Array.from({ length: Math.max(...levels) + 1 }, () => []);
  for (const item of [...items, ...passing]) layers[item.layer].push(item);
  return { layers: fewestCrossings(layers), items, routes };
}

function makeItem(layer: number, width: number, height: number, passing = false): Item {
  return { layer, width, height, passing, before: [], after: [], x: 0, y: 0 };
}

/** Every node right of all it depends on; a node that depends on nothing, just left of its first use. */
function longestPaths(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): number[] {
  const incoming = nodes.map((_, node) => edges.filter((edge) => edge.to === node));
  const outgoing = nodes.map((_, node) => edges.filter((edge) => edge.from === node));
  const waiting = incoming.map((list) => list.length);
  const ready = nodes.map((_, node) => node).filter((node) => waiting[node] === 0);
  const levels = nodes.map(() => 0);
  for (const node of ready) {
    // `ready` grows while it is walked
    for (const { to } of outgoing[node]) {
      levels[to] = Math.max(levels[to], levels[node] + 1);
      waiting[to] -= 1;
      if (waiting[to] === 0) ready.push(to);
    }
  }
  const stuck = waiting.findIndex((count) => count > 0);
  if (stuck >= 0) throw new Error(`graphFigure: the edges run in a circle that holds up "${nodes[stuck].id}"`);
  return levels.map((level, node) => {
    const uses = outgoing[node].map(({ to }) => levels[to] - 1);
    return incoming[node].length === 0 && uses.length > 0 ? Math.min(...uses) : level;
  });
}

/** Links the items along every edge. Edges from one source share the places they pass. */
function route(items: readonly Item[], edges: readonly LayoutEdge[]): { routes: Item[][]; passing: Item[] } {
  const passing: Item[] = [];
  const chains = new Map<Item, Item[]>();
  const link = (from: Item, to: Item) => {
    from.after.push(to);
    to.before.push(from);
  };
  const routes = edges.map(({ from, to }) => {
    const [source, target] = [items[from], items[to]];
    const chain = chains.get(source) ?? [source];
    chains.set(source, chain);
    while (source.layer + chain.length < target.layer) {
      const next = makeItem(source.layer + chain.length, 0, 0, true);
      link(chain[chain.length - 1], next);
      chain.push(next);
      passing.push(next);
    }
    const way = chain.slice(0, target.layer - source.layer);
    link(way[way.length - 1], target);
    return [...way, target];
  });
  return { routes, passing };
}

/** Sorts to and fro and keeps the order with the fewest crossings. */
function fewestCrossings(layers: Item[][]): Item[][] {
  let [best, fewest] = [layers, crossings(layers)];
  let current = layers;
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    current = sorted(current, sweep % 2 === 0);
    const count = crossings(current);
    if (count < fewest) [best, fewest] = [current, count];
  }
  return best;
}

/** Each layer in the order of the mean places of its neighbours in the layer sorted just before. */
function sorted(layers: readonly Item[][], forward: boolean): Item[][] {
  const result = [...layers];
  const order = [...layers.keys()];
  for (const index of forward ? order : order.reverse()) {
    const places = placesIn(result[forward ? index - 1 : index + 1] ?? []);
    const key = (item: Item, place: number): number => {
      const others = forward ? item.before : item.after;
      if (others.length === 0) return place;
      return others.reduce((sum, other) => sum + (places.get(other) as number), 0) / others.length;
    };
    const keyed = result[index].map((item, place) => ({ item, key: key(item, place) }));
    result[index] = keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
  }
  return result;
}

const placesIn = (layer: readonly Item[]) => new Map(layer.map((item, place) => [item, place]));

function crossings(layers: readonly Item[][]): number {
  let count = 0;
  for (let index = 1; index < layers.length; index++) {
    const places = placesIn(layers[index - 1]);
    const links = layers[index].flatMap((item, to) =>
      item.before.map((other) => ({ from: places.get(other) as number, to })),
    );
    for (const a of links) {
      for (const b of links) if (a.from < b.from && a.to > b.to) count += 1;
    }
  }
  return count;
}
