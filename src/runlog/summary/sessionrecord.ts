import { isObject, type JsonObject, textOrNull } from '../json.js';
import { isEvent, kindOf } from '../kinds.js';
import { toNumber } from '../numbers.js';
import { LogClock } from '../order.js';
import type { CellSummary, Process } from '../schema.js';
import { microseconds } from '../times.js';

interface IExecution {
  start?: JsonObject;
  end?: JsonObject;
}

/** What one session log says of the session itself, read event by event. */
export class SessionRecord {
  constructor(readonly id: string) {
    this.clock = new LogClock(id);
  }

  /** Stamps the events of this log. */
  readonly clock: LogClock;

  /** How many lines of the log are damaged, and whether its last one is torn. */
  damage = { damaged: 0, torn: false };

  /** The `session` event, or an empty object when its line is damaged. */
  get start(): JsonObject {
    return this._start ?? {};
  }

  /** The `session_end` event, if the kernel ended in an orderly way. */
  get end(): JsonObject | undefined {
    return this._end;
  }

  /** Which process writes the log, if that is known. */
  get process(): Process | undefined {
    return isObject(this.start.process) ? (this.start.process as Process) : undefined;
  }

  /** The environment without the fields of the event, or null. */
  get environment(): JsonObject | null {
    return this._environment ?? null;
  }

  /** The latest time of the log in microseconds since 1970, or undefined. */
  get latest(): number | undefined {
    return this._latest;
  }

  /** Whether a state of random numbers was kept. */
  get randomStates(): boolean {
    return this._randomStates;
  }

  /** Takes the next event of the log. */
  feed(line: JsonObject): void {
    const time = microseconds(line.time);
    if (time !== undefined && (this._latest === undefined || time > this._latest)) {
      this._latest = time;
    }
    switch (kindOf(line)) {
      case 'session':
        this._start ??= line;
        break;
      case 'session_end':
        this._end = line;
        break;
      case 'environment':
        this._environment = withoutEnvelope(line);
        break;
      case 'cell_start':
        this._execution(Number(line.n)).start ??= line;
        break;
      case 'cell_end':
        this._execution(Number(line.n)).end = line;
        break;
      case 'random_state':
        this._randomStates = true;
        break;
      case 'warning':
        this._warnings.push(line);
        break;
    }
  }

  /**
   * The executions from `first` to `last`, both included.
   *
   * @param open - the status of an execution that has no end.
   */
  cells(first: number, last: number, open: string): CellSummary[] {
    return [...this._executions]
      .filter(([n]) => n >= first && n <= last)
      .sort(([a], [b]) => a - b)
      .map(([n, { start, end }]) => ({
        n,
        cell: textOrNull(start?.cell),
        count: numberOrNull(end?.count) ?? numberOrNull(start?.count),
        sha256: textOrNull(start?.sha256),
        status: end === undefined ? open : (textOrNull(end.status) ?? 'unknown'),
        duration: numberOrNull(end?.duration)
      }));
  }

  /** Whether one of these executions began after a time. */
  beganAfter(time: unknown, cells: readonly CellSummary[]): boolean {
    const after = microseconds(time) ?? Infinity;
    return cells.some(
      ({ n }) => (microseconds(this._executions.get(n)?.start?.time) ?? -Infinity) > after
    );
  }

  /** The sentences, each once, of the warnings about no execution or about one of these. */
  warnings(cells: readonly CellSummary[]): string[] {
    const executions = new Set(cells.map(cell => cell.n));
    const sentences = new Set<string>();
    for (const line of this._warnings) {
      const n = numberOrNull(line.n);
      if (isEvent(line, 'warning') && (n === null || executions.has(n))) {
        sentences.add(line.message);
      }
    }
    return [...sentences];
  }

  private _execution(n: number): IExecution {
    let execution = this._executions.get(n);
    if (execution === undefined) {
      execution = {};
      this._executions.set(n, execution);
    }
    return execution;
  }

  private _start: JsonObject | undefined;
  private _end: JsonObject | undefined;
  private _environment: JsonObject | undefined;
  private _latest: number | undefined;
  private _randomStates = false;
  private _executions = new Map<number, IExecution>();
  private _warnings: JsonObject[] = [];
}

/** The fields of an event that are its own: not which event it is, of which run and when. */
export function withoutEnvelope(line: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(line).filter(([field]) => !['event', 'time', 'run'].includes(field))
  );
}

function numberOrNull(value: unknown): number | null {
  return toNumber(value) ?? null;
}
