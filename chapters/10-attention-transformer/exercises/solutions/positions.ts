export function positions(length: number, width: number): number[][] {
  return Array.from({ length }, (_, t) =>
    Array.from({ length: width }, (_, d) => {
      const even = d - (d % 2); // 2i, for both of a pair
      const angle = t / 10000 ** (even / width);
      return d % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }),
  );
}

export function further([sin, cos]: [sin: number, cos: number], angle: number): [sin: number, cos: number] {
  return [
    sin * Math.cos(angle) + cos * Math.sin(angle), // sin(a + b)
    cos * Math.cos(angle) - sin * Math.sin(angle), // cos(a + b)
  ];
}
