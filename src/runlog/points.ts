import type { JsonObject } from './json.js';
import { readLines } from './lines.js';
import { toNumber } from './numbers.js';

/** One line of `metrics.jsonl`. */
export interface IPoint {
  /** The step, or null where the line has none. */
  step: number | null;
  /** Seconds since 1970, or null where the line has none. */
  time: number | null;
  /** The execution that logged it, or null. */
  cell: number | null;
  /** The metrics and their values, NaN and the infinities included. */
  values: [metric: string, value: number][];
}

/** The name of the field that holds a metric. */
export function fieldOf(metric: string): string {
  return isReserved(metric) || metric.startsWith('/') ? `/${metric}` : metric;
}

/** The metric that a field holds; the inverse of {@link fieldOf}. Undefined for `step`, `time`, `cell`. */
export function metricOf(field: string): string | undefined {
  if (isReserved(field)) {
    return undefined;
  }
  return field.startsWith('/') ? field.slice(1) : field;
}

/** Reads a line of `metrics.jsonl`. What is no number in it is no point, and left out. */
export function readPoint(line: JsonObject): IPoint {
  const values: [string, number][] = [];
  for (const field of Object.keys(line)) {
    const metric = metricOf(field);
    const value = metric === undefined ? undefined : toNumber(line[field]);
    if (metric !== undefined && value !== undefined) {
      values.push([metric, value]);
    }
  }
  return {
    step: toNumber(line.step) ?? null,
    time: typeof line.time === 'number' ? line.time : null,
    cell: typeof line.cell === 'number' ? line.cell : null,
    values
  };
}

/** Reads a whole `metrics.jsonl`. Never throws, whatever the bytes. */
export function readPoints(data: string | Uint8Array): {
  points: IPoint[];
  damaged: number;
  torn: boolean;
} {
  const { events, damaged, torn } = readLines(data);
  return { points: events.map(readPoint), damaged, torn };
}

function isReserved(name: string): boolean {
  return name === 'step' || name === 'time' || name === 'cell';
}
