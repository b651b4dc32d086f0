import type * as Solution from '../solutions/rates';

type Answer = typeof Solution;

export const upsideDown: Answer = {
  layerRates: (layers, top, decay, frozen) =>
    Array.from({ length: layers }, (_, i) => (i < frozen ? 0 : top * decay ** i)),
};

export const freezesNothing: Answer = {
  layerRates: (layers, top, decay) => Array.from({ length: layers }, (_, i) => top * decay ** (layers - 1 - i)),
};

export const leavesTheFrozenOut: Answer = {
  layerRates: (layers, top, decay, frozen) =>
    Array.from({ length: layers - frozen }, (_, i) => top * decay ** (layers - frozen - 1 - i)),
};
