/**
 * Timers and promises that went on between the cells of a notebook, while its user waited.
 */

import { isEvent, type JsonObject } from '../../../runlog/index.js';
import type { IExecution } from '../../execution.js';

/** Seconds that is waited at most for what goes on by itself. */
const LONGEST = 10;

const STARTS =
  /\bset(?:Timeout|Interval|Immediate)\b|\.then\s*\(|\basync\b|\bnew\s+Promise\b|\bfetch\s*\(/;

/** The executions behind which timers and promises may go on: from the first that starts some. */
export function goingOn(executions: ReadonlyArray<IExecution>): number[] {
  const first = executions.findIndex(({ source = '' }) => STARTS.test(source));
  return first < 0 ? [] : executions.slice(first).map(({ n }) => n);
}

/** For how long what a cell started may have gone on behind it, by its number: seconds before the next one began. */
export function waitsOf(executions: ReadonlyArray<IExecution>): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const first = executions.findIndex(({ source = '' }) => STARTS.test(source));
  for (const [index, { n, ended }] of first < 0 ? [] : executions.entries()) {
    const next = index < first ? undefined : executions.at(index + 1);
    const seconds = next ? (next.began - ended) / 1000 : 0;
    if (seconds > 0) {
      found.set(n, Number(Math.min(seconds, LONGEST).toFixed(2)));
    }
  }
  return found;
}

/**
 * For how long what is going on behind the last of the cells may do so: until the kernel ended, in seconds; as long as it is
 * ever waited where that is not known.
 */
export function waitBehindAll(
  executions: ReadonlyArray<IExecution>,
  events: ReadonlyArray<JsonObject>
): number {
  const last = executions.at(-1);
  if (!last || goingOn(executions).length === 0) {
    return 0;
  }
  const end = events.find(event => isEvent(event, 'session_end'));
  const seconds = (Date.parse(end?.time ?? '') - last.ended) / 1000;
  return Number.isNaN(seconds) ? LONGEST : Math.min(Math.max(seconds, 0), LONGEST);
}
