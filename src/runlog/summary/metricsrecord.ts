import { LineReader } from '../lines.js';
import { writeNumber } from '../numbers.js';
import { readPoint } from '../points.js';
import type { MetricSummary } from '../schema.js';

interface ISeen {
  first: number;
  last: number;
  min: number | undefined;
  max: number | undefined;
  count: number;
  step: number | null;
}

/** What the points of one run say, read piece by piece. */
export class MetricsRecord {
  /** The number of damaged lines so far. */
  get damaged(): number {
    return this._lines.damaged;
  }

  /** Whether the last line so far is torn. */
  get torn(): boolean {
    return this._lines.torn;
  }

  /** The latest time of a point in microseconds since 1970, or undefined without points. */
  get latest(): number | undefined {
    // Half a microsecond is rounded up in every reader, so that all of them name the same time.
    return this._latest === undefined ? undefined : Math.floor(this._latest * 1e6 + 0.5);
  }

  /** Takes the next bytes of `metrics.jsonl`; they may end in the middle of a line. */
  push(bytes: Uint8Array): void {
    for (const line of this._lines.push(bytes)) {
      const { step, time, values } = readPoint(line);
      if (time !== null && (this._latest === undefined || time > this._latest)) {
        this._latest = time;
      }
      for (const [metric, value] of values) {
        this._add(metric, value, step);
      }
    }
  }

  /** The metrics of the summary. */
  summary(): Record<string, MetricSummary> {
    return Object.fromEntries([...this._metrics].map(([metric, seen]) => [metric, write(seen)]));
  }

  private _add(metric: string, value: number, step: number | null): void {
    const seen = this._metrics.get(metric);
    const comparable = Number.isNaN(value) ? undefined : value;
    if (seen === undefined) {
      const entry = { first: value, last: value, min: comparable, max: comparable, count: 1, step };
      this._metrics.set(metric, entry);
      return;
    }
    seen.last = value;
    seen.step = step;
    seen.count += 1;
    if (comparable !== undefined) {
      seen.min = seen.min === undefined ? value : Math.min(seen.min, value);
      seen.max = seen.max === undefined ? value : Math.max(seen.max, value);
    }
  }

  private _lines = new LineReader();
  private _latest: number | undefined;
  private _metrics = new Map<string, ISeen>();
}

function write(seen: ISeen): MetricSummary {
  return {
    last: writeNumber(seen.last),
    min: seen.min === undefined ? null : writeNumber(seen.min),
    max: seen.max === undefined ? null : writeNumber(seen.max),
    first: writeNumber(seen.first),
    count: seen.count,
    step: seen.step === null ? null : writeNumber(seen.step)
  };
}
