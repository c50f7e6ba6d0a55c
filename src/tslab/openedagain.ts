/** What a log that was deleted, and is begun anew, has to say of what is open. */
import type { JsonObject } from '../runlog/index.js';
import { now } from './clock.js';
import type { Lifecycle } from './lifecycle.js';
import type { Run } from './run.js';

/** The runs that are open, their params and tags, and the execution that is going on. */
export function openedAgain(lifecycle: Lifecycle): JsonObject[] {
  const time = now();
  return [
    ...lifecycle.stack.flatMap(run => [
      { event: 'run_start', time, ...lifecycle.runStart(run, 'after end') },
      ...params(run, time),
      ...[...run.tags].map(([key, value]) => ({ event: 'tag', time, run: run.id, key, value }))
    ]),
    ...(lifecycle.executions.goingOn?.told ?? [])
  ];
}

function params(run: Run, time: string): JsonObject[] {
  return [...run.params].map(([key, param]) => ({
    event: 'param',
    time,
    run: run.id,
    key,
    ...param
  }));
}
