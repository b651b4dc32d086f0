/** The rates from the lowest layer to the last. */
export function layerRates(layers: number, top: number, decay: number, frozen: number): number[] {
  return Array.from({ length: layers }, (_, i) => (i < frozen ? 0 : top * decay ** (layers - 1 - i)));
}
