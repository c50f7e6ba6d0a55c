/**
 * Compares the metrics of one cell.
 *
 * #### Notes
 * A metric that was not logged by hand has the name of what was seen of it first, a print, a variable or a
 * library's function, and where only a print was seen, as many digits as that has. Which one is first may
 * hang on how fast the cell ran. So the same values under another such name are the same metric.
 */

import type { IPlayed, IPlayedCell } from './played.js';

/** What came of one metric. */
export interface IMetricFound {
  readonly name: string;
  /** How many points the record has. */
  readonly points: number;
  /** Undefined where it is the same. */
  readonly difference?: {
    readonly recorded: string;
    readonly replayed: string;
    /** How far the numbers are apart, relative to the greater ones; undefined where one is no number. */
    readonly deviation: number | undefined;
  };
}

type Points = ReadonlyArray<{ readonly step: number; readonly value: number }>;
type Captured = IPlayed['captured'];

/** Compares what one cell of the record gave with what a replay's did. Pure. */
export function compareMetrics(
  [one, captured]: readonly [IPlayedCell, Captured],
  [other, alsoCaptured]: readonly [IPlayedCell, Captured]
): IMetricFound[] {
  const free = [...other.metrics.keys()].filter(
    key => !one.metrics.has(key) && alsoCaptured.has(key)
  );
  return [...one.metrics].map(([name, recorded]) => {
    const rounded = captured.get(name) === false || alsoCaptured.get(name) === false;
    const [points, found] = byStep(recorded, other.metrics.get(name) ?? []);
    if (found.length === 0 && captured.has(name)) {
      const at = free.findIndex(key => agree(points, other.metrics.get(key) ?? [], true));
      const [twin] = at < 0 ? [] : free.splice(at, 1);
      if (twin !== undefined) {
        return { name, points: points.length };
      }
    }
    if (agree(points, found, rounded)) {
      return { name, points: points.length };
    }
    return { name, points: points.length, difference: differenceOf(points, found) };
  });
}

/**
 * Both in the order of their steps, where these say which point is which: threads come to their ends now in
 * this order, now in that.
 */
function byStep(points: Points, found: Points): [Points, Points] {
  const steps = new Set(points.map(({ step }) => step));
  const same = new Set(found.map(({ step }) => step));
  const tells =
    steps.size === points.length &&
    same.size === found.length &&
    points.length === found.length &&
    [...steps].every(step => same.has(step));
  const sorted = (list: Points): Points => [...list].sort((a, b) => a.step - b.step);
  return tells ? [sorted(points), sorted(found)] : [points, found];
}

function agree(points: Points, found: Points, rounded: boolean): boolean {
  return (
    points.length === found.length &&
    points.every(({ value }, i) => {
      const other = found[i].value;
      return Object.is(value, other) || (rounded && roundsTo(value, other));
    })
  );
}

/** Whether one of two numbers is the other one, with fewer digits behind its point. */
function roundsTo(a: number, b: number): boolean {
  const [x, y] = [a, b].map(decimals);
  return x !== y && Math.abs(a - b) <= 0.5 * 10 ** -Math.min(x, y) * (1 + 1e-9);
}

function decimals(value: number): number {
  const [, digits = '', exponent = '0'] =
    /^-?\d+(?:\.(\d+))?(?:e([-+]\d+))?$/.exec(`${value}`) ?? [];
  return digits.length - Number(exponent);
}

function differenceOf(points: Points, found: Points): NonNullable<IMetricFound['difference']> {
  const index = points.findIndex(({ value }, i) => !Object.is(value, found[i]?.value));
  const i = index >= 0 ? index : points.length;
  const step = points[i]?.step ?? found[i]?.step;
  return {
    recorded: `${points[i]?.value ?? 'no point'} at step ${step}`,
    replayed: `${found[i]?.value ?? 'no point'} at step ${step}`,
    deviation: greatest(points, found)
  };
}

function greatest(points: Points, found: Points): number | undefined {
  if (points.length !== found.length) {
    return undefined;
  }
  let most = 0;
  for (const [i, { value }] of points.entries()) {
    const one = Object.is(value, found[i].value) ? 0 : apart(value, found[i].value);
    if (one === undefined) {
      return undefined;
    }
    most = Math.max(most, one);
  }
  return most;
}

/** How far two numbers are apart, relative to the greater; undefined where one is no number. */
export function apart(a: number, b: number): number | undefined {
  if (Number.isNaN(a) || Number.isNaN(b)) {
    return undefined;
  }
  return a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}
