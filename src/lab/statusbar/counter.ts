import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { BacktrailClient } from '../store/client.js';

/** How often the run of a busy kernel is asked for, in milliseconds. */
const EVERY = 3000;

/** How soon after a cell has ended, in milliseconds. */
const SOON = 300;

/** Counts the metrics of the open run, asking the server while a cell runs and when it has ended. */
export class MetricCounter implements IDisposable {
  /** @param client - asked for the run */
  constructor(client: Pick<BacktrailClient, 'run'>) {
    this._client = client;
  }

  /** How many metrics the run has; undefined while nobody has said. */
  get metrics(): number | undefined {
    return this._metrics;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emits the id of a watched run that turned out to have ended. */
  get ended(): ISignal<this, string> {
    return this._ended;
  }

  /**
   * Count the metrics of a run from now on.
   *
   * @param run - its id, or null for none
   * @param busy - whether a cell runs
   */
  watch(run: string | null, busy: boolean): void {
    if (run !== this._run) {
      this._run = run;
      this._metrics = undefined;
    } else if (busy === this._busy) {
      return;
    }
    this._busy = busy;
    clearTimeout(this._timer);
    if (run) {
      this._timer = setTimeout(() => void this._ask(run), busy ? EVERY : SOON);
    }
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    this._run = null;
    clearTimeout(this._timer);
    Signal.clearData(this);
  }

  private async _ask(id: string): Promise<void> {
    let status = '';
    let metrics = this._metrics;
    try {
      const run = await this._client.run(id);
      metrics = Object.keys(run.metrics).length;
      status = run.status;
    } catch {
      // The count is a nicety: without it the tracker's own answer stands.
    }
    if (id !== this._run || this._isDisposed) {
      return;
    }
    const isOther = metrics !== this._metrics;
    if (isOther) {
      this._metrics = metrics;
      this._changed.emit();
    }
    // A count that has just changed may change once more: tslab tells of idleness while cells still run.
    if (this._busy || (isOther && status === 'running')) {
      clearTimeout(this._timer);
      this._timer = setTimeout(() => void this._ask(id), EVERY);
    } else if (status && status !== 'running') {
      this._ended.emit(id);
    }
  }

  private _busy = false;
  private _changed = new Signal<this, void>(this);
  private _client: Pick<BacktrailClient, 'run'>;
  private _ended = new Signal<this, string>(this);
  private _isDisposed = false;
  private _metrics: number | undefined;
  private _run: string | null = null;
  private _timer: ReturnType<typeof setTimeout> | undefined;
}
