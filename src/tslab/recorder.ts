/** Keeps one session: what is recorded in its runs, and what is done when a cell ends. */
import { OF_EXECUTIONS } from '../runlog/index.js';
import { ticks } from './clock.js';
import { mkdirSync } from './disk.js';
import type { Execution } from './executions.js';
import { FirstCell } from './firstcell.js';
import { Lifecycle, type Outcome } from './lifecycle.js';
import { reasonOf } from './log.js';
import { openedAgain } from './openedagain.js';
import { Options } from './options.js';
import type { Run } from './run.js';
import type { Session } from './session.js';
import type { ISeen } from './sightings/arbiter.js';
import { type IMoment, LAST_EXPRESSION } from './sightings/sighting.js';
import { Summaries } from './summaries.js';
import type { ICounters } from './usage.js';

/** Cells that are sent together need not look for their files each. */
const RECENT = 250;
/** Nobody but the user, by a call, makes these. */
const LOGGED = new Set(['artifact', 'note', 'rename', 'tag']);
/** What these tell does not make a run one to be listed. */
const USED = new Set(['input', 'seed']);

/** Hears of executions from `cells`, and of everything else from the calls of the user. */
export class Recorder extends Lifecycle {
  constructor(session: Session) {
    super(session);
    session.reopening = () => openedAgain(this);
    session.relocated = () => {
      for (const run of [...this.stack, ...this.retired]) {
        run.move(session.folder);
      }
    };
    this._summaries = new Summaries(session);
  }

  readonly options = new Options();

  /**
   * An execution is told of, before any of its code runs.
   *
   * #### Notes
   * It need not wait until the log is looked at: that is done before it records anything, and behind it.
   *
   * @param then - the counters when it began.
   */
  cellStarted(execution: Execution, then: ICounters): void {
    if (ticks() - this._checked >= RECENT) {
      this._doubt();
    }
    this.beginRunFor(execution);
    for (const run of this.stack) {
      this.usage.goOn(run, then);
    }
  }

  /** An execution came to its end; what it did is not looked at yet. */
  cellIsOver(now: ICounters): void {
    this.stack.forEach(run => this.usage.pause(run, now));
  }

  /** All that an execution did is known. */
  cellEnded(execution: Execution, status: Outcome): void {
    this.executions.end(execution);
    for (const run of this.stack) {
      this.usage.tell(run);
      [run.outcomeBefore, run.lastOutcome] = [run.lastOutcome, status];
      this.touched.add(run);
    }
    this.session.background.do('cell', async () => {
      await this._summarize();
      this.session.log.syncSoon();
      for (const run of [...this.stack, ...this.retired]) {
        run.points.syncSoon();
      }
    });
  }

  /** All cells are being run: the execution before this moment was the first of them. */
  fromTop(): void {
    const run = this.stack.at(0);
    const first = this.executions.lastN;
    if (run === undefined || !run.isRecorded || first === 0 || first === run.cell) {
      return;
    }
    const moved = [...run.params].filter(([, { cell }]) => cell !== null && cell >= first);
    const next = this.handOver(first);
    for (const [key, { value, cell, origin }] of moved) {
      this.param(key, value, origin, cell);
    }
    for (const [event, fields] of this._first.take(first)) {
      this.record(next, event, fields);
    }
  }

  /** Writes a point of a metric that the user logs. */
  metric(key: string, value: number, step: number | undefined): void {
    const run = this.stack.at(-1) ?? this.openRun();
    run.points.one(key, value, step, this._mine(run, key));
  }

  /** Writes points of several metrics, of one step. */
  metrics(values: ReadonlyMap<string, number>, step: number | undefined, time?: number): void {
    const run = this.openRun();
    let cell: number | null = null;
    for (const key of values.keys()) {
      cell = this._mine(run, key);
    }
    run.points.many(values, step, cell, time);
  }

  /** Writes points of metrics that nobody logged. */
  writeCaptured({ run, cell, mark }: IMoment, seen: Omit<ISeen, 'rounded'>): void {
    const { values, step, origin, isExact, time } = seen;
    this._checkPoints();
    for (const key of values.keys()) {
      if (run.metricOrigins.get(key) !== origin) {
        run.metricOrigins.set(key, origin);
        this.record(run, 'metric', { key, origin, cell, ...(isExact ? {} : { exact: false }) });
      }
    }
    // To look at a result again is no second attempt at it.
    if (mark !== undefined && origin !== LAST_EXPRESSION) {
      run.metricMarks.add(mark);
    }
    run.points.many(values, step, cell, time);
    this.touched.add(run);
  }

  /** Writes a param. */
  param(key: string, value: unknown, origin = 'logged', cell?: number | null): void {
    const run = origin === 'logged' ? this.openRun() : this.runOfCell();
    const { current } = this.executions;
    if (cell === undefined) {
      cell = current?.n ?? null;
      if (current !== undefined) {
        run.paramMarks.add(current.mark);
      }
    }
    run.isLogged ||= origin === 'logged';
    this.record(run, 'param', { key, value, cell, origin });
    run.params.set(key, { value, cell, origin });
  }

  /** Writes a tag; null removes it. */
  tag(key: string, value: unknown): void {
    const run = this.openRun();
    this.record(run, 'tag', { key, value });
    if (value === null) {
      run.tags.delete(key);
    } else {
      run.tags.set(key, value);
    }
  }

  /** Writes a seed that was set, once. */
  seed(library: string, value: unknown, cell = this.executions.current?.n ?? null): void {
    const run = this.openRun();
    const key = JSON.stringify([run.id, library, value, cell]);
    if (!this._seeds.has(key)) {
      this._seeds.add(key);
      this.record(run, 'seed', { library, value, cell });
    }
  }

  /** Writes an event of a run; the first but for a seed and a read file makes its folder, and has it listed. */
  record(told: Run, event: string, fields: Readonly<Record<string, unknown>>): void {
    this.session.ensure();
    // What was being read meanwhile, when the run had ended.
    const run = OF_EXECUTIONS.has(event) ? told.ofExecution(fields['cell']) : told;
    if (!USED.has(event)) {
      this._firstRecord(run);
    }
    run.isLogged ||= LOGGED.has(event);
    this._first.note(event, fields);
    this.session.write(event, { run: run.id, ...fields });
    this.touched.add(run);
  }

  /** Ends the open runs and the session. Never throws; may be called twice. */
  end(reason: string, status?: Outcome): void {
    if (this._isOver) {
      return;
    }
    this._isOver = true;
    this.endAll(status);
    if (this.session.background.finish().some(name => name.startsWith('code '))) {
      this.session.warn('The kernel ended before the state of the code was known.');
    }
    const runs = [...this.touched];
    for (const run of [...this.stack, ...this.retired]) {
      run.points.close();
    }
    this.session.close(reason);
    this._summaries.writeNow(runs);
  }

  /** Makes sure, after an execution, that the files are still there and ours. */
  checkFiles(): void {
    this._doubt();
    this.session.ensure();
    this._checkPoints();
  }

  /** Has the summaries written soon, as of a run that ended and was completed. */
  summarizeSoon(): void {
    this.session.background.do('summaries', () => this._summarize());
  }

  private _doubt(): void {
    this._checked = ticks();
    this._arePointsChecked = false;
    this.session.doubt();
  }

  private _checkPoints(): void {
    if (!this._arePointsChecked) {
      this._arePointsChecked = true;
      this.session.ensure();
      for (const run of this.stack) {
        run.points.check();
      }
    }
  }

  /** Notes that a metric is the user's own, and returns the execution that logs it. */
  private _mine(run: Run, key: string): number | null {
    const { current } = this.executions;
    if (
      current !== this._last ||
      run !== this._lastRun ||
      run.metricOrigins.get(key) !== 'logged'
    ) {
      this._checkPoints();
      this._firstRecord(run);
      this.touched.add(run);
      this._last = current;
      this._lastRun = run;
      if (current !== undefined) {
        run.metricMarks.add(current.mark);
      }
      const origin = run.metricOrigins.get(key);
      if (origin !== undefined && origin !== 'logged') {
        const fields = { key, origin: 'logged', cell: current?.n ?? null };
        this.record(run, 'metric', fields);
      }
      run.metricOrigins.set(key, 'logged');
    }
    return current?.n ?? null;
  }

  private _firstRecord(run: Run): void {
    if (!run.isRecorded) {
      run.isRecorded = true;
      try {
        mkdirSync(run.folder, { recursive: true });
      } catch (error) {
        this.session.warn(`The folder of run ${run.name} could not be made: ${reasonOf(error)}.`);
      }
      // Soon, so that a kernel that is killed leaves a summary with the run's number.
      this.touched.add(run);
      this.summarizeSoon();
    }
  }

  private async _summarize(): Promise<void> {
    const runs = [...this.touched];
    this.touched.clear();
    await this._summaries.write(runs);
  }

  private _arePointsChecked = true;
  private _checked = -Infinity;
  private readonly _first = new FirstCell();
  private _isOver = false;
  private _last: Execution | undefined;
  private _lastRun: Run | undefined;
  private readonly _seeds = new Set<string>();
  private readonly _summaries: Summaries;
}
