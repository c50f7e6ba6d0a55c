/**
 * The columns of a list of runs: what a key means, how its values look and how they are ordered.
 */

import { fieldNames, type FilteredRun, nameReader, splitKey } from '../runlog/filter.js';
import { toNumber } from '../runlog/index.js';
import { moment, shown, span } from './table.js';

/** The columns that a list has unless others are asked for, the params and metrics aside. */
export const usualColumns = ['id', 'name', 'status', 'started', 'duration'];

/**
 * The value of a column: a field, `params.<key>`, `metrics.<key>` (its last value), `metrics.<key>.min`,
 * `tags.<key>`, or the bare key of a param, metric or tag. Undefined where the run has none.
 */
export function valueOf(run: FilteredRun, column: string): unknown {
  return nameReader(splitKey(column))(run);
}

/** The value of a column as a text. */
export function textOf(run: FilteredRun, column: string): string {
  const value = valueOf(run, column);
  if (column === 'started' || column === 'ended') {
    return moment(typeof value === 'string' ? value : null);
  }
  if (column === 'duration') {
    return span(typeof value === 'number' ? value : null);
  }
  // Of a field with several values; a param that is a list is one value.
  const several = Array.isArray(value) && (fieldNames.includes(column) || /^seeds\./.test(column));
  return several ? value.map(shown).join(', ') : shown(value);
}

/** Orders runs by a column, descending for `-column`; runs without a value come last. */
export function sorted<Run extends FilteredRun>(runs: ReadonlyArray<Run>, key: string): Run[] {
  const down = key.startsWith('-');
  const column = down ? key.slice(1) : key;
  const read = nameReader(splitKey(column));
  const values = new Map(runs.map(run => [run, comparable(read(run))]));
  return [...runs].sort((a, b) => {
    const [left, right] = [values.get(a), values.get(b)];
    if (left === undefined || right === undefined) {
      return Number(left === undefined) - Number(right === undefined);
    }
    return down ? compare(right, left) : compare(left, right);
  });
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
