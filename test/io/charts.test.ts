/** What each kind of chart shows, and what it answers to input that it cannot draw. */
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { mseLoss, nn, optim, randn, train } from '../../core';
import {
  barChart,
  boundaryChart,
  confusionMatrix,
  contourChart,
  drawing,
  heatmap,
  histograms,
  imageGrid,
  learningCurves,
  lineChart,
  networkFigure,
  panels,
  scatterChart,
  tableFigure,
  theme,
} from '../../core/io/charts';
import { countInBins } from '../../core/io/charts/bins';
import { type Obstacles, placeNote, pointsAlong } from '../../core/io/charts/notes';
import { examples } from './examples';
import { readSvg } from './svg-reader';

const axes = { x: { label: 'x' }, y: { label: 'y' } };
const line = (series: { name?: string; x?: number[]; y: number[] }[], y: { label: string; log?: boolean } = axes.y) =>
  lineChart({ title: 'Lines', ...axes, y, series });
const contents = (svg: string) => readSvg(svg).texts.map((part) => part.content);
const colours = (svg: string) => new Set(svg.match(/#[0-9a-f]{6}/g));

describe('lineChart', () => {
  test('names its axes, its lines and its marks', async () => {
    const { svg } = await examples.lossCurves();
    const labels = ['Loss by epoch', 'epoch', 'cross-entropy', 'training', 'validation', 'best', 'chance', 'here'];
    expect(contents(svg)).toEqual(expect.arrayContaining(labels));
  });

  test('counts x from 1 where none is given', async () => {
    const numbered = await line([{ name: 'a', x: [1, 2, 3], y: [5, 4, 6] }]);
    const counted = await line([{ name: 'a', y: [5, 4, 6] }]);
    const curve = ({ svg }: { svg: string }) => /<path d="(M[^"]+)"/.exec(svg)?.[1];
    expect(curve(counted)).toMatch(/^M0,/);
    expect(curve(counted)).toBe(curve(numbered));
  });

  test('writes powers of ten on a long log axis', async () => {
    const { svg } = await line([{ name: 'a', y: [1, 1e-4, 1e-8] }], { label: 'y', log: true });
    expect(contents(svg)).toEqual(expect.arrayContaining(['1', '10⁻⁴', '10⁻⁸']));
  });

  test('draws a single value and a constant', async () => {
    expect((await line([{ name: 'a', y: [3] }])).svg).toContain('<circle');
    expect(contents((await line([{ name: 'a', y: [0, 0, 0] }])).svg)).toContain('0.0');
  });

  test('draws a single value on a log axis', async () => {
    const log = { x: { label: 'x', log: true }, y: { label: 'y', log: true } };
    const { svg } = await lineChart({ title: 'Lines', ...log, series: [{ x: [8], y: [3] }] });
    expect(svg).toContain('<circle');
  });

  test('a line without a name has none at its end, and the chart no room for it', async () => {
    const width = ({ svg }: { svg: string }) => Number(/width="(\d+)"/.exec(svg)?.[1]);
    const [named, unnamed] = [await line([{ name: 'loss', y: [1, 2] }]), await line([{ y: [1, 2] }])];
    expect(contents(named.svg)).toContain('loss');
    expect(contents(unnamed.svg)).toEqual(contents(named.svg).filter((text) => text !== 'loss'));
    expect(width(unnamed)).toBeLessThan(width(named) - 35);
  });

  test('takes typed arrays', async () => {
    const typed = await lineChart({ title: 'Lines', ...axes, series: [{ name: 'a', y: new Float32Array([1, 2, 4]) }] });
    expect(typed.svg).toBe((await line([{ name: 'a', y: [1, 2, 4] }])).svg);
  });

  test('cuts lines at the domain given', async () => {
    const series = [{ name: 'a', y: [0, 100, 0] }];
    const { svg } = await lineChart({ title: 'Lines', x: axes.x, y: { label: 'y', domain: [0, 1] }, series });
    expect(svg).toMatch(/<clipPath id="clip-1">.*clip-path="url\(#clip-1\)"/);
  });

  test('tells what it cannot draw', async () => {
    await expect(line([])).rejects.toThrow('lineChart: series is empty; give at least one');
    await expect(line([{ y: [] }])).rejects.toThrow('lineChart: "the line" is empty');
    await expect(line([{ name: 'loss', y: [] }])).rejects.toThrow('lineChart: "loss" is empty');
    await expect(line([{ name: 'loss', x: [1, 2], y: [1] }])).rejects.toThrow('"loss" has 2 x values and 1 y values');
    await expect(line([{ name: 'loss', y: [1, NaN] }])).rejects.toThrow('y of "loss" has NaN at index 1; only finite');
    await expect(line([{ name: 'loss', y: [1, 0] }], { label: 'y', log: true })).rejects.toThrow(
      'y of "loss" has 0 at index 1; a log axis needs numbers above zero',
    );
    const base = { title: 'Lines', series: [{ name: 'a', y: [1, 2] }] };
    await expect(lineChart({ ...base, ...axes, y: { label: 'y', domain: [2, 1] } })).rejects.toThrow(
      'lineChart: y.domain is [2, 1]; give [low, high] with low < high',
    );
    await expect(lineChart({ ...base, ...axes, x: { label: 'x', log: true, domain: [0, 1] } })).rejects.toThrow(
      '0 < low',
    );
    await expect(lineChart({ ...base, ...axes, marks: [{ label: 'm' }] })).rejects.toThrow(
      'mark "m" needs x, y or both',
    );
    await expect(lineChart({ ...base, ...axes, marks: [{ x: NaN, label: 'm' }] })).rejects.toThrow('mark "m" has NaN');
  });
});

test('a note stands where it covers least', () => {
  const area = { width: 200, height: 100 };
  const corners = [
    [10, 10],
    [10, 60],
  ] as const;
  const obstacles: Obstacles = { points: pointsAlong([0, 200], [18, 18]), boxes: [] };
  expect(placeNote('first', corners, area, obstacles).markup).toContain(' y="71.96"'); // below the line
  expect(placeNote('second', corners, area, obstacles).markup).toContain(' y="21.96"'); // below is taken now
});

describe('scatterChart', () => {
  test('gives each group a colour, a shape and a name', async () => {
    const { svg } = await examples.perceptron();
    expect(contents(svg)).toEqual(expect.arrayContaining(['no', 'yes', 'learned', 'before']));
    expect(svg.match(/<circle/g)).toHaveLength(3 + 1); // three points and the legend's
    expect([...colours(svg)]).toEqual(expect.arrayContaining([theme.series[0], theme.series[1]]));
  });

  test('breaks a long legend into lines instead of widening the card', async () => {
    expect((await examples.manyClasses()).width).toBeLessThan(300);
  });

  test('leaves out points outside the domain given', async () => {
    const groups = [{ name: 'a', x: [0, 1, 50], y: [0, 1, 1] }];
    const { svg } = await scatterChart({ title: 'Points', x: { label: 'x', domain: [-1, 2] }, y: axes.y, groups });
    expect(svg.match(/<circle/g)).toHaveLength(2 + 1);
  });

  test('tells what it cannot draw', async () => {
    const chart = (groups: { name: string; x: number[]; y: number[] }[]) =>
      scatterChart({ title: 'P', ...axes, groups });
    await expect(chart([])).rejects.toThrow('scatterChart: groups is empty');
    await expect(chart([{ name: 'a', x: [1], y: [1, 2] }])).rejects.toThrow('"a" has 1 x values and 2 y values');
    await expect(chart([{ name: 'a', x: [Infinity], y: [1] }])).rejects.toThrow('x of "a" has Infinity at index 0');
  });
});

describe('contourChart', () => {
  const plane = { x: { label: 'x', domain: [-1, 1] as const }, y: { label: 'y', domain: [-1, 1] as const } };

  test('marks where paths start and the minimum, and names the paths', async () => {
    expect(contents((await examples.valley()).svg)).toEqual(
      expect.arrayContaining(['rate 1', 'rate 2', 'start', 'minimum']),
    );
  });

  test('draws a flat function', async () => {
    for (const log of [false, true]) {
      const { svg } = await contourChart({ title: 'Flat', f: () => 3, log, ...plane, paths: [] });
      expect(svg).not.toContain('NaN');
    }
  });

  test('cuts a path that leaves the picture', async () => {
    const paths = [{ name: 'a', x: [0, 1e6], y: [0, 1e6] }];
    const { svg } = await contourChart({ title: 'Away', f: (x) => x, ...plane, paths });
    expect(svg).toContain('overflow="hidden"');
  });

  test('tells what it cannot draw', async () => {
    const f = (x: number) => 1 / x;
    await expect(contourChart({ title: 'C', f, ...plane, paths: [] })).rejects.toThrow(
      /^contourChart: f\(0, -1\) is Infinity; choose domains where f is finite$/,
    );
    const paths = [{ name: 'SGD', x: [], y: [] }];
    await expect(contourChart({ title: 'C', f: (x) => x, ...plane, paths })).rejects.toThrow('"SGD" is empty');
  });
});

describe('boundaryChart', () => {
  const base = {
    title: 'B',
    columns: 2,
    rows: 2,
    x: { label: 'x', domain: [0, 1] as const },
    y: { label: 'y', domain: [0, 1] as const },
    points: [
      { name: 'a', x: [0], y: [0] },
      { name: 'b', x: [1], y: [1] },
    ],
  };
  /** The highest point, from the top of the picture, of the line where p = 0.5. */
  const boundary = (svg: string) => svg.match(/stroke="#1f2328"[^>]*>(?:<path[^>]* )?d="([^"]*)"/)?.[1] ?? '';

  test('draws the line where the probability is one half', async () => {
    // p grows from 0 at the left to 1 at the right in equal steps: the line stands in the middle.
    const probability = [0, 1 / 3, 2 / 3, 1, 0, 1 / 3, 2 / 3, 1];
    const { svg } = await boundaryChart({ ...base, probability, columns: 4, rows: 2, width: 300, height: 200 });
    expect(boundary(svg)).toMatch(/150,/);
  });

  test('puts the first row at the lowest y', async () => {
    const low = await boundaryChart({ ...base, probability: [1, 1, 0, 0], width: 100, height: 100 });
    const ys = [...boundary(low.svg).matchAll(/[ML][-\d.]+,([-\d.]+)/g)].map(([, y]) => Number(y));
    expect(Math.min(...ys)).toBe(50);
    expect(Math.max(...ys)).toBeGreaterThanOrEqual(100);
  });

  test('fills a region for each class', async () => {
    const { svg } = await examples.classBoundary();
    const fills = new Set(svg.match(/fill="#[0-9a-f]{6}"/g));
    for (const k of [0, 1, 2, 3]) expect(fills).toContain(`fill="${theme.series[k]}"`);
    expect(fills.size).toBeGreaterThanOrEqual(8);
  });

  test('tells what it cannot draw', async () => {
    await expect(boundaryChart(base)).rejects.toThrow('give either probability (two classes) or classes');
    await expect(boundaryChart({ ...base, probability: [0, 1] })).rejects.toThrow(
      'probability (2 columns × 2 rows) has length 2, expected 4',
    );
    await expect(boundaryChart({ ...base, probability: [0, 1, 1.2, 0] })).rejects.toThrow(
      'probability holds 1.2; a probability lies between 0 and 1',
    );
    await expect(boundaryChart({ ...base, classes: [0, 1, 0.5, 0] })).rejects.toThrow(
      'a class is a whole number from 0',
    );
    await expect(boundaryChart({ ...base, probability: [0, NaN, 1, 0] })).rejects.toThrow(
      'probability has NaN at index 1',
    );
  });
});

describe('barChart', () => {
  test('writes the names and the values', async () => {
    expect(contents((await examples.bars()).svg)).toEqual(
      expect.arrayContaining(['as trained', 'dense', 'convolutional', '0.97', '0.99']),
    );
    expect(contents((await examples.signedBars()).svg)).toContain('−0.5');
  });

  test('tells what it cannot draw', async () => {
    const bars = [{ name: 'a', value: 0.9 }];
    const chart = (options: object) => barChart({ title: 'B', y: { label: 'y' }, bars, ...options });
    await expect(chart({ bars: [] })).rejects.toThrow('barChart: bars is empty');
    await expect(chart({ bars: [{ name: 'a', value: NaN }] })).rejects.toThrow('the values of bars has NaN at index 0');
    await expect(chart({ bars: [...bars, ...bars] })).rejects.toThrow('there are two bars for "a"');
    await expect(chart({ y: { label: 'y', domain: [0.8, 1] } })).rejects.toThrow('zero belongs to it');
  });
});

describe('heatmap', () => {
  const small = { title: 'H', values: [1, 2, 3, 4], rows: 2, columns: 2 };

  test('prints the values when there are few of them', async () => {
    expect(contents((await examples.confusion()).svg).filter((label) => label === '980')).toHaveLength(10 + 1);
    expect(contents((await examples.positions()).svg).length).toBeLessThan(40);
  });

  test('writes numbers with two decimals, or as it is told', async () => {
    const values = [0.12345, 2, 3, -4];
    expect(contents((await heatmap({ ...small, values })).svg)).toEqual(expect.arrayContaining(['0.12', '−4.00']));
    const told = await heatmap({ ...small, values, format: (value) => `${Math.round(value)} %` });
    expect(contents(told.svg)).toEqual(expect.arrayContaining(['0 %', '−4 %']));
  });

  test('tells what it cannot draw', async () => {
    await expect(heatmap({ ...small, values: [1] })).rejects.toThrow(
      'values (2 rows × 2 columns) has length 1, expected 4',
    );
    await expect(heatmap({ ...small, rows: 0 })).rejects.toThrow('rows is 0; give a whole number of at least 1');
    await expect(heatmap({ ...small, rowLabels: ['a'] })).rejects.toThrow('rowLabels has length 1, expected 2');
    await expect(heatmap({ ...small, values: [1, NaN, 3, 4] })).rejects.toThrow('values has NaN at index 1');
    await expect(heatmap({ ...small, range: [1, 1] })).rejects.toThrow('range is [1, 1]');
  });
});

describe('imageGrid', () => {
  const small = { title: 'I', images: [[0, 1, 2, 3]], width: 2, height: 2, columns: 3 };

  test('tells what it cannot draw', async () => {
    await expect(imageGrid({ ...small, images: [] })).rejects.toThrow('imageGrid: images is empty');
    await expect(imageGrid({ ...small, channels: 3 })).rejects.toThrow(
      'images[0] (3 × 2 × 2) has length 4, expected 12',
    );
    await expect(imageGrid({ ...small, captions: ['a', 'b'] })).rejects.toThrow('captions has length 2, expected 1');
    await expect(imageGrid({ ...small, images: [[0, 1, NaN, 3]] })).rejects.toThrow('images[0] has NaN at index 2');
  });

  test('takes pixels channel by channel', async () => {
    // A red, a green, a blue and a white pixel.
    const image = [1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1];
    const { svg } = await imageGrid({ ...small, images: [image], channels: 3, range: [0, 1] });
    const png = Buffer.from(svg.match(/base64,([^"]+)/)?.[1] ?? '', 'base64');
    const { data } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect([...data]).toEqual([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]);
  });

  test('draws a picture of one value', async () => {
    expect((await imageGrid({ ...small, images: [[5, 5, 5, 5]] })).svg).toContain('<image');
  });
});

describe('tables, networks and panels', () => {
  test('a table keeps its decimals under each other', () => {
    const { svg } = tableFigure({
      title: 'T',
      columns: ['a', 'b'],
      rows: [
        ['x', 1],
        ['y', -0.25],
      ],
    });
    expect(contents(svg)).toEqual(expect.arrayContaining(['1.00', '−0.25']));
  });

  test('a network of more units than it draws has an ellipsis', () => {
    const layers = (units: number) => [{ name: 'layer', units }];
    const circles = (units: number) =>
      networkFigure({ title: 'N', layers: layers(units) }).svg.match(/<circle/g)?.length;
    expect([circles(3), circles(8), circles(9)]).toEqual([3, 8, 7 + 3]);
  });

  test('tell what they cannot draw', async () => {
    expect(() => tableFigure({ title: 'T', columns: ['a'], rows: [] })).toThrow('tableFigure: rows is empty');
    expect(() => tableFigure({ title: 'T', columns: ['a', 'b'], rows: [['x']] })).toThrow(
      'tableFigure: row 0 has 1 cells, but there are 2 columns',
    );
    expect(() => tableFigure({ title: 'T', columns: ['a'], rows: [['x']], emphasise: [3] })).toThrow('names row 3');
    expect(() => networkFigure({ title: 'N', layers: [] })).toThrow('networkFigure: layers is empty');
    expect(() => networkFigure({ title: 'N', layers: [{ name: 'a', units: 0 }] })).toThrow('units of "a" is 0');
    await expect(panels({ title: 'P', figures: [], columns: 2 })).rejects.toThrow('panels: figures is empty');
    expect(() => drawing(10, 10, [], { title: 'D' })).not.toThrow();
  });
});

describe('learningCurves', () => {
  test('has a panel for each value, with training and validation together', async () => {
    const texts = contents((await examples.curves()).svg);
    expect(texts.filter((text) => ['loss', 'accuracy', 'valLoss'].includes(text))).toEqual(['loss', 'accuracy']);
    expect(texts.filter((text) => text === 'training').length).toBe(2);
    expect(texts.filter((text) => text === 'validation').length).toBe(1);
    expect(texts.filter((text) => text === 'best').length).toBe(2);
  });

  test("draws a run's history as it comes", async () => {
    const [x, y] = [randn([20, 2]), randn([20, 1])];
    const model = new nn.Linear(2, 1);
    const optimizer = new optim.SGD(model.parameters(), { lr: 0.1 });
    const options = { x, y, optimizer, loss: mseLoss, metrics: [train.mae()], epochs: 3, validationSplit: 0.2 };
    const history = await train.fit(model, { ...options, progress: false });
    const texts = contents((await learningCurves({ title: 'A run', curves: history.curves })).svg);
    expect(texts.filter((text) => ['loss', 'mae', 'training', 'validation'].includes(text))).toEqual([
      ...['loss', 'training', 'validation'],
      ...['mae', 'training', 'validation'],
    ]);
  });

  test('counts whole epochs', async () => {
    const { svg } = await learningCurves({ title: 'Few', curves: { loss: [8, 7, 9] } });
    expect(contents(svg)).toEqual(expect.arrayContaining(['1', '2', '3']));
    expect(contents(svg)).not.toContain('1.5');
  });

  test('tells what it cannot draw', async () => {
    await expect(learningCurves({ title: 'None', curves: {} })).rejects.toThrow('learningCurves: curves is empty');
  });
});

describe('confusionMatrix', () => {
  test('writes every count and names both sides', async () => {
    const texts = contents((await examples.flowers()).svg);
    expect(texts).toEqual(expect.arrayContaining(['true', 'predicted', '50', '47', '3', '2', '48']));
    expect(texts.filter((text) => text === 'setosa').length).toBe(2);
  });

  test('tells what it cannot draw', async () => {
    await expect(confusionMatrix({ title: 'C', counts: [1, 2, 3], labels: ['a', 'b'] })).rejects.toThrow(
      'confusionMatrix: counts (2 classes) has length 3, expected 4',
    );
    await expect(confusionMatrix({ title: 'C', counts: [], labels: [] })).rejects.toThrow('labels is empty');
  });
});

describe('histograms', () => {
  const spread = (values: number[], domain?: [number, number]) =>
    histograms({ title: 'H', x: { label: 'x', domain }, layers: [{ name: 'a', values }] });

  test('names every layer', async () => {
    expect(contents((await examples.spreads()).svg)).toEqual(
      expect.arrayContaining(['layer 1', 'layer 5', 'activation']),
    );
  });

  test('draws values that are all the same, or all out of sight', async () => {
    expect((await spread([2, 2])).svg).toContain('<path');
    expect((await spread([2, 2], [0, 1])).svg).toContain('<path');
  });

  test('tells what it cannot draw', async () => {
    await expect(histograms({ title: 'H', x: { label: 'x' }, layers: [] })).rejects.toThrow('layers is empty');
    await expect(spread([])).rejects.toThrow('histograms: "a" is empty');
    await expect(spread([1, NaN])).rejects.toThrow('histograms: "a" has NaN at index 1');
    await expect(spread([1], [1, 1])).rejects.toThrow('x.domain is [1, 1]');
  });
});

test('a bin begins with its lower edge; the last one also has its upper', () => {
  expect(countInBins([0, 0.9, 1, 1.5, 2, 4], 4)).toEqual({ low: 0, high: 4, counts: [2, 2, 1, 1] });
  expect(countInBins([-1, 0, 3, NaN], 2, [0, 2]).counts).toEqual([1, 0]);
  expect(countInBins([7, 7], 3).counts).toEqual([2, 0, 0]);
});
