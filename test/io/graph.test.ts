/** The layout of graphs: every edge to the right, nothing over anything else, for any graph without circles. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { graphFigure } from '../../core/io/charts';
import { layout } from '../../core/io/charts/layout';
import { stackRows } from '../../core/io/charts/routes';
import { spread, spreadWithin } from '../../core/io/charts/spread';

const spacing = { across: 34, along: 14, maxWidth: 600 };
const narrow = { ...spacing, maxWidth: 250 }; // so that graphs go on in further rows
const box = fc.record({ width: fc.integer({ min: 20, max: 140 }), height: fc.integer({ min: 20, max: 60 }) });

/** Up to 60 nodes; edges run from a lower to a higher index, so that there are no circles. */
const graphs = fc.array(box, { minLength: 1, maxLength: 60 }).chain((boxes) => {
  const end = fc.nat(boxes.length - 1);
  const edges = fc
    .array(fc.tuple(end, end), { maxLength: 90 })
    .map((pairs) => pairs.filter(([a, b]) => a !== b).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })));
  return edges.map((list) => ({ nodes: boxes.map((size, i) => ({ id: String(i), ...size })), edges: list }));
});

/** Points along a path of the commands M, L, H, C and Q, close to each other. */
function pointsOf(d: string): [number, number][] {
  const points: [number, number][] = [];
  let [x, y] = [0, 0];
  for (const [, command, rest] of d.matchAll(/([MLHCQ])([^MLHCQ]*)/g)) {
    const numbers = rest.match(/-?[\d.]+(e-?\d+)?/g)?.map(Number) ?? [];
    const corners = command === 'H' ? [numbers[0], y] : numbers;
    const [toX, toY] = corners.slice(-2);
    const from: [number, number] = [x, y];
    for (let part = 0; part <= 1 && command !== 'M'; part += 1 / 64) points.push(between(from, corners, part));
    [x, y] = [toX, toY];
  }
  return points;
}

/** De Casteljau: the point of a line or Bézier curve at `part` of its way. */
function between(start: [number, number], rest: readonly number[], part: number): [number, number] {
  let points = [start];
  for (let i = 0; i < rest.length; i += 2) points.push([rest[i], rest[i + 1]]);
  while (points.length > 1) {
    points = points
      .slice(1)
      .map(([x, y], i) => [points[i][0] + (x - points[i][0]) * part, points[i][1] + (y - points[i][1]) * part]);
  }
  return points[0];
}

describe('layout', () => {
  test('no two nodes overlap, and every edge runs to the right or to a later row', () => {
    fc.assert(
      fc.property(graphs, ({ nodes, edges }) => {
        const plan = layout(nodes, edges, narrow);
        const { routes, width, height } = stackRows(plan);
        const { items, columns } = plan;
        for (const [i, a] of items.entries()) {
          const overlapped = items.slice(i + 1).find((b) => {
            const apartAcross = Math.abs(a.x - b.x) - (a.width + b.width) / 2;
            const apartAlong = Math.abs(a.y - b.y) - (a.height + b.height) / 2;
            return Math.max(apartAcross, apartAlong) < -0.01;
          });
          expect(overlapped).toBeUndefined();
          const [right, bottom] = [a.x + a.width / 2, a.y + a.height / 2];
          expect(a.x - a.width / 2 > -0.01 && right < width + 0.01 && bottom < height + 0.01).toBe(true);
        }
        edges.forEach(({ from, to }, edge) => {
          const [source, target] = [items[from], items[to]];
          const sameRow = columns[source.layer].row === columns[target.layer].row;
          expect(target.layer > source.layer && (!sameRow || target.x > source.x)).toBe(true);
          expect(routes[edge].d).not.toMatch(/NaN|undefined|Infinity/);
          expect(Math.abs(routes[edge].tip.y - target.y)).toBeLessThanOrEqual(target.height / 2);
        });
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test('no edge runs through a node', () => {
    fc.assert(
      fc.property(graphs, ({ nodes, edges }) => {
        const plan = layout(nodes, edges, narrow);
        const { routes } = stackRows(plan);
        edges.forEach(({ from, to }, edge) => {
          const others = plan.items.filter((_, node) => node !== from && node !== to);
          const hit = pointsOf(routes[edge].d).find(([x, y]) =>
            others.some((o) => Math.abs(x - o.x) < o.width / 2 - 0.1 && Math.abs(y - o.y) < o.height / 2 - 0.1),
          );
          expect(hit).toBeUndefined();
        });
      }),
      { numRuns: 60, seed: 2 },
    );
  });

  test('a chain is one straight line', () => {
    const nodes = [0, 1, 2, 3].map((id) => ({ id: String(id), width: 50, height: 30 }));
    const edges = [0, 1, 2].map((from) => ({ from, to: from + 1 }));
    const { items } = layout(nodes, edges, spacing);
    expect(new Set(items.map((item) => item.y)).size).toBe(1);
  });

  test('a parameter stands beside its use, not at the beginning', () => {
    const nodes = ['x', 'a', 'b', 'c', 'w'].map((id) => ({ id, width: 50, height: 30 }));
    const edges = [...[0, 1, 2].map((from) => ({ from, to: from + 1 })), { from: 4, to: 3 }];
    const { items } = layout(nodes, edges, spacing);
    expect(items[4].layer).toBe(2);
  });

  test('a long graph goes on in further rows, and its edges run around them without crossing', () => {
    // Two chains side by side, six layers of 50 pixels: three rows of two.
    const nodes = Array.from({ length: 12 }, (_, i) => ({ id: String(i), width: 50, height: 30 }));
    const edges = Array.from({ length: 10 }, (_, i) => ({ from: i, to: i + 2 }));
    const plan = layout(nodes, edges, { ...spacing, maxWidth: 134 });
    const { routes } = stackRows(plan);
    expect(plan.rows).toHaveLength(3);
    const [upper, lower] = [2, 3].map((edge) => pointsOf(routes[edge].d));
    const near = upper.some(([x, y]) => lower.some(([otherX, otherY]) => Math.hypot(x - otherX, y - otherY) < 5));
    expect(near).toBe(false);
  });

  test('edges do not cross where they need not', () => {
    // Two chains side by side, their nodes named in the order that would cross them.
    const nodes = ['a1', 'b1', 'b2', 'a2'].map((id) => ({ id, width: 50, height: 30 }));
    const { items } = layout(
      nodes,
      [
        { from: 0, to: 3 },
        { from: 1, to: 2 },
      ],
      spacing,
    );
    expect(Math.sign(items[0].y - items[1].y)).toBe(Math.sign(items[3].y - items[2].y));
  });
});

describe('spread', () => {
  const positions = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 12 });

  test('keeps gaps and order, and moves nothing that has room', () => {
    expect(spread([0, 10, 20], [5, 5])).toEqual([0, 10, 20]);
    expect(spread([0, 0], [10])).toEqual([-5, 5]);
    expect(spread([0, 0], [10], [3, 1])).toEqual([-2.5, 7.5]); // the heavier one moves less
    fc.assert(
      fc.property(positions, (wishes) => {
        const placed = spread(
          wishes,
          wishes.slice(1).map(() => 7),
        );
        for (let i = 1; i < placed.length; i++) expect(placed[i] - placed[i - 1]).toBeGreaterThan(7 - 1e-9);
      }),
      { seed: 1 },
    );
  });

  test('is the least movement that does so', () => {
    const moved = (a: readonly number[], b: readonly number[]) =>
      a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0);
    fc.assert(
      fc.property(positions, fc.nat(11), fc.double({ min: -1, max: 1, noNaN: true }), (wishes, index, step) => {
        const gaps = wishes.slice(1).map(() => 7);
        const best = spread(wishes, gaps);
        const other = best.map((value, i) => (i === index % best.length ? value + step : value));
        const allowed = other.every((value, i) => i === 0 || value - other[i - 1] >= 7);
        if (allowed) expect(moved(other, wishes)).toBeGreaterThanOrEqual(moved(best, wishes) - 1e-9);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('stays within its room', () => {
    expect(spreadWithin([-20, 5, 200], 10, 0, 100)).toEqual([0, 10, 100]);
  });
});

describe('graphFigure', () => {
  const node = (id: string) => ({ id, kind: 'value' as const, label: id });

  test('tells what it cannot draw', () => {
    const figure = (nodes: string[], edges: [string, string][]) => () =>
      graphFigure({ title: 'G', nodes: nodes.map(node), edges: edges.map(([from, to]) => ({ from, to })) });
    expect(figure([], [])).toThrow('graphFigure: nodes is empty');
    expect(figure(['a', 'a'], [])).toThrow('graphFigure: two nodes have the id "a"');
    expect(figure(['a'], [['a', 'b']])).toThrow('the edge a → b names "b", which is no node');
    expect(
      figure(
        ['a', 'b', 'c'],
        [
          ['a', 'b'],
          ['b', 'c'],
          ['c', 'b'],
        ],
      ),
    ).toThrow('the edges run in a circle');
    expect(figure(['a'], [['a', 'a']])).toThrow('the edges run in a circle that holds up "a"');
  });

  test('says by its legend which kinds there are, and only those', () => {
    const { svg } = graphFigure({ title: 'G', nodes: [node('a'), { ...node('b'), kind: 'data' }], edges: [] });
    expect(svg).toContain('>data<');
    expect(svg).not.toContain('>parameter<');
  });
});
