export function fill(sequences: number[][], length: number): { tokens: number[][]; mask: number[][] } {
  const kept = sequences.map((sequence) => sequence.slice(Math.max(0, sequence.length - length)));
  const inFront = (row: number[]): number[] => [...new Array<number>(length - row.length).fill(0), ...row];
  return { tokens: kept.map(inFront), mask: kept.map((row) => inFront(row.map(() => 1))) };
}
