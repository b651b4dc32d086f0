/**
 * Convolution and its two gradients: the sums of cpu/convolution.ts as products of matrices (gemm.ts), whose columns
 * are gathered from the image when they are needed. With k counting through (channel, window row, window column) and p
 * through the places of the output,
 *
 *   y[o, p] = Σₖ w[o, k] · seen[k, p]
 *   gw[o, k] = Σₚ g[o, p] · seen[k, p]
 *   gx: to what seen[k, p] was taken from, Σₒ w[o, k] · g[o, p] is added
 *
 * where seen[k, p] is an element of the input laid out (sliding.ts), at taps[k] + places[p]. Four places side by side
 * in a row of the output see four elements side by side: one vector.
 */
import { COLUMNS, packPanel, packRows, ROWS, tile, turnFour } from './gemm';
import { F32, VECTOR } from './lanes';
import { layOut, parts, planeBytes, rowBytes, Sliding, takeBack, tapAt } from './sliding';
import { ARGS, launch, run, scratch, Task } from './threads';

/** The part of a sum that is worked on at a time: a panel of so many rows stays in the nearest cache. */
const DEPTH: i32 = 320;
/** Places of the output that are worked on at a time. */
const GROUP: i32 = 64;
/** A block computes at most so many rows, whose packed weights stay in the second cache, and so many columns. */
const BLOCK_ROWS: i32 = 128;
const BLOCK_COLUMNS: i32 = 512;
/** Where the batch is small, images are cut into parts until there are so many blocks. */
const ENOUGH_BLOCKS: i32 = 8;
/** Blocks that copy or add take about so many elements. */
const BLOCK_ELEMENTS: i32 = 1 << 15;
/** Convolutions of fewer multiplications are not worth a second thread: about 0.05 ms. */
const SMALL: i64 = 1_000_000;

/** A thread's scratch: where places lie; one tile; panels; packed rows. */
const TILE: usize = 1 << 11;
const PANELS: usize = 1 << 12;
const PACKED_ROWS: usize = 1 << 19;

@unmanaged
class Convolution extends Sliding {
  x: usize; // [images, groups · channels, height, width]: the input, or its gradient
  laidOut: usize; // the same laid out; 0 where the windows need no layout
  weight: usize; // [groups · outputs, channels, window]
  weightRow: usize; // bytes from w[o, k] to w[o + 1, k],
  weightColumn: usize; // and to w[o, k + 1]
  bias: usize; // [groups · outputs], or 0: none
  y: usize; // [images, groups · outputs, rows, columns]: the output, or its gradient
  taps: usize; // where each k lies in the input laid out, in bytes
  packed: usize; // the weights in panels
  sums: usize; // the gradient of the weights, once for each part of the images
  images: i32; // of this round
  groups: i32;
  channels: i32; // of a group, and so are the outputs
  outputs: i32;
  k: i32;
  depth: i32; // of the packed weights: k, and one for the bias
  blockRows: i32;
  blockColumns: i32;
  imageParts: i32;
  small: bool;
  count: i32; // what a launch of `overAll` goes over, and how many of it make a block
  blockSize: i32;
}

function begin(
  x: usize, laidOut: usize, y: usize, taps: usize, images: i32, groups: i32, channels: i32, outputs: i32,
): Convolution {
  const s = changetype<Convolution>(ARGS);
  s.x = x;
  s.laidOut = laidOut;
  s.y = y;
  s.taps = taps;
  s.groups = groups;
  s.channels = channels;
  s.outputs = outputs;
  s.k = channels * s.windowHeight * s.windowWidth;
  s.small = <i64>images * groups * outputs * s.k * s.rows * s.columns < SMALL;
  for (let c = 0; c < channels; c++) {
    for (let u = 0; u < s.windowHeight; u++) {
      for (let v = 0; v < s.windowWidth; v++, taps += F32) store<usize>(taps, c * planeBytes(s) + tapAt(s, u, v));
    }
  }
  // What is gathered four or eight at a time may reach beyond the end
  memory.fill(taps, 0, COLUMNS * F32);
  return s;
}

function go(s: Convolution, task: Task, blocks: i32): void {
  if (s.small) run(task, ARGS, blocks);
  else launch(task, ARGS, blocks);
}

/** A launch over `count` things of so many elements each: a block is some of them. */
function overAll(s: Convolution, task: Task, count: i32, elements: i32): void {
  s.count = count;
  s.blockSize = max(1, BLOCK_ELEMENTS / max(1, elements));
  go(s, task, parts(count, s.blockSize));
}

/** Cuts n into pieces of at most so many, of about the same size: how many a piece has, in whole units. */
function evenly(n: i32, most: i32, unit: i32): i32 {
  const pieces = max(1, parts(n, most));
  return max(1, parts(parts(n, pieces), unit)) * unit;
}

/* -------------------------------------------------------------------------------------------- convolution */

/**
 * y from x, so many images at a time. The weights may lie turned: with a window of one place, the gradient of the input
 * is this convolution, too.
 */
export function convolve(
  x: usize, laidOut: usize, weight: usize, weightRow: usize, weightColumn: usize, bias: usize, y: usize,
  taps: usize, packed: usize, images: i32, atATime: i32, groups: i32, channels: i32, outputs: i32,
): void {
  const s = begin(x, laidOut, y, taps, images, groups, channels, outputs);
  s.weight = weight;
  s.weightRow = weightRow;
  s.weightColumn = weightColumn;
  s.bias = bias;
  s.packed = packed;
  s.depth = s.k + i32(bias != 0);
  overAll(s, packWeights, groups * parts(outputs, ROWS), ROWS * s.k);
  const places = s.rows * s.columns;
  const planes = min(images, atATime) * groups;
  let blockRows = BLOCK_ROWS, blockColumns = BLOCK_COLUMNS;
  while (blockColumns > GROUP && planes * parts(places, blockColumns) < ENOUGH_BLOCKS) blockColumns /= 2;
  const pieces = planes * parts(places, blockColumns);
  while (blockRows > ROWS * 8 && pieces * parts(outputs, blockRows) < ENOUGH_BLOCKS) blockRows /= 2;
  s.blockColumns = evenly(places, blockColumns, COLUMNS);
  s.blockRows = evenly(outputs, blockRows, ROWS);
  for (let first = 0; first < images; first += atATime) {
    s.images = min(atATime, images - first);
    layOutImages(s);
    go(s, convolveBlock, s.images * groups * parts(places, s.blockColumns) * parts(outputs, s.blockRows));
    nextImages(s);
  }
}

/** Panels of 4 rows of weights, [k][4]. The bias is one more weight, of an input that is always 1. */
function packWeights(args: usize, block: i32): void {
  const s = changetype<Convolution>(args);
  const panels = parts(s.outputs, ROWS);
  const end = min((block + 1) * s.blockSize, s.count);
  for (let i = block * s.blockSize; i < end; i++) {
    const group = i / panels, o = (i % panels) * ROWS;
    const from = s.weight + group * s.outputs * s.k * F32 + o * s.weightRow;
    const to = s.packed + i * s.depth * VECTOR;
    const height = min(ROWS, s.outputs - o);
    packRows(from, s.weightRow, s.weightColumn, s.k, height, to);
    if (s.bias) packRows(s.bias + (group * s.outputs + o) * F32, F32, F32, 1, height, to + s.k * VECTOR);
  }
}

function convolveBlock(args: usize, block: i32): void {
  const s = changetype<Convolution>(args);
  const places = s.rows * s.columns;
  const across = parts(places, s.blockColumns), down = parts(s.outputs, s.blockRows);
  const left = (block % across) * s.blockColumns;
  const top = ((block / across) % down) * s.blockRows;
  const plane = block / (across * down); // counts through images and groups
  const x = seenBy(s) + plane * s.channels * planeBytes(s);
  const y = s.y + plane * s.outputs * places * F32;
  const weights = s.packed + (plane % s.groups) * parts(s.outputs, ROWS) * s.depth * VECTOR;
  const right = min(left + s.blockColumns, places), bottom = min(top + s.blockRows, s.outputs);
  for (let p = left; p < right; p += GROUP) {
    convolvePlaces(s, x, weights, y, p, min(GROUP, right - p), top, bottom);
  }
}

/** y[o, p] for o from top to bottom and `count` places from p on. */
function convolvePlaces(
  s: Convolution, x: usize, weights: usize, y: usize, p: i32, count: i32, top: i32, bottom: i32,
): void {
  const yRow = s.rows * s.columns * F32;
  const step = evenly(s.k, DEPTH, 1);
  findPlaces(s, p, count);
  let k = 0;
  do {
    const gathered = min(step, s.k - k);
    const depth = k + gathered == s.k ? s.depth - k : gathered; // with the bias
    for (let j = 0, panel = scratch + PANELS; j < count; j += COLUMNS, panel += 2 * depth * VECTOR) {
      gather(x, s.taps + k * F32, scratch + j * F32, gathered, panel);
      if (depth > gathered) fillOnes(panel + 2 * gathered * VECTOR);
      const width = min(COLUMNS, count - j);
      for (let o = top; o < bottom; o += ROWS) {
        const rows = weights + (o * s.depth + k * ROWS) * F32;
        tile(rows, panel, depth, y + o * yRow + (p + j) * F32, yRow, min(ROWS, bottom - o), width, k > 0);
      }
    }
    k += gathered;
  } while (k < s.k);
}

/** A panel: what 8 places see through each tap. */
function gather(x: usize, taps: usize, places: usize, depth: i32, panel: usize): void {
  const first = load<usize>(places);
  if (load<usize>(places, 28) - first == 28) {
    x += first;
    for (const end = taps + depth * F32; taps < end; taps += F32, panel += 2 * VECTOR) {
      const from = x + load<usize>(taps);
      v128.store(panel, v128.load(from));
      v128.store(panel, v128.load(from, VECTOR), VECTOR);
    }
    return;
  }
  gatherFour(x, taps, places, depth, panel);
  gatherFour(x, taps, places + VECTOR, depth, panel + VECTOR);
}

function gatherFour(x: usize, taps: usize, places: usize, depth: i32, to: usize): void {
  const end = taps + depth * F32;
  const p0 = x + load<usize>(places);
  if (areNeighbours(places)) {
    for (; taps < end; taps += F32, to += 2 * VECTOR) v128.store(to, v128.load(p0 + load<usize>(taps)));
    return;
  }
  const p1 = x + load<usize>(places, 4), p2 = x + load<usize>(places, 8), p3 = x + load<usize>(places, 12);
  for (; taps < end; taps += F32, to += 2 * VECTOR) {
    const tap = load<usize>(taps);
    store<f32>(to, load<f32>(p0 + tap));
    store<f32>(to, load<f32>(p1 + tap), 4);
    store<f32>(to, load<f32>(p2 + tap), 8);
    store<f32>(to, load<f32>(p3 + tap), 12);
  }
}

function fillOnes(to: usize): void {
  v128.store(to, f32x4.splat(1));
  v128.store(to, f32x4.splat(1), VECTOR);
}

/* ------------------------------------------------------------------------------- the gradient of the input */

export function spread(
  y: usize, weight: usize, x: usize, laidOut: usize,
  taps: usize, packed: usize, images: i32, atATime: i32, groups: i32, channels: i32, outputs: i32,
): void {
  const s = begin(x, laidOut, y, taps, images, groups, channels, outputs);
  s.weight = weight;
  s.packed = packed;
  const window = s.windowHeight * s.windowWidth;
  overAll(s, packTaps, groups * parts(channels, ROWS), ROWS * window * outputs);
  let blockRows = BLOCK_ROWS;
  const planes = min(images, atATime) * groups;
  while (blockRows > ROWS && planes * parts(channels, blockRows) < ENOUGH_BLOCKS) blockRows /= 2;
  s.blockRows = evenly(channels, blockRows, ROWS);
  for (let first = 0; first < images; first += atATime) {
    s.images = min(atATime, images - first);
    go(s, spreadBlock, s.images * groups * parts(channels, s.blockRows));
    if (laidOut) overAll(s, takeBackPlanes, s.images * groups * channels, s.height * s.width);
    nextImages(s);
  }
}

/** Panels of 4 channels of the weights, [outputs][4], one after the other for each place of the window. */
function packTaps(args: usize, block: i32): void {
  const s = changetype<Convolution>(args);
  const window = s.windowHeight * s.windowWidth;
  const panels = parts(s.channels, ROWS);
  const end = min((block + 1) * s.blockSize, s.count);
  for (let i = block * s.blockSize; i < end; i++) {
    const group = i / panels, c = (i % panels) * ROWS;
    const height = min(ROWS, s.channels - c);
    let from = s.weight + (group * s.outputs * s.channels + c) * window * F32;
    let to = s.packed + (group * window * panels + i % panels) * s.outputs * VECTOR;
    for (let o = 0; o < s.outputs; o++, from += s.k * F32, to += VECTOR) {
      for (let t = 0, panel = to; t < window; t++, panel += panels * s.outputs * VECTOR) {
        for (let r = 0; r < ROWS; r++) {
          store<f32>(panel + r * F32, r < height ? load<f32>(from + (r * window + t) * F32) : 0);
        }
      }
    }
  }
}

function spreadBlock(args: usize, block: i32): void {
  const s = changetype<Convolution>(args);
  const places = s.rows * s.columns;
  const down = parts(s.channels, s.blockRows);
  const top = (block % down) * s.blockRows;
  const bottom = min(top + s.blockRows, s.channels);
  const plane = block / down;
  const x = seenBy(s) + plane * s.channels * planeBytes(s);
  const y = s.y + plane * s.outputs * places * F32;
  const window = s.windowHeight * s.windowWidth;
  const weights = s.packed + (plane % s.groups) * window * parts(s.channels, ROWS) * s.outputs * VECTOR;
  memory.fill(x + top * planeBytes(s), 0, (bottom - top) * planeBytes(s));
  for (let p = 0; p < places; p += GROUP) {
    const count = min(GROUP, places - p);
    findPlaces(s, p, count);
    for (let o = 0; o < s.outputs; o += DEPTH) {
      const depth = min(DEPTH, s.outputs - o);
      spreadPlaces(s, y + (o * places + p) * F32, weights + o * VECTOR, x, count, depth, top, bottom);
    }
  }
}

/** Adds what `depth` outputs give at `count` places to the channels from top to bottom. */
function spreadPlaces(
  s: Convolution, y: usize, weights: usize, x: usize, count: i32, depth: i32, top: i32, bottom: i32,
): void {
  const window = s.windowHeight * s.windowWidth;
  const panels = parts(s.channels, ROWS);
  const panel = scratch + PANELS;
  for (let j = 0; j < count; j += COLUMNS) {
    const width = min(COLUMNS, count - j);
    packPanel(y + j * F32, s.rows * s.columns * F32, F32, depth, width, panel);
    for (let t = 0; t < window; t++) {
      const to = x + load<usize>(s.taps + t * F32);
      for (let c = top; c < bottom; c += ROWS) {
        const rows = weights + (t * panels + c / ROWS) * s.outputs * VECTOR;
        addTile(s, rows, panel, depth, to + c * planeBytes(s), scratch + j * F32, min(ROWS, bottom - c), width);
      }
    }
  }
}

/** Adds a tile to 4 channels: at once where its places lie in one row, else by way of the scratch. */
function addTile(
  s: Convolution, rows: usize, panel: usize, depth: i32, x: usize, places: usize, height: i32, width: i32,
): void {
  const first = load<usize>(places);
  if (load<usize>(places + (width - 1) * F32) - first == (width - 1) * F32) {
    tile(rows, panel, depth, x + first, planeBytes(s), height, width, true);
    return;
  }
  let from = scratch + TILE;
  tile(rows, panel, depth, from, COLUMNS * F32, height, COLUMNS, false);
  for (let r = 0; r < height; r++, from += COLUMNS * F32, x += planeBytes(s)) {
    addFour(from, x, places, width);
    addFour(from + VECTOR, x, places + VECTOR, width - 4);
  }
}

function addFour(from: usize, x: usize, places: usize, count: i32): void {
  if (count >= 4 && areNeighbours(places)) {
    const to = x + load<usize>(places);
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    return;
  }
  for (let j = 0; j < min(4, count); j++, from += F32, places += F32) {
    const to = x + load<usize>(places);
    store<f32>(to, load<f32>(to) + load<f32>(from));
  }
}

function takeBackPlanes(args: usize, block: i32): void {
  const s = changetype<Convolution>(args);
  const end = min((block + 1) * s.blockSize, s.count);
  for (let i = block * s.blockSize; i < end; i++) {
    takeBack(s, s.laidOut + i * planeBytes(s), s.x + i * s.height * s.width * F32);
  }
}

/* ----------------------------------------------------------------------------- the gradient of the weights */

/**
 * The images are cut into parts. Each block sums over its part, into one of the `sums`; at last these are added up in
 * their order. One part is summed right into gw.
 */
export function correlate(
  x: usize, laidOut: usize, y: usize, weight: usize, taps: usize, sums: usize, imageParts: i32,
  images: i32, atATime: i32, groups: i32, channels: i32, outputs: i32,
): void {
  const s = begin(x, laidOut, y, taps, images, groups, channels, outputs);
  s.weight = weight;
  s.sums = sums;
  s.imageParts = imageParts;
  s.blockRows = evenly(outputs, BLOCK_ROWS, ROWS);
  s.blockColumns = evenly(s.k, BLOCK_ROWS, COLUMNS);
  const blocks = imageParts * groups * parts(outputs, s.blockRows) * parts(s.k, s.blockColumns);
  const elements = groups * outputs * s.k;
  memory.fill(sums, 0, imageParts * elements * F32);
  for (let first = 0; first < images; first += atATime) {
    s.images = min(atATime, images - first);
    layOutImages(s);
    go(s, correlateBlock, blocks);
    nextImages(s);
  }
  if (sums != weight) overAll(s, addSums, groups * outputs, s.k * imageParts);
}

function correlateBlock(args: usize, block: i32): void {
  const s = changetype<Convolution>(args);
  const across = parts(s.k, s.blockColumns), down = parts(s.outputs, s.blockRows);
  const left = (block % across) * s.blockColumns;
  const top = ((block / across) % down) * s.blockRows;
  const sum = block / (across * down); // counts through parts of the images and groups
  const to = s.sums + sum * s.outputs * s.k * F32;
  const right = min(left + s.blockColumns, s.k), bottom = min(top + s.blockRows, s.outputs);
  const partImages = parts(s.images, s.imageParts);
  const first = (sum / s.groups) * partImages;
  const end = min(first + partImages, s.images);
  const places = s.rows * s.columns;
  const step = evenly(places, DEPTH, 4);
  const together = max(1, DEPTH / places); // small images make one long sum
  for (let image = first; image < end; image += together) {
    const plane = image * s.groups + (sum % s.groups);
    const x = seenBy(s) + plane * s.channels * planeBytes(s);
    const y = s.y + plane * s.outputs * places * F32;
    const images = min(together, end - image);
    for (let p = 0; p < places; p += step) {
      correlatePlaces(s, x, y, images, p, min(step, places - p), to, top, bottom, left, right);
    }
  }
}

/** gw[o, k] += the sum over `count` places of each image, for o from top to bottom and k from left to right. */
function correlatePlaces(
  s: Convolution, x: usize, y: usize, images: i32, p: i32, count: i32,
  to: usize, top: i32, bottom: i32, left: i32, right: i32,
): void {
  const yRow = s.rows * s.columns * F32;
  const xImage = s.groups * s.channels * planeBytes(s), yImage = s.groups * s.outputs * yRow;
  const depth = images * count;
  findPlaces(s, p, count);
  for (let o = top, rows = scratch + PACKED_ROWS; o < bottom; o += ROWS) {
    for (let n = 0; n < images; n++, rows += count * VECTOR) {
      packRows(y + n * yImage + o * yRow + p * F32, yRow, F32, count, min(ROWS, bottom - o), rows);
    }
  }
  for (let k = left; k < right; k += COLUMNS) {
    for (let n = 0, panel = scratch + PANELS; n < images; n++, panel += 2 * count * VECTOR) {
      gatherTurned(x + n * xImage, s.taps + k * F32, count, panel);
      gatherTurned(x + n * xImage, s.taps + k * F32 + VECTOR, count, panel + VECTOR);
    }
    const width = min(COLUMNS, right - k);
    for (let o = top, rows = scratch + PACKED_ROWS; o < bottom; o += ROWS, rows += depth * VECTOR) {
      const sums = to + (o * s.k + k) * F32;
      tile(rows, scratch + PANELS, depth, sums, s.k * F32, min(ROWS, bottom - o), width, true);
    }
  }
}

/** What `count` places see through 4 taps: half of a panel whose rows are places. Up to three rows more are written. */
function gatherTurned(x: usize, taps: usize, count: i32, to: usize): void {
  const t0 = x + load<usize>(taps), t1 = x + load<usize>(taps, 4);
  const t2 = x + load<usize>(taps, 8), t3 = x + load<usize>(taps, 12);
  for (let places = scratch, end = scratch + count * F32; places < end; places += VECTOR, to += 8 * VECTOR) {
    if (areNeighbours(places)) {
      const at = load<usize>(places);
      turnFour(v128.load(t0 + at), v128.load(t1 + at), v128.load(t2 + at), v128.load(t3 + at), 2 * VECTOR, to);
    } else {
      for (let j: usize = 0; j < 4; j++) {
        const at = load<usize>(places + j * F32), row = to + j * 2 * VECTOR;
        store<f32>(row, load<f32>(t0 + at));
        store<f32>(row, load<f32>(t1 + at), 4);
        store<f32>(row, load<f32>(t2 + at), 8);
        store<f32>(row, load<f32>(t3 + at), 12);
      }
    }
  }
}

function addSums(args: usize, block: i32): void {
  const s = changetype<Convolution>(args);
  const end = min((block + 1) * s.blockSize, s.count) * s.k;
  const step = s.count * s.k * F32;
  for (let i = block * s.blockSize * s.k; i < end; i++) {
    let sum: f32 = 0;
    for (let part = 0, from = s.sums + i * F32; part < s.imageParts; part++, from += step) sum += load<f32>(from);
    store<f32>(s.weight + i * F32, sum);
  }
}

/* ---------------------------------------------------------------------------------- images, laid out, and places */

/** What the windows see: the input itself where it needs no layout. */
// @ts-ignore: decorator
@inline
function seenBy(s: Convolution): usize {
  return s.laidOut || s.x;
}

function layOutImages(s: Convolution): void {
  if (s.laidOut) overAll(s, layOutPlanes, s.images * s.groups * s.channels, s.tall * s.wide * s.across);
}

function layOutPlanes(args: usize, block: i32): void {
  const s = changetype<Convolution>(args);
  const end = min((block + 1) * s.blockSize, s.count);
  for (let i = block * s.blockSize; i < end; i++) {
    layOut(s, s.x + i * s.height * s.width * F32, s.laidOut + i * planeBytes(s));
  }
}

function nextImages(s: Convolution): void {
  s.x += s.images * s.groups * s.channels * s.height * s.width * F32;
  s.y += s.images * s.groups * s.outputs * s.rows * s.columns * F32;
}

/**
 * Writes down where the window begins at `count` places from p on, in bytes; and fills the last panel up with 0s: what
 * is gathered there is not used.
 */
function findPlaces(s: Convolution, p: i32, count: i32): void {
  let to = scratch;
  let j = p % s.columns;
  let row = (p / s.columns) * s.down * rowBytes(s);
  for (const end = to + count * F32; to < end; to += F32) {
    store<usize>(to, row + j * F32);
    if (++j == s.columns) {
      j = 0;
      row += s.down * rowBytes(s);
    }
  }
  for (; count % COLUMNS; count++, to += F32) store<usize>(to, 0);
}

/** Do four places lie side by side? They are in order, so the first and the last say it. */
// @ts-ignore: decorator
@inline
function areNeighbours(places: usize): bool {
  return load<usize>(places, 12) - load<usize>(places) == 12;
}
