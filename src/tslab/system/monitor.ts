/** Looks at what the machine does while cells run. */
import { existsSync } from '../disk.js';
import { milliseconds, ticks } from '../clock.js';
import type { Execution } from '../executions.js';
import { systemPath } from '../layout.js';
import type { IObserver } from '../observers.js';
import { Points } from '../points.js';
import type { Recorder } from '../recorder.js';
import type { Run } from '../run.js';
import { Load } from './load.js';

/** Seconds between two looks. */
const EVERY = 30;
/** Seconds of a cell behind which there is a look in any case. */
const LONG = 1;
const MOST_WAITING = 100;

// Taken now: notebooks replace the timers, to make time go faster.
const later = setTimeout;
const notLater = clearTimeout;

/** What was seen at a moment, in milliseconds since 1970. */
interface ISample {
  readonly values: ReadonlyMap<string, number>;
  readonly time: number;
  readonly cell: number;
}

/**
 * See above. It looks every so often where a cell leaves it time, as one does that awaits; behind one
 * that does not, at its end, for all of its time. It is gone when no cell runs.
 */
export class Monitor implements IObserver {
  constructor(private readonly _recorder: Recorder) {}

  readonly name = 'the machine';

  before(): void {
    this._began += 1;
    if (this._timer === undefined && this._every > 0) {
      this._load.begin();
      this._recorder.session.background.do('system', () => {
        this._load.look();
      });
      this._wait();
    }
  }

  after(execution: Execution): void {
    const every = this._every;
    const run = this._recorder.stack.at(-1);
    const isLate = ticks() - this._sampled >= every * 1000;
    const isAwaited = this._waiting.length > 0 && run?.isRecorded === true;
    if (every > 0 && (run !== this._run || isLate || isAwaited || execution.elapsed() >= LONG)) {
      this._recorder.session.background.do('system', () => {
        this._sample(execution.n);
      });
    }
  }

  stop(): void {
    notLater(this._timer);
    if (this._began > 0 && this._every > 0) {
      this._sample(this._recorder.executions.lastN);
    }
    this._isOver = true;
    this._points?.close();
  }

  private get _every(): number {
    return this._recorder.options.number('system_metrics_every', EVERY);
  }

  private _wait(): void {
    const began = this._began;
    const wait = Math.max(1, this._every) * 1000;
    this._timer = later(() => {
      this._timer = undefined;
      try {
        this._tick(began);
      } catch {
        // It is not worth an error between the cells of a notebook.
      }
    }, wait).unref();
  }

  /** @param began - how many cells had begun when it was last looked. */
  private _tick(began: number): void {
    const { goingOn } = this._recorder.executions;
    if (this._every > 0 && (goingOn !== undefined || began !== this._began)) {
      if (goingOn !== undefined) {
        this._sample(goingOn.n);
      }
      this._wait();
    }
  }

  /** @param cell - the execution that goes on, or the last one. */
  private _sample(cell: number): void {
    if (this._isOver) {
      return;
    }
    const run = this._recorder.stack.at(-1) ?? this._run;
    const values = this._load.measure();
    this._sampled = ticks();
    if (run !== this._run) {
      this._points?.close();
      this._points = undefined;
      this._run = run;
      this._waiting = [];
    }
    this._waiting.push({ values, time: milliseconds(), cell });
    this._waiting = this._waiting.slice(-MOST_WAITING);
    // A run that has recorded nothing has no folder, and one that was deleted gets none again.
    if (run?.isRecorded === true && existsSync(run.folder)) {
      this._write(run);
    }
  }

  private _write(run: Run): void {
    const path = systemPath(this._recorder.session.folder, run.id);
    if (this._points?.path !== path) {
      this._points?.close();
      this._points = new Points(path, said => this._recorder.session.warn(said));
    }
    this._points.check();
    for (const { values, time, cell } of this._waiting.splice(0)) {
      this._points.many(values, undefined, cell, time);
    }
  }

  private _began = 0;
  private _isOver = false;
  private readonly _load = new Load();
  private _points: Points | undefined;
  private _run: Run | undefined;
  private _sampled = 0;
  private _timer: NodeJS.Timeout | undefined;
  private _waiting: ISample[] = [];
}
