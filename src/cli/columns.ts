/**
 * The columns of a list of runs: what a key means, how its values look and how they are ordered.
 */

import { toNumber, type RunSummary } from '../runlog/index.js';
import { moment, shown, span } from './table.js';

const fields: Readonly<Record<string, (run: RunSummary) => unknown>> = {
  id: run => run.id,
  name: run => run.name,
  number: run => run.number,
  notebook: run => run.notebook.path?.split(/[\\/]/).pop() ?? run.notebook.name,
  experiment: run => run.experiment,
  status: run => run.status,
  started: run => run.started,
  ended: run => run.ended,
  duration: run => run.duration,
  user: run => run.user,
  host: run => run.host,
  commit: run => run.code?.commit,
  note: run => run.note,
  session: run => run.session
};

/** The columns that a list has unless others are asked for, the params and metrics aside. */
export const usualColumns = ['id', 'name', 'status', 'started', 'duration'];

/**
 * The value of a column: a field, `params.<key>`, `metrics.<key>` (its last value), `metrics.<key>.min`,
 * `tags.<key>`, or the bare key of a param, metric or tag. Undefined where the run has none.
 */
export function valueOf(run: RunSummary, column: string): unknown {
  if (Object.hasOwn(fields, column)) {
    return fields[column]?.(run) ?? undefined;
  }
  const [, group, key = ''] = /^(params|metrics|tags)\.(.+)$/s.exec(column) ?? [];
  switch (group) {
    case 'params':
      return own(run.params, key);
    case 'tags':
      return own(run.tags, key);
    case 'metrics':
      return metric(run, key);
    default:
      return own(run.params, column) ?? metric(run, column) ?? own(run.tags, column);
  }
}

/** The value of a column as a text. */
export function textOf(run: RunSummary, column: string): string {
  const value = valueOf(run, column);
  if (column === 'started' || column === 'ended') {
    return moment(typeof value === 'string' ? value : null);
  }
  return column === 'duration' ? span(typeof value === 'number' ? value : null) : shown(value);
}

/** Orders runs by a column, descending for `-column`; runs without a value come last. */
export function sorted(runs: ReadonlyArray<RunSummary>, key: string): RunSummary[] {
  const down = key.startsWith('-');
  const column = down ? key.slice(1) : key;
  const values = new Map(runs.map(run => [run, comparable(valueOf(run, column))]));
  return [...runs].sort((a, b) => {
    const [left, right] = [values.get(a), values.get(b)];
    if (left === undefined || right === undefined) {
      return Number(left === undefined) - Number(right === undefined);
    }
    return down ? compare(right, left) : compare(left, right);
  });
}

function metric(run: RunSummary, key: string): unknown {
  const whole = own(run.metrics, key);
  if (whole) {
    return whole.last;
  }
  const [, name = '', part = ''] = /^(.+)\.(last|min|max|first|count|step)$/s.exec(key) ?? [];
  return own(run.metrics, name)?.[part as 'last'];
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function comparable(value: unknown): number | string | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  const number = toNumber(value);
  return Number.isNaN(number) ? undefined : (number ?? shown(value));
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') {
    return a - b;
  }
  if (typeof a !== typeof b) {
    return typeof a === 'number' ? -1 : 1;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
