import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { IActivity } from '../attach/activity.js';
import type { IRun } from '../store/protocol.js';
import { SERIES_WIDTH, type RunSeries } from '../store/series.js';
import type { ICellActivity, IRunStore } from '../tokens.js';
import type { XAxis } from '../plot/axis.js';
import { executionsOf, type IExecution } from './executions.js';
import { RepeatModel } from './repeat/model.js';

/** How often a run that goes on is asked for, in milliseconds; its points come by themselves. */
const REFRESH = 2000;

/** Without what reads sources the values alone tell what was imported. */
const NOTHING = { importedNames: undefined };

/** The parts of a run view. */
export type Tab = 'plots' | 'overview' | 'cells' | 'files' | 'code' | 'environment' | 'repeat';

/** What a run view shows. Asks the server only while it is visible. */
export class RunModel implements IDisposable {
  /**
   * @param id - the run's id
   * @param cells - tells whether cells run
   */
  constructor(
    readonly id: string,
    readonly store: IRunStore,
    cells: ICellActivity
  ) {
    this._cells = cells;
    cells.activityChanged.connect(this._onActivity);
    this.series = store.series(id, SERIES_WIDTH);
    this.system = store.series(id, SERIES_WIDTH, 'system');
    this.repeat = new RepeatModel(id, store);
    store.edited.connect((_, run) => {
      if (run.id === id) {
        void this.refresh();
      }
    }, this);
  }

  readonly series: RunSeries;

  /** What the machine did during the run. */
  readonly system: RunSeries;

  /** Repeats the run; a verify goes on while other tabs are looked at. */
  readonly repeat: RepeatModel;

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** The run; null until the server has answered. */
  get run(): IRun | null {
    return this._run;
  }

  /** Why the run cannot be shown; empty while it can. */
  get error(): string {
    return this._error;
  }

  /**
   * What is known of the cells of the run's kernel; null where it is not open in this page.
   *
   * #### Notes
   * Where nobody here saw the last cell end, the last point tells until when something happened.
   */
  get activity(): IActivity | null {
    const run = this._run;
    const activity = run?.status === 'running' ? this._cells.activity(run.session) : null;
    if (!activity || activity.isBusy || activity.since !== null) {
      return activity;
    }
    const last = [...this.series.points.values()].map(({ time }) => time[time.length - 1] ?? 0);
    return { isBusy: false, since: 1000 * Math.max(0, ...last) || null };
  }

  get tab(): Tab {
    return this._tab;
  }

  set tab(tab: Tab) {
    this._tab = tab;
    this._watch();
    this._changed.emit();
  }

  get axis(): XAxis {
    return this._axis;
  }

  set axis(axis: XAxis) {
    this._axis = axis;
    this._changed.emit();
  }

  get visible(): boolean {
    return this._visible;
  }

  set visible(value: boolean) {
    if (value === this._visible) {
      return;
    }
    this._visible = value;
    clearTimeout(this._timer);
    this._watch();
    if (value) {
      void this.refresh();
    }
    this._changed.emit();
  }

  /** Ask for the run once more. */
  async refresh(): Promise<void> {
    clearTimeout(this._timer);
    try {
      this._run = await this.store.client.run(this.id);
      this._error = '';
    } catch (reason) {
      this._error = reason instanceof Error ? reason.message : String(reason);
    }
    if (this._isDisposed) {
      return;
    }
    this._changed.emit();
    if (this._visible && (this._error || this._run?.status === 'running')) {
      this._timer = setTimeout(() => void this.refresh(), this._error ? 3 * REFRESH : REFRESH);
    }
  }

  /** The executions of the run, with their sources. */
  async executions(): Promise<readonly IExecution[]> {
    const run = this._run;
    if (!run) {
      return [];
    }
    const [log, { importedNames }] = await Promise.all([
      this.store.client.log(this.id),
      // The values of TypeScript say where they are from.
      run.kernel?.language === 'python'
        ? import('../../reproduce/script/importednames.js').catch(() => NOTHING)
        : NOTHING
    ]);
    return executionsOf(run, log, importedNames);
  }

  /** The text of a blob; undefined where it is gone. */
  blob(sha256: string): Promise<string | undefined> {
    return this.store.client.blob(sha256, this.id);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._visible = false;
    clearTimeout(this._timer);
    this._watch();
    this.repeat.dispose();
    this._cells.activityChanged.disconnect(this._onActivity);
    Signal.clearData(this);
  }

  /** Follows the points from the first moment on: a chart need not wait for what else the run is. */
  private _watch(): void {
    const isWanted = this._visible && this._tab === 'plots';
    if (isWanted && !this._watching) {
      this._watching = this.series.watch();
    } else if (!isWanted) {
      this._watching?.dispose();
      this._watching = null;
    }
  }

  private _axis: XAxis = 'step';
  private _cells: ICellActivity;
  private _changed = new Signal<this, void>(this);
  private _error = '';
  private _isDisposed = false;
  private _onActivity = (): void => {
    if (this._visible) {
      this._changed.emit();
    }
  };
  private _run: IRun | null = null;
  private _tab: Tab = 'plots';
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _visible = false;
  private _watching: IDisposable | null = null;
}
