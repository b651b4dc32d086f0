export interface View {
  shape: number[];
  strides: number[];
  offset: number;
}

export function rowMajorStrides(shape: number[]): number[] {
  // An axis steps over everything behind it.
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, extent) => product * extent, 1));
}

export function transposed({ shape: [rows, columns], strides: [down, right], offset }: View): View {
  return { shape: [columns, rows], strides: [right, down], offset };
}

export function column({ shape: [rows], strides: [down, right], offset }: View, j: number): View {
  return { shape: [rows], strides: [down], offset: offset + j * right };
}
