/**
 * The executions that made what a run is about: a slice keeps them, and what they depend on.
 */

import { isEvent, type JsonObject } from '../runlog/index.js';
import type { IEffects } from './effects.js';

/** What to keep, besides what it depends on. */
export interface ITargetOptions {
  readonly run: string;
  /** The executions that logged a metric of the run; undefined: that is not known. */
  readonly metricCells: ReadonlyArray<number> | undefined;
  /** Executions whose outputs somebody chose; they come on top of the others. */
  readonly chosen?: ReadonlyArray<number>;
}

/**
 * The executions that a run's metrics, artifacts and files come from, each with the reason.
 *
 * @param events - the events of the session's log
 * @param effects - see `readEffects`
 * @param span - the first and the last execution of the run
 *
 * #### Notes
 * A run that recorded nothing of the kind is about what its cells displayed, or else about all of them.
 */
export function findTargets(
  events: ReadonlyArray<JsonObject>,
  effects: ReadonlyMap<number, IEffects>,
  span: readonly [first: number, last: number],
  { run, metricCells, chosen = [] }: ITargetOptions
): ReadonlyMap<number, string> {
  const targets = new Map<number, string>();
  const outermost = outermostOf(events);
  const add = (n: number, why: string): void => {
    const outer = outermost.get(n) ?? n;
    if (!targets.has(outer) && effects.has(outer)) {
      targets.set(outer, why);
    }
  };
  chosen.forEach(n => add(n, 'its output was chosen'));
  metricCells?.forEach(n => add(n, 'gives metrics of the run'));
  for (const event of events) {
    if (isEvent(event, 'metric') && event.run === run && typeof event.cell === 'number') {
      add(event.cell, 'gives metrics of the run');
    }
  }
  for (const [n, { logged, wrote }] of effects) {
    if (logged.has(run)) {
      add(n, 'logs to the run');
    } else if (wrote.has(run)) {
      add(n, 'writes files of the run');
    }
  }
  const own = [...effects].filter(([n]) => n >= span[0] && n <= span[1]);
  if (targets.size === 0) {
    own.filter(([, { displayed }]) => displayed).forEach(([n]) => add(n, 'shows a result'));
  }
  if (targets.size === 0 || metricCells === undefined) {
    own.forEach(([n]) => add(n, 'is a cell of the run'));
  }
  for (const [n, { opened }] of effects) {
    if (opened.has(run)) {
      add(n, 'begins the run');
    }
  }
  return targets;
}

function outermostOf(events: ReadonlyArray<JsonObject>): Map<number, number> {
  const outer = new Map<number, number>();
  for (const event of events) {
    if (isEvent(event, 'cell_start') && typeof event.parent === 'number') {
      outer.set(event.n, outer.get(event.parent) ?? event.parent);
    }
  }
  return outer;
}
