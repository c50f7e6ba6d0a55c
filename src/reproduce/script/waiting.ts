/**
 * Tasks that went on between the cells of a notebook, while its user waited.
 */

import { startsTasks, type IExecution } from '../execution.js';

/** Seconds that a script waits at most for tasks which go on by themselves. */
const LONGEST = 10;

/** For how long there were tasks at work behind a cell, by its number: seconds before the next one of these began. */
export function waits(executions: ReadonlyArray<IExecution>): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  const first = executions.findIndex(startsTasks);
  for (const [index, { n, ended }] of first < 0 ? [] : executions.entries()) {
    const next = index < first ? undefined : executions.at(index + 1);
    const seconds = next ? (next.began - ended) / 1000 : 0;
    if (seconds > 0) {
      found.set(n, Math.min(seconds, LONGEST).toFixed(2));
    }
  }
  return found;
}
