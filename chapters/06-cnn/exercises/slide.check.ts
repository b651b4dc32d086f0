import { conv2d, Generator, randint, type Tensor, tensor } from '../../../core';
import { exercise, expectClose } from '../../shared/exercise';

const generator = new Generator(6);
const plane = (...shape: number[]): Tensor => randint(-9, 10, shape, { generator }).to('float32');
const rowsOf = (t: Tensor): number[][] => {
  const [, columns] = t.shape;
  const values = [...t.dataSync()];
  return Array.from({ length: t.shape[0] }, (_, i) => values.slice(i * columns, (i + 1) * columns));
};

/** What the core says. */
const expected = (x: Tensor, w: Tensor, stride: number, padding: number) =>
  rowsOf(conv2d(x.reshape(1, 1, ...x.shape), w.reshape(1, 1, ...w.shape), null, { stride, padding }).slice(0, 0));

export default exercise<typeof import('./solutions/slide')>({
  title: 'The sliding window',
  hints: [
    'First without stride and padding: four loops, over places i, j of the result and places u, v of the filter.',
    'Window (i, j) begins at row i·stride − padding and column j·stride − padding of the plane. What is there when ' +
      'that is outside?',
    'sum += filter[u][v] * (plane[i * stride + u - padding]?.[j * stride + v - padding] ?? 0)',
  ],
  checks: {
    'the edge of the lesson': ({ slide }) => {
      const picture = [
        [0, 0, 5, 5],
        [0, 0, 5, 5],
        [0, 5, 5, 5],
      ];
      const filter = [
        [-1, 0, 1],
        [-1, 0, 1],
        [-1, 0, 1],
      ];
      expectClose(slide(picture, filter, 1, 0), [[15, 10]], 'the edge filter over 3 × 4');
    },
    'a filter that is not symmetric is not turned round': ({ slide }) => {
      const w = tensor([
        [1, 2],
        [3, 5],
      ]);
      const x = plane(3, 3);
      expectClose(slide(rowsOf(x), rowsOf(w), 1, 0), expected(x, w, 1, 0), 'slide over 3 × 3');
    },
    'planes and filters that are not square': ({ slide }) => {
      const [x, w] = [plane(5, 8), plane(2, 4)];
      expectClose(slide(rowsOf(x), rowsOf(w), 1, 0), expected(x, w, 1, 0), 'slide over 5 × 8');
    },
    'with a stride': ({ slide }) => {
      const [x, w] = [plane(8, 11), plane(3, 2)];
      expectClose(slide(rowsOf(x), rowsOf(w), 3, 0), expected(x, w, 3, 0), 'slide with stride 3');
    },
    'with padding, and with both': ({ slide }) => {
      const [x, w] = [plane(4, 6), plane(3, 5)];
      expectClose(slide(rowsOf(x), rowsOf(w), 1, 2), expected(x, w, 1, 2), 'slide with padding 2');
      expectClose(slide(rowsOf(x), rowsOf(w), 2, 1), expected(x, w, 2, 1), 'slide with stride 2 and padding 1');
    },
  },
});
