import { JSONExt, type JSONValue } from '@lumino/coreutils';
import type { IActivity } from '../attach/activity.js';
import type { IRunSummary } from '../store/protocol.js';

/** A param that is not what it was in the run before; `undefined` where a run lacks it. */
export interface IParamChange {
  readonly key: string;
  readonly value: unknown;
  readonly before: unknown;
}

/**
 * The params in which a run differs from the one before it: first those that changed, then those
 * that are new, then those that are gone. All of them for a first run: there is nothing they could
 * be the same as.
 */
export function changedParams(
  run: IRunSummary,
  before: IRunSummary | undefined
): readonly IParamChange[] {
  const changed: IParamChange[] = [];
  const added: IParamChange[] = [];
  for (const [key, value] of Object.entries(run.params)) {
    const old = before?.params[key];
    if (old === undefined) {
      added.push({ key, value, before: old });
    } else if (!JSONExt.deepEqual(value as JSONValue, old as JSONValue)) {
      changed.push({ key, value, before: old });
    }
  }
  const gone = Object.entries(before?.params ?? {})
    .filter(([key]) => run.params[key] === undefined)
    .map(([key, old]): IParamChange => ({ key, value: undefined, before: old }));
  return [...changed, ...added, ...gone];
}

/**
 * The metrics that say most about a run, best first: those measured on data that was held out, then
 * in the order in which they were logged; what the machine did comes last. Before all of them stands
 * the one by which the runs are sorted.
 *
 * @param sortedBy - a key of the filter language; empty when they are not sorted
 */
export function mainMetrics(run: IRunSummary, most: number, sortedBy = ''): readonly string[] {
  const ranked = rankedMetrics(run.metrics);
  const wanted = sortedBy && ranked.find(key => isNamed(key, sortedBy));
  return wanted
    ? [wanted, ...ranked.filter(key => key !== wanted).slice(0, most - 1)]
    : ranked.slice(0, most);
}

/** Whether a key of the filter language is that of a metric, or of its `min` and the like. */
function isNamed(metric: string, key: string): boolean {
  const plain = key.replaceAll('"', '');
  return plain === `metrics.${metric}` || plain.startsWith(`metrics.${metric}.`);
}

/** By the object that a summary has, which is never changed: rows are drawn again and again. */
const ranks = new WeakMap<object, readonly string[]>();

function rankedMetrics(metrics: IRunSummary['metrics']): readonly string[] {
  const known = ranks.get(metrics);
  if (known) {
    return known;
  }
  const rank = (key: string): number =>
    /^(system|gpu|cpu)\//.test(key)
      ? 2
      : /(^|[/_.-])(?<!cross[_-])(val|valid|validation|test|eval)([/_.-]|$)/i.test(key)
        ? 0
        : 1;
  const ranked = Object.keys(metrics)
    .map((key, order) => ({ key, order, rank: rank(key) }))
    .sort((a, b) => a.rank - b.rank || a.order - b.order)
    .map(({ key }) => key);
  ranks.set(metrics, ranked);
  return ranked;
}

/**
 * The run before each run, within its own notebook.
 *
 * #### Notes
 * Mostly a list changes by a run that goes on: then it is only the runs that are others, and nothing is looked
 * for again.
 */
export class RunsBefore {
  /** The run before one; undefined for the first of its notebook. */
  get(id: string): IRunSummary | undefined {
    this._places ??= placesBefore(this._runs);
    const place = this._places.get(id);
    return place === undefined ? undefined : this._runs[place];
  }

  /** Takes the runs that there are now, newest first. */
  take(runs: readonly IRunSummary[]): void {
    const known = this._runs;
    this._runs = runs;
    const isSame =
      runs.length === known.length &&
      runs.every((run, at) => run === known[at] || isAlike(run, known[at]));
    if (!isSame) {
      this._places = null;
    }
  }

  private _places: ReadonlyMap<string, number> | null = null;
  private _runs: readonly IRunSummary[] = [];
}

function isAlike(run: IRunSummary, other: IRunSummary): boolean {
  return run.id === other.id && notebookOf(run) === notebookOf(other);
}

function notebookOf({ notebook }: IRunSummary): string {
  return notebook.path ?? notebook.name ?? '';
}

/** Where the run before each run stands. */
function placesBefore(runs: readonly IRunSummary[]): ReadonlyMap<string, number> {
  const before = new Map<string, number>();
  const later = new Map<string, string>();
  runs.forEach((run, at) => {
    const notebook = notebookOf(run);
    const next = later.get(notebook);
    if (next !== undefined) {
      before.set(next, at);
    }
    later.set(notebook, run.id);
  });
  return before;
}

/**
 * Seconds that a run took, or has taken up to `now` (milliseconds); null where nobody knows.
 *
 * @param activity - what is known of the cells of its kernel: between two cells the time stands
 *   still at the end of the last one
 */
export function runSeconds(
  run: Pick<IRunSummary, 'duration' | 'started' | 'status'>,
  now: number,
  activity: IActivity | null = null
): number | null {
  if (run.duration !== null) {
    return run.duration;
  }
  if (run.status !== 'running' || run.started === null) {
    return null;
  }
  const until = activity?.isBusy === false ? activity.since : now;
  const taken = until === null ? NaN : (until - Date.parse(run.started)) / 1000;
  return taken >= 0 ? taken : until === now ? 0 : null;
}
