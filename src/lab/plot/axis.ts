import type { IPoints } from '../store/series.js';

/** What runs along the horizontal axis: steps, the time since the run began, or that of the clock. */
export type XAxis = 'step' | 'time' | 'clock';

/** What a chart draws: two lists of one length, and what the horizontal one counts. */
export interface ILine {
  readonly x: readonly number[];
  /** null where the value is not finite: the line has a gap there. */
  readonly y: readonly (number | null)[];
  /** The unit of `x`; empty for steps, and for milliseconds since 1970 on an axis of dates. */
  readonly unit: '' | 's' | 'min' | 'h';
}

const UNITS = [
  { unit: 's', seconds: 1, until: 180 },
  { unit: 'min', seconds: 60, until: 3 * 3600 },
  { unit: 'h', seconds: 3600, until: Infinity }
] as const;

/**
 * The line through the points of a metric.
 *
 * @param start - when the run began, in seconds since 1970: time counts from there
 */
export function lineOf(points: IPoints, axis: XAxis, start: number): ILine {
  const y = points.value.map(value => (Number.isFinite(value) ? value : null));
  if (axis === 'step') {
    return { x: points.step, y, unit: '' };
  }
  if (axis === 'clock') {
    return { x: points.time.map(time => time * 1000), y, unit: '' };
  }
  const last = points.time.length > 0 ? points.time[points.time.length - 1] - start : 0;
  const { unit, seconds } = UNITS.find(({ until }) => last < until) ?? UNITS[2];
  return { x: points.time.map(time => (time - start) / seconds), y, unit };
}

/** Where a time, in seconds since 1970, stands on an axis that has the unit of a line. */
export function placeOfTime(time: number, unit: ILine['unit'], start: number): number {
  const seconds = UNITS.find(one => one.unit === unit)?.seconds;
  return seconds === undefined ? time * 1000 : (time - start) / seconds;
}
