export const outputSize = (n: number, k: number, stride: number, zeros: number): number =>
  Math.floor((n + zeros - k) / stride) + 1;

export function samePadding(n: number, k: number, stride: number): [before: number, after: number] {
  const missing = Math.max(0, (Math.ceil(n / stride) - 1) * stride + k - n);
  return [Math.floor(missing / 2), Math.ceil(missing / 2)];
}

export const parameters = (inputs: number, outputs: number, k: number): number => outputs * (inputs * k * k + 1);
