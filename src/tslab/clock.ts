/**
 * The time, to the microsecond.
 *
 * #### Notes
 * Node's clocks give either the time of day in milliseconds or a fine count that does not follow
 * the day's clock when it is set. Here the fine one is anchored to the other, and anchored anew when
 * they part. What is used is taken when the module loads: notebooks replace `Date` at times.
 */
import { isoTime } from '../runlog/times.js';

const wall = Date.now.bind(Date);
const fine = performance.now.bind(performance);

/** How far the two may part, in milliseconds. */
const TOLERANCE = 2;

let offset = wall() - fine();

/** Milliseconds since 1970, with a fraction. */
export function milliseconds(): number {
  const day = wall();
  const now = fine() + offset;
  if (now - day > TOLERANCE || day - now > TOLERANCE) {
    offset += day - now;
    return day;
  }
  return now;
}

/** Milliseconds since 1970, with a fraction, of a moment of {@link ticks} that is not long ago. */
export function timeAt(moment: number): number {
  milliseconds();
  return moment + offset;
}

/** The time as events have it. */
export function now(): string {
  return timeOf(milliseconds());
}

/** A time in milliseconds since 1970 as events have it. */
export function timeOf(time: number): string {
  return isoTime(Math.floor(time * 1000));
}

/** Milliseconds of a clock that only goes on; differences of it are durations. */
export const ticks = fine;

/** Seconds between two readings of {@link ticks}, to the microsecond. */
export function seconds(from: number, to: number): number {
  return Math.max(0, Math.round((to - from) * 1000)) / 1e6;
}
