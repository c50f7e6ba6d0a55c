/** Values between points that lie anywhere, on a grid. */
export interface ISurface {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** By y, then by x; null outside of the points, where nothing is known. */
  readonly z: readonly (readonly (number | null)[])[];
}

/** How many lines the grid has in each direction. */
const LINES = 65;

type Point = readonly [number, number];

/**
 * Interpolates between points by the inverse square of the distance (Shepard, 1968), inside of their
 * convex hull.
 *
 * @returns null where there are fewer than four points, or where they lie on a line
 */
export function surfaceOf(
  xs: readonly number[],
  ys: readonly number[],
  zs: readonly number[]
): ISurface | null {
  const [x, y] = [scaleOf(xs), scaleOf(ys)];
  const points = xs.map((one, at): Point => [x.to(one), y.to(ys[at])]);
  const hull = hullOf(points);
  if (xs.length < 4 || hull.length < 3 || areaOf(hull) < 1e-6) {
    return null;
  }
  const lines = Array.from({ length: LINES }, (_, at) => at / (LINES - 1));
  return {
    x: lines.map(x.from),
    y: lines.map(y.from),
    z: lines.map(v => lines.map(u => (isInside([u, v], hull) ? valueAt([u, v], points, zs) : null)))
  };
}

/** To and from the range 0 to 1. */
function scaleOf(values: readonly number[]): {
  to: (value: number) => number;
  from: (part: number) => number;
} {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const span = most - least || 1;
  return { to: value => (value - least) / span, from: part => least + part * span };
}

function valueAt([u, v]: Point, points: readonly Point[], values: readonly number[]): number {
  let weights = 0;
  let sum = 0;
  for (const [at, [x, y]] of points.entries()) {
    const distance = (x - u) ** 2 + (y - v) ** 2;
    const weight = 1 / Math.max(distance, 1e-9);
    weights += weight;
    sum += weight * values[at];
  }
  return sum / weights;
}

/** The convex hull, counter-clockwise (Andrew's monotone chain, 1979). */
function hullOf(points: readonly Point[]): readonly Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const chain = (list: readonly Point[]): Point[] => {
    const hull: Point[] = [];
    for (const point of list) {
      while (hull.length > 1 && turn(hull[hull.length - 2], hull[hull.length - 1], point) <= 0) {
        hull.pop();
      }
      hull.push(point);
    }
    return hull.slice(0, -1);
  };
  return [...chain(sorted), ...chain(sorted.reverse())];
}

function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

function areaOf(hull: readonly Point[]): number {
  const [first] = hull;
  return hull.slice(1, -1).reduce((sum, b, at) => sum + turn(first, b, hull[at + 2]) / 2, 0);
}

function isInside(point: Point, hull: readonly Point[]): boolean {
  return hull.every((a, at) => turn(a, hull[(at + 1) % hull.length], point) >= -1e-9);
}
