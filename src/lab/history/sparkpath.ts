import type { IPoints } from '../store/series.js';

/** An SVG path through the points, scaled into a box; gaps where a value is not finite. */
export function sparklinePath(points: IPoints, width: number, height: number): string {
  const finite = points.value.filter(Number.isFinite);
  if (finite.length === 0) {
    return '';
  }
  const [low, high] = extent(finite);
  const [first, last] = extent(points.step.filter(Number.isFinite));
  const x = (step: number): number =>
    1 + (last > first ? (step - first) / (last - first) : 0.5) * (width - 2);
  const y = (value: number): number =>
    1 + (high > low ? (high - value) / (high - low) : 0.5) * (height - 2);
  let path = '';
  let isOpen = false;
  points.value.forEach((value, at) => {
    if (!Number.isFinite(value)) {
      isOpen = false;
      return;
    }
    const place = `${x(points.step[at]).toFixed(1)} ${y(value).toFixed(1)}`;
    path += isOpen ? `L${place}` : `M${place}`;
    isOpen = true;
  });
  // A single point has no length; a round cap makes it a dot.
  return finite.length === 1 ? `${path}h0` : path;
}

function extent(values: readonly number[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
