/**
 * The form in which a run is kept in the cache: a row, in which what many runs have in common is a number.
 */

import type { MetricSummary, RunSummary } from '../../runlog/index.js';

/** A run as lists and filters need it: all of its summary but the cells. */
export type ListedRun = Omit<RunSummary, 'cells'>;

/** Fields that stand in a row as they are, in this order. */
const PLAIN = [
  'id',
  'session',
  'number',
  'name',
  'experiment',
  'parent',
  'opened',
  'status',
  'started',
  'ended',
  'duration',
  'user',
  'host',
  'params',
  'tags',
  'note',
  'archived',
  'inputs',
  'outputs',
  'artifacts',
  'datasets',
  'stage',
  'stages',
  'verified',
  'usage'
] as const satisfies (keyof ListedRun)[];

/** Fields whose values are the same in many runs. */
const SHARED = [
  'notebook',
  'kernel',
  'origins',
  'seeds',
  'rng',
  'code',
  'environment',
  'warnings',
  'damage',
  'process'
] as const satisfies (keyof ListedRun)[];

/** The statistics of a metric, in the order of their list. */
const STATISTICS = [
  'last',
  'min',
  'max',
  'first',
  'count',
  'step'
] as const satisfies (keyof MetricSummary)[];

type PackedMetric = readonly [
  MetricSummary['last'],
  MetricSummary['min'],
  MetricSummary['max'],
  MetricSummary['first'],
  MetricSummary['count'],
  MetricSummary['step']
];

/** A run in the cache. */
export type Row = unknown[];

/** Values that many rows refer to by their number. */
export class Shared {
  constructor(readonly values: unknown[] = []) {}

  /** The number of a value. */
  add(value: unknown): number {
    this._numbers ??= new Map(this.values.map((one, index) => [JSON.stringify(one), index]));
    const text = JSON.stringify(value);
    let number = this._numbers.get(text);
    if (number === undefined) {
      number = this.values.push(value) - 1;
      this._numbers.set(text, number);
    }
    return number;
  }

  private _numbers: Map<string, number> | undefined;
}

/** Makes a row of a run. */
export function pack(run: ListedRun, shared: Shared): Row {
  const metrics = Object.fromEntries(
    Object.entries(run.metrics).map(([key, of]) => [key, STATISTICS.map(name => of[name])])
  );
  return [
    ...PLAIN.map(field => run[field]),
    ...SHARED.map(field => shared.add(run[field])),
    metrics
  ];
}

/** A run with nothing in it. What is copied of it has its place for every field, which adding them one by one has not. */
const BLANK = JSON.parse(
  JSON.stringify({
    format: 1,
    ...Object.fromEntries([...PLAIN, ...SHARED, 'metrics'].map(field => [field, null]))
  })
) as Record<string, unknown>;

/** Makes a run of a row; the inverse of {@link pack}. */
export function unpack(row: Row, shared: Shared): ListedRun {
  const run: Record<string, unknown> = { ...BLANK };
  let at = 0;
  for (const field of PLAIN) {
    run[field] = row[at++];
  }
  for (const field of SHARED) {
    run[field] = shared.values[row[at++] as number];
  }
  run.metrics = unpackMetrics(row[at] as Record<string, PackedMetric>);
  return run as ListedRun;
}

function unpackMetrics(packed: Record<string, PackedMetric>): ListedRun['metrics'] {
  const metrics: ListedRun['metrics'] = {};
  for (const key in packed) {
    const [last, min, max, first, count, step] = packed[key];
    const value = { last, min, max, first, count, step };
    if (key === '__proto__') {
      // A metric may have this name too, which plainly set would be no key.
      Object.defineProperty(metrics, key, { value, enumerable: true });
    } else {
      metrics[key] = value;
    }
  }
  return metrics;
}

/** Renumbers the shared values of rows, in place, so that those which no row has any more are left out. */
export function compact(rows: Iterable<Row>, shared: Shared): unknown[] {
  const numbers = new Map<number, number>();
  const values: unknown[] = [];
  for (const row of rows) {
    for (let at = PLAIN.length; at < PLAIN.length + SHARED.length; at += 1) {
      const old = row[at] as number;
      let number = numbers.get(old);
      if (number === undefined) {
        number = values.push(shared.values[old]) - 1;
        numbers.set(old, number);
      }
      row[at] = number;
    }
  }
  return values;
}
