/** What cells and runs used: time of the processors, and memory. Of child processes nothing is known. */
import type { Run } from './run.js';

/** Written again, while a run goes on, when it used this much more: for a kernel that is killed. */
const MORE = 1.1;
const LEAST = 1;

const read = process.resourceUsage.bind(process);

/** The counters at a moment: seconds, and the most memory that there ever was, in bytes. */
export interface ICounters {
  readonly cpu: number;
  readonly highest: number;
}

/** What was used, as events have it. */
export interface IUsed {
  cpu_seconds: number;
  /** Only where there was never more before. */
  peak_memory?: number;
}

/** Reads the counters. All who count at one moment share one reading. */
export function counters(): ICounters {
  const { userCPUTime, systemCPUTime, maxRSS } = read();
  return { cpu: (userCPUTime + systemCPUTime) / 1e6, highest: maxRSS * 1024 };
}

/** What is used from one moment on, with pauses. */
export class Meter {
  constructor(now: ICounters) {
    this._from = now;
  }

  /** Counts up to now, and from now on if work is going on. */
  count(isGoingOn: boolean, now: ICounters): void {
    if (this._isCounting) {
      this.cpu += Math.max(0, now.cpu - this._from.cpu);
    }
    if (now.highest > this._from.highest) {
      // The system keeps one mark, which only rises: where it did not, nothing is known but a limit.
      this._peak = now.highest;
    }
    this._from = now;
    this._isCounting = isGoingOn;
  }

  /** What was used so far. */
  used(): IUsed {
    const cpu = Math.round(this.cpu * 1e6) / 1e6;
    return this._peak === undefined
      ? { cpu_seconds: cpu }
      : { cpu_seconds: cpu, peak_memory: this._peak };
  }

  cpu = 0;
  /** The seconds that were written last. */
  told = 0;
  private _from: ICounters;
  private _isCounting = true;
  private _peak: number | undefined;
}

/** The meters of the open runs. */
export class Usage {
  /** @param _write - writes what a run used. */
  constructor(private readonly _write: (run: Run, used: IUsed) => void) {}

  /** A run begins, or cells of it go on. */
  goOn(run: Run, now = counters()): void {
    const meter = this._runs.get(run.id);
    if (meter === undefined) {
      this._runs.set(run.id, new Meter(now));
    } else {
      meter.count(true, now);
    }
  }

  /** No cell of a run goes on any more. */
  pause(run: Run, now: ICounters): void {
    this._runs.get(run.id)?.count(false, now);
  }

  /** Writes what a run used, where that is much more than what was written last. */
  tell(run: Run): void {
    const meter = this._runs.get(run.id);
    if (meter !== undefined && meter.cpu >= Math.max(LEAST, meter.told * MORE)) {
      this._tell(run, meter);
    }
  }

  /** A run ends. */
  end(run: Run): void {
    const meter = this._runs.get(run.id);
    if (meter !== undefined) {
      meter.count(false, counters());
      this._tell(run, meter);
      this._runs.delete(run.id);
    }
  }

  private _tell(run: Run, meter: Meter): void {
    if (meter.cpu > meter.told || meter.told === 0) {
      meter.told = meter.cpu;
      this._write(run, meter.used());
    }
  }

  private readonly _runs = new Map<string, Meter>();
}
