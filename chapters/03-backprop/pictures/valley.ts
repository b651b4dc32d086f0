/**
 * The paths of all optimisers over the valley's relief, straight and turned.
 */
import { contourChart, type Figure, panels } from '../../../core/io/charts';

type Paths = { name: string; path: number[][] }[];

export function valleyFigure(valleys: { degrees: number; paths: Paths }[], steepness: number): Promise<Figure> {
  const figures = valleys.map(({ degrees, paths }) => {
    const angle = (degrees * Math.PI) / 180;
    const height = (x: number, y: number): number => {
      const along = Math.cos(angle) * x + Math.sin(angle) * y;
      const across = -Math.sin(angle) * x + Math.cos(angle) * y;
      return (along ** 2 + steepness * across ** 2) / 2;
    };
    return contourChart({
      title: degrees === 0 ? 'Along x' : `Turned by ${degrees}°`,
      f: height,
      log: true,
      x: { label: 'x', domain: [-9, 3] },
      y: { label: 'y', domain: [-7, 5] },
      paths: paths.map(({ name, path }) => ({ name, x: path.map(([x]) => x), y: path.map(([, y]) => y) })),
      minimum: [0, 0],
      width: 360,
      height: 360,
    });
  });
  return panels({ title: 'Four ways down one valley', columns: 2, figures });
}
