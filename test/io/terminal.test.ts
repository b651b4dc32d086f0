/** Pictures made of letters. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatNumber } from '../../core/io/format';
import { sparkline, terminalBars, terminalBoundary, terminalTable } from '../../core/io/terminal';

test('formatNumber writes four significant digits', () => {
  const numbers = [0, 30, -7, 0.1 + 0.2, 0.123456, 1234.567, 1.2e-7, 3e8, NaN, -Infinity];
  expect(numbers.map(formatNumber)).toEqual([
    '0',
    '30',
    '-7',
    '0.3',
    '0.1235',
    '1235',
    '1.20e-7',
    '3.00e+8',
    'NaN',
    '-Infinity',
  ]);
});

describe('terminalTable', () => {
  test('aligns numbers at the right, with one number of decimals a column', () => {
    const table = terminalTable(
      ['layer', 'parameters', 'share'],
      [
        ['dense', 30, 0.5],
        ['output layer', 1100, -0.25],
      ],
    );
    expect(table.split('\n')).toEqual([
      'layer         parameters  share',
      '────────────  ──────────  ─────',
      'dense                 30   0.50',
      'output layer        1100  -0.25',
    ]);
  });

  test('takes numbers already written, with short units', () => {
    const table = terminalTable(['t'], [['9 ms'], ['12 ms']]);
    expect(table.split('\n').slice(2)).toEqual([' 9 ms', '12 ms']);
    expect(
      terminalTable(
        ['name', 't'],
        [
          ['1st', 'x'],
          ['a', '2'],
        ],
      ).split('\n')[2],
    ).toBe('1st   x');
  });

  test('has headings without rows, and refuses ragged rows', () => {
    expect(terminalTable(['a'], [])).toBe('a\n─');
    expect(() => terminalTable(['a', 'b'], [['x']])).toThrow(
      'terminalTable: row 0 has 1 cells, but there are 2 columns',
    );
    expect(() => terminalTable([], [])).toThrow('terminalTable: there are no columns');
  });
});

describe('terminalBars', () => {
  test('draws to eighths of a letter', () => {
    const bars = terminalBars([
      { name: 'a', value: 40 },
      { name: 'long', value: 20.25 },
    ]);
    expect(bars.split('\n')).toEqual([`a     ${'█'.repeat(40)} 40`, `long  ${'█'.repeat(20)}▎ 20.25`]);
  });

  test('draws negative values to the left of zero', () => {
    const [up, down] = terminalBars([
      { name: 'a', value: 1 },
      { name: 'b', value: -1 },
    ]).split('\n');
    expect(up).toBe(`a  ${' '.repeat(20)}${'█'.repeat(20)} 1`);
    expect(down).toBe(`b  ${'█'.repeat(20)} -1`);
  });

  test('draws zeros, and refuses nothing and NaN', () => {
    expect(terminalBars([{ name: 'a', value: 0 }])).toBe('a   0');
    expect(() => terminalBars([])).toThrow('terminalBars: rows is empty');
    expect(() => terminalBars([{ name: 'a', value: NaN }])).toThrow('NaN at index 0');
  });
});

describe('sparkline', () => {
  test('runs from the lowest to the highest value', () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7])).toBe('▁▂▃▄▅▆▇█');
    expect(sparkline([5, 5])).toBe('▁▁');
    const long = sparkline(Array.from({ length: 601 }, (_, i) => -i));
    expect([long.length, long[0], long.at(-1)]).toEqual([60, '█', '▁']);
  });

  test('refuses nothing and NaN', () => {
    expect(() => sparkline([])).toThrow('sparkline: values is empty');
    expect(() => sparkline([1, NaN])).toThrow('NaN at index 1');
  });
});

describe('terminalBoundary', () => {
  const { isTTY } = process.stdout;
  const { NO_COLOR } = process.env;
  const terminal = (tty: boolean, noColor?: string) => {
    process.stdout.isTTY = tty;
    if (noColor === undefined) delete process.env.NO_COLOR;
    else process.env.NO_COLOR = noColor;
  };
  beforeEach(() => terminal(false));
  afterEach(() => {
    process.stdout.isTTY = isTTY;
    if (NO_COLOR === undefined) delete process.env.NO_COLOR;
    else process.env.NO_COLOR = NO_COLOR;
  });

  // The lower half says class a, the upper half b.
  const grid = { columns: 3, rows: 4, probability: [0, 0, 0, 0.1, 0.1, 0.1, 0.9, 0.9, 0.9, 1, 1, 1] };
  const domains = { x: { domain: [0, 2] as const }, y: { domain: [0, 3] as const } };

  test('writes letters without a terminal, the highest y on top', () => {
    expect(terminalBoundary(grid)).toBe('bbb\naaa');
  });

  test('writes capitals for points', () => {
    const points = [
      { name: 'a', x: [0, 99], y: [0, 0] },
      { name: 'b', x: [2], y: [3] },
    ];
    expect(terminalBoundary({ ...grid, ...domains, points })).toBe('bbB\nAaa');
  });

  test('uses colours on a terminal, unless NO_COLOR is set', () => {
    terminal(true);
    const coloured = terminalBoundary(grid).split('\n');
    expect(coloured).toHaveLength(2);
    expect(coloured[0]).toBe(`${'\x1b[38;5;216;48;5;216m▀'.repeat(3)}\x1b[0m`);
    terminal(true, '1');
    expect(terminalBoundary(grid)).toBe('bbb\naaa');
  });

  test('shows several classes, and a wide grid in 64 columns', () => {
    expect(terminalBoundary({ columns: 2, rows: 2, classes: [0, 1, 2, 3] })).toBe('cd');
    const wide = terminalBoundary({ columns: 200, rows: 100, classes: new Array(20_000).fill(0) }).split('\n');
    expect([wide.length, wide[0].length]).toEqual([16, 64]);
  });

  test('tells what it cannot draw', () => {
    const points = [{ name: 'a', x: [0], y: [0] }];
    expect(() => terminalBoundary({ ...grid, points })).toThrow('give x.domain and y.domain');
    expect(() => terminalBoundary({ ...grid, rows: 3 })).toThrow('(3 columns × 3 rows) has length 12, expected 9');
  });
});
