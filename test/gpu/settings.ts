/**
 * Launches as they would be with other workgroups: fewer threads, other shares of a row, narrower and shallower tiles.
 * Whatever the sizes, a kernel has to say the same.
 */
import type { Launch } from '../../gpu/queue';

export interface Settings {
  /** Threads of a workgroup: 256 otherwise. */
  GROUP: number;
  /** Threads along a side of a tile's workgroup (2 to 16 otherwise), and how deep its strips are. */
  SIDE: number;
  DEPTH: number;
  /** Of a product's tile, along each side of a thread's part (1 otherwise, and 2 where the product is large). */
  BLOCKS: number;
}

export const SMALLER: Settings = { GROUP: 64, SIDE: 4, DEPTH: 3, BLOCKS: 2 };
/** So that a grid of very many workgroups stays little work. */
export const SINGLE: Settings = { GROUP: 1, SIDE: 1, DEPTH: 1, BLOCKS: 1 };

const WIDEST = 2048; // for heads of so many numbers workgroup memory is large enough everywhere
/** These have a workgroup for each row or channel; the others share out all threads evenly. */
const BY_ROW = ['attention', 'attention-gradient', 'batch-norm-sums', 'channel-statistics', 'cumsum'];

/** The launch in workgroups and tiles of other sizes, twice as many threads to a row or a column. */
export function resized(launch: Launch, settings: Settings): Launch {
  const { kernel, constants = {}, groups } = launch;
  if (groups === 0) return launch;
  if (kernel in TILES) return inTiles(launch, settings);
  const GROUP = kernel.startsWith('attention') ? Math.ceil(settings.GROUP / 4) : settings.GROUP; // it has 64 otherwise
  const sizes: Record<string, number> = { GROUP };
  if ('LANES' in constants) sizes.LANES = Math.min(GROUP, 2 * constants.LANES);
  if ('SLICES' in constants) sizes.SLICES = 2 * constants.SLICES;
  if ('WIDTH' in constants) sizes.WIDTH = Math.min(2 * constants.WIDTH, WIDEST);
  const threads = (sizes.LANES / constants.LANES || 1) * (sizes.SLICES / constants.SLICES || 1); // for each output
  const more = BY_ROW.includes(kernel) ? 1 : threads * (256 / GROUP);
  return { ...launch, constants: { ...constants, ...sizes }, groups: Math.ceil(groups * more) };
}

/**
 * Where the parameters of a tiled kernel say how many tiles there are, how it counts their rows and columns, and how
 * large a tile is with which constants.
 */
interface Tiles {
  down: number;
  across: number;
  squares: number;
  extents(parameters: readonly number[]): [rows: number, columns: number];
  tile(settings: Settings): { height: number; width: number; sides: Record<string, number> };
}

const square: Tiles['tile'] = ({ SIDE, BLOCKS }) => {
  const width = 4 * SIDE * BLOCKS;
  return { height: width, width, sides: { SIDE, BLOCKS } };
};
const twiceAsWide: Tiles['tile'] = ({ SIDE }) => {
  return { height: 4 * SIDE, width: 8 * SIDE, sides: { TALL: SIDE, WIDE: 2 * SIDE } };
};

const CONV = { down: 4, across: 5, squares: 6, tile: twiceAsWide };

const TILES: Record<string, Tiles> = {
  matmul: { down: 4, across: 3, squares: 11, tile: square, extents: ([m, n]) => [m, n] },
  conv2d: { ...CONV, extents: (its) => [its[0], its[3]] },
  'conv2d-input-gradient': { ...CONV, extents: (its) => [its[1], its[3]] },
  'conv2d-weight-gradient': { ...CONV, extents: (its) => [its[0], its[1] * its[16] * its[17]] },
};

function inTiles(launch: Launch, settings: Settings): Launch {
  const { down, across, squares, extents, tile } = TILES[launch.kernel];
  const parameters = [...launch.parameters];
  const [rows, columns] = extents(parameters);
  const { height, width, sides } = tile(settings);
  const products = parameters[squares] / (parameters[down] * parameters[across]);
  parameters[down] = Math.ceil(rows / height);
  parameters[across] = Math.ceil(columns / width);
  parameters[squares] = products * parameters[down] * parameters[across];
  const constants = { ...launch.constants, ...sides, DEPTH: settings.DEPTH };
  return { ...launch, constants, parameters, groups: parameters[squares] };
}
