/**
 * Iris: 150 flowers of three species, the length and width of their sepals and petals in centimetres (Fisher, "The use
 * of multiple measurements in taxonomic problems", 1936). The real flowers where DATASETS_DIR has tabular/iris.csv;
 * elsewhere as many flowers drawn from the three species' published means and covariances.
 */
import { type Generator, randn, tensor } from '../core';
import { readCsv } from '../core/io/csv';
import { damaged } from '../core/io/files';
import { findReal, type Labelled } from './labelled';

const FEATURES = ['sepal length', 'sepal width', 'petal length', 'petal width'];
const EACH = 50; // flowers of a species

/** Of each species the means of the four features, and the lower half of their covariance matrix. */
const species = {
  setosa: {
    mean: [5.006, 3.428, 1.462, 0.246],
    covariance: [
      [0.124249],
      [0.099216, 0.14369],
      [0.016355, 0.011698, 0.030159],
      [0.010331, 0.009298, 0.006069, 0.011106],
    ],
  },
  versicolor: {
    mean: [5.936, 2.77, 4.26, 1.326],
    covariance: [
      [0.266433],
      [0.085184, 0.098469],
      [0.182898, 0.082653, 0.220816],
      [0.05578, 0.041204, 0.073102, 0.039106],
    ],
  },
  virginica: {
    mean: [6.588, 2.974, 5.552, 2.026],
    covariance: [
      [0.404343],
      [0.093763, 0.104004],
      [0.30329, 0.07138, 0.304588],
      [0.049094, 0.047629, 0.048824, 0.075433],
    ],
  },
};

export interface Iris extends Labelled {
  /** What the columns of x [150, 4] are. */
  features: string[];
  /** What the labels y [150] stand for. */
  species: string[];
}

/** The flowers, species after species. The generator is used where there is no real file. */
export async function iris({ generator }: { generator?: Generator } = {}): Promise<Iris> {
  const path = findReal('tabular/iris.csv');
  const [rows, source] = path
    ? [await readFlowers(path), '150 iris flowers (Fisher 1936)']
    : [drawFlowers(generator), "150 generated iris flowers, from the species' means and covariances"];
  const x = tensor(rows);
  const y = tensor(Int32Array.from({ length: rows.length }, (_, i) => Math.floor(i / EACH)));
  return { x, y, features: FEATURES, species: Object.keys(species), source };
}

/** scikit-learn's file: a line of facts, then four lengths and the label of each flower, species after species. */
async function readFlowers(path: string): Promise<number[][]> {
  const [, ...lines] = await readCsv(path);
  const rows = lines.map((line) => line.map(Number));
  const wrong = rows.findIndex((row, i) => !row.every((value) => value >= 0) || row[4] !== Math.floor(i / EACH));
  if (wrong >= 0)
    throw damaged(path, `line ${wrong + 2} should have four lengths and the label ${Math.floor(wrong / EACH)}`);
  if (rows.length !== 3 * EACH) throw damaged(path, `it has ${rows.length} flowers instead of ${3 * EACH}`);
  return rows.map((row) => row.slice(0, 4));
}

/** Normal in four dimensions: mean + L·z, where L·Lᵀ is the covariance; measured to a millimetre, as the real ones. */
function drawFlowers(generator?: Generator): number[][] {
  const z = randn([3 * EACH, 4], { generator, device: 'cpu' }).arraySync() as number[][];
  return Object.values(species).flatMap(({ mean, covariance }, label) => {
    const root = cholesky(covariance);
    return z.slice(EACH * label, EACH * (label + 1)).map((normal) =>
      mean.map((middle, feature) => {
        const length = root[feature].reduce((sum, factor, i) => sum + factor * normal[i], middle);
        return Math.max(0.1, Math.round(10 * length) / 10);
      }),
    );
  });
}

/** The lower triangular L with L·Lᵀ = this symmetric matrix, of which the lower half is given. */
function cholesky(matrix: number[][]): number[][] {
  const root: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    root[i] = [];
    for (let j = 0; j <= i; j++) {
      const rest = root[i].reduce((sum, value, k) => sum - value * root[j][k], row[j]);
      root[i][j] = i === j ? Math.sqrt(rest) : rest / root[j][j];
    }
  }
  return root;
}
