/**
 * The pictures of xor.ts: how many learned, what one that did and one that did not say about the whole plane, and
 * how the losses of different fates fall.
 */
import { noGrad, tensor } from '../../../core';
import { barChart, boundaryChart, type Figure, lineChart, panels } from '../../../core/io/charts';
import type { Life } from '../xor';

const CELLS = 60;
const DOMAIN: [number, number] = [-0.4, 1.4];

export function successesFigure(arms: { name: string; lives: Life[] }[], starts: number): Promise<Figure> {
  return barChart({
    title: `Starts that learned XOR, of ${starts}`,
    bars: arms.map(({ name, lives }) => ({ name, value: lives.filter(({ learned }) => learned).length })),
    y: { label: 'learned', domain: [0, starts] },
    width: 360,
    height: 200,
  });
}

/** What each network says at every point of the plane. */
export async function livesFigure(lives: Life[], inputs: number[][], targets: number[]): Promise<Figure> {
  const places = Array.from({ length: CELLS }, (_, i) => DOMAIN[0] + ((DOMAIN[1] - DOMAIN[0]) * i) / (CELLS - 1));
  const grid = tensor(places.flatMap((y) => places.map((x) => [x, y]))); // [CELLS², 2]
  const points = [0, 1].map((target) => {
    const own = inputs.filter((_, i) => targets[i] === target);
    return { name: `target ${target}`, x: own.map(([x]) => x), y: own.map(([, y]) => y) };
  });
  return panels({
    title: 'What the network answers, everywhere',
    columns: 2,
    figures: lives.map(async ({ seed, network, learned }) =>
      boundaryChart({
        title: `Seed ${seed}: ${learned ? 'learned' : 'failed'}`,
        probability: await noGrad(() => network.forward(grid).sigmoid()).data(),
        columns: CELLS,
        rows: CELLS,
        x: { label: 'x1', domain: DOMAIN },
        y: { label: 'x2', domain: DOMAIN },
        points,
        width: 280,
        height: 280,
      }),
    ),
  });
}

export function fatesFigure(lives: Life[]): Promise<Figure> {
  return lineChart({
    title: 'Losses come to rest where counting says',
    x: { label: 'step' },
    y: { label: 'loss', domain: [0, 0.85] },
    series: lives.map(({ seed, learned, fate, losses }) => ({
      name: `${learned ? 'learned' : fate} (seed ${seed})`,
      y: losses,
    })),
    height: 260,
  });
}
