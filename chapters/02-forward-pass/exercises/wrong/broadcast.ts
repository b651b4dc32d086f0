import type * as Solution from '../solutions/broadcast';
import { broadcastShape } from '../solutions/broadcast';

type Answer = typeof Solution;

export const alignsAtTheLeft: Answer = {
  broadcastShape: (a, b) => broadcastShape([...a].reverse(), [...b].reverse()).reverse(),
};

export const takesTheLarger: Answer = {
  broadcastShape: (a, b) => {
    const rank = Math.max(a.length, b.length);
    const extent = (shape: number[], axis: number) => shape[axis - rank + shape.length] ?? 1;
    return Array.from({ length: rank }, (_, axis) => Math.max(extent(a, axis), extent(b, axis)));
  },
};

export const largerButChecked: Answer = {
  broadcastShape: (a, b) =>
    broadcastShape(a, b).map((extent, axis, all) => Math.max(extent, a[axis - all.length + a.length] ?? 1)),
};

export const onlyTheSecondStretches: Answer = {
  broadcastShape: (a, b) => {
    const together = broadcastShape(a, b);
    if (`${together}` !== `${a}`) throw new Error(`[${a}] and [${b}] do not fit`);
    return together;
  },
};

export const saysNotWhat: Answer = {
  broadcastShape: (a, b) => {
    try {
      return broadcastShape(a, b);
    } catch {
      throw new Error('the shapes do not fit');
    }
  },
};
