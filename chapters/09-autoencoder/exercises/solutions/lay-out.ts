export function layOut(x: number[], kernel: number[], stride: number, padding: number): number[] {
  const y = new Array<number>((x.length - 1) * stride + kernel.length).fill(0);
  for (let i = 0; i < x.length; i++) {
    for (let k = 0; k < kernel.length; k++) y[i * stride + k] += x[i] * kernel[k];
  }
  return y.slice(padding, y.length - padding);
}
