export function slide(plane: number[][], filter: number[][], stride: number, padding: number): number[][] {
  const [kh, kw] = [filter.length, filter[0].length];
  const rows = Math.floor((plane.length + 2 * padding - kh) / stride) + 1;
  const columns = Math.floor((plane[0].length + 2 * padding - kw) / stride) + 1;
  const y: number[][] = [];
  for (let i = 0; i < rows; i++) {
    y.push([]);
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let u = 0; u < kh; u++)
        for (let v = 0; v < kw; v++)
          sum += filter[u][v] * (plane[i * stride + u - padding]?.[j * stride + v - padding] ?? 0);
      y[i].push(sum);
    }
  }
  return y;
}
