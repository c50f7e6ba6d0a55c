/** Tables of results: lists of objects and frames, whose rows are models or steps and whose columns metrics. */
import { frameOf, rowsOf } from '../frames.js';
import { items } from './numbers.js';
import { rowOf } from './rows.js';
import { STEPS } from './vocabulary.js';
import * as words from './words.js';

const MOST_ROWS = 300;
const MOST_COLUMNS = 40;

/** Metrics of one moment. */
export interface ITableRow {
  readonly values: ReadonlyMap<string, number>;
  readonly origin: string;
  readonly step: number | undefined;
}

/** Rows are models or steps, columns metrics, mostly; a table of data is none of results. */
export function* tableRows(value: object): Generator<ITableRow> {
  const frame = frameOf(value);
  const list = frame ? (rowsOf(frame, MOST_ROWS) ?? []) : (value as readonly unknown[]);
  const all = Array.from({ length: Math.min(list.length, MOST_ROWS + 1) }, (_, index) =>
    items(itemOf(list, index))
  );
  const first = all.at(0) ?? [];
  if (all.length > MOST_ROWS || first.length > MOST_COLUMNS || all.includes(undefined)) {
    return;
  }
  const numeric = new Set(first.flatMap(([name, item]) => (isNumber(item) ? [name] : [])));
  const columns = [...numeric].map(words.normal);
  const metrics = columns.filter(words.isMetric);
  const steps = columns.filter(name => STEPS.has(name.replace(/s$/, '')));
  const isRounded = all
    .flatMap(row => row ?? [])
    .every(([name, item]) => !words.isMetric(words.normal(name)) || Number.isInteger(item));
  if (metrics.length === 0 || metrics.length * 2 < columns.length - steps.length || isRounded) {
    return;
  }
  for (const index of all.keys()) {
    const row = rowOf(itemOf(list, index), index, true);
    if (row !== undefined) {
      yield { values: row.values, origin: 'table', step: steps.length > 0 ? row.step : undefined };
    }
  }
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}

function itemOf(list: readonly unknown[], index: number): unknown {
  return Object.getOwnPropertyDescriptor(list, index)?.value;
}
