const squaredDistance = (a: number[], b: number[]) => a.reduce((sum, ai, axis) => sum + (ai - b[axis]) ** 2, 0);

export function kMeansStep(points: number[][], centres: number[][]): number[][] {
  const nearest = points.map((point) => {
    const distances = centres.map((centre) => squaredDistance(point, centre));
    return distances.indexOf(Math.min(...distances));
  });
  return centres.map((centre, k) => {
    const own = points.filter((_, i) => nearest[i] === k);
    if (own.length === 0) return centre;
    return centre.map((_, axis) => own.reduce((sum, point) => sum + point[axis], 0) / own.length);
  });
}
