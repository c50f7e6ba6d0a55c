import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type * as Reproduction from '../../../reproduce/index.js';
import type { IExportOptions, IProgress, ISelection } from '../../../reproduce/index.js';
import { isEvent, readLines, type EventOf } from '../../../runlog/index.js';
import type { IRun, IRunLog } from '../../store/protocol.js';
import type { IRunStore } from '../../tokens.js';
import { Cancelled, InterpreterGone, ServerStage } from './stage.js';

/** A cell of the session, and whether the results of the run need it. */
export interface IRepeatCell {
  readonly n: number;
  /** The `[n]` that the notebook showed, else its number in the record. */
  readonly label: string;
  /** The source as executed; undefined where it is large, or missing. */
  readonly source: string | undefined;
  readonly kept: boolean;
  /** Why it is kept or left out, the strongest reason first. */
  readonly reasons: readonly string[];
}

/** How a run is verified. */
export interface IVerifySettings {
  /** How often it is replayed at least. */
  readonly times: number;
  /** How far metrics may be off, relative to their size. */
  readonly tolerance: number;
  /** Seconds for a replay; null: by the time that the cells took. */
  readonly timeout: number | null;
  /** Also with one condition varied at a time. */
  readonly stress: boolean;
  /** In an environment that is built from the record, instead of the present one. */
  readonly fresh: boolean;
}

/** What a verify is doing; `failed` where it came to no verdict. */
export type VerifyState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'working'; readonly progress: IProgress | null }
  | { readonly kind: 'failed'; readonly says: string }
  | { readonly kind: 'gone'; readonly recorded: string | null; readonly present: string | null };

/** A verdict that was kept, with its time. */
export type IKeptVerdict = EventOf<'verify'>;

/** What it takes to repeat a run: its slice, its verdicts, and a verify that may be going on. */
export class RepeatModel implements IDisposable {
  /** @param id - the run's id */
  constructor(
    readonly id: string,
    private readonly _store: IRunStore
  ) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** The cells of the session up to the end of the run; null until they are known. */
  get cells(): readonly IRepeatCell[] | null {
    return this._cells;
  }

  /** The verdicts on the run, the last one first. */
  get verdicts(): readonly IKeptVerdict[] {
    return this._verdicts;
  }

  /** Whether cells ran after the last verdict. */
  get isOutdated(): boolean {
    const [last] = this._verdicts;
    return last !== undefined && last.time < this._lastStart;
  }

  /** Why there is no script; empty where there is one. */
  get error(): string {
    return this._error;
  }

  /** Seconds that a replay may take where nobody says another number. */
  get usualTimeout(): number {
    return this._usualTimeouts[Number(this._settings.fresh)];
  }

  /** Whether every cell is taken, not only those that the results need. */
  get whole(): boolean {
    return this._whole;
  }

  set whole(value: boolean) {
    if (value !== this._whole) {
      this._whole = value;
      this._changed.emit();
      void this.load();
    }
  }

  get settings(): IVerifySettings {
    return this._settings;
  }

  set settings(value: IVerifySettings) {
    this._settings = value;
    this._changed.emit();
  }

  get state(): VerifyState {
    return this._state;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Read the record of the run anew. */
  async load(): Promise<void> {
    const mine = ++this._loads;
    try {
      const [reproduce, record] = await Promise.all([reproduction(), this._read()]);
      const selection = await reproduce.select(this._options(record));
      if (mine !== this._loads || this._isDisposed) {
        return;
      }
      this._cells = cellsOf(selection);
      this._verdicts = verdictsOf(this.id, record.log);
      this._lastStart = lastStart(selection);
      this._usualTimeouts = [reproduce.timeLimit(selection), reproduce.timeLimit(selection, true)];
      this._error = '';
    } catch (reason) {
      if (mine !== this._loads || this._isDisposed) {
        return;
      }
      this._error = sentence(reason);
    }
    this._changed.emit();
  }

  /**
   * Replay the run and compare. Does nothing while it is being done.
   *
   * @param python - another interpreter than the recorded one
   */
  async verify(python: string | null = null): Promise<void> {
    if (this._state.kind === 'working' || this._isDisposed) {
      return;
    }
    const stop = (this._stop = new AbortController());
    this._set({ kind: 'working', progress: null });
    try {
      const [reproduce, record] = await Promise.all([reproduction(), this._read()]);
      const { settings } = this;
      const [name = ''] = record.log.directory.split(/[\\/]/).slice(-1);
      const found = await reproduce.verify(
        {
          ...this._options(record),
          ...settings,
          timeout: settings.timeout ?? undefined,
          place: { runs: record.log.directory.slice(0, -name.length - 1), name },
          progress: progress => this._set({ kind: 'working', progress })
        },
        new ServerStage(this.id, this._store.client, python, settings.fresh, stop.signal)
      );
      stop.signal.throwIfAborted();
      const event = reproduce.verdictEvent(
        found.verdict,
        settings.fresh ? 'fresh' : (python ?? 'present')
      );
      this._store.put(await this._store.client.keepVerdict(this.id, event));
      this._set({ kind: 'idle' });
      await this.load();
    } catch (reason) {
      this._set(
        reason instanceof InterpreterGone
          ? { kind: 'gone', recorded: reason.recorded, present: reason.present }
          : stop.signal.aborted || reason instanceof Cancelled
            ? { kind: 'idle' }
            : { kind: 'failed', says: sentence(reason) }
      );
    }
  }

  /** End a verify that is going on; nothing is kept of it. */
  cancel(): void {
    this._stop?.abort();
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this.cancel();
      Signal.clearData(this);
    }
  }

  private async _read(): Promise<IRecord> {
    const { client } = this._store;
    const [run, log] = await Promise.all([client.run(this.id), client.log(this.id)]);
    return { run, log };
  }

  private _options({ run, log }: IRecord): IExportOptions {
    return {
      run,
      logs: log.logs,
      blob: sha256 => this._store.client.blob(sha256, this.id),
      metricCells: log.cells,
      whole: this._whole
    };
  }

  private _set(state: VerifyState): void {
    if (!this._isDisposed) {
      this._state = state;
      this._changed.emit();
    }
  }

  private _cells: readonly IRepeatCell[] | null = null;
  private _changed = new Signal<this, void>(this);
  private _error = '';
  private _isDisposed = false;
  private _lastStart = '';
  private _loads = 0;
  private _settings: IVerifySettings = {
    times: 1,
    tolerance: 0,
    timeout: null,
    stress: false,
    fresh: false
  };
  private _state: VerifyState = { kind: 'idle' };
  private _stop: AbortController | null = null;
  /** In the present environment, and in a fresh one. */
  private _usualTimeouts: readonly [number, number] = [120, 120];
  private _verdicts: readonly IKeptVerdict[] = [];
  private _whole = false;
}

/** A run and the logs that concern it. */
interface IRecord {
  readonly run: IRun;
  readonly log: IRunLog;
}

/** Loaded with the first run that somebody wants to repeat. */
function reproduction(): Promise<typeof Reproduction> {
  return import('../../../reproduce/index.js');
}

function cellsOf({ whole, slice }: ISelection): readonly IRepeatCell[] {
  const kept = new Map(slice.kept.map(({ n, reasons }) => [n, reasons]));
  const left = new Map(slice.left.map(({ n, reasons }) => [n, reasons]));
  return whole.executions.map(({ n, count, source }) => ({
    n,
    label: String(count ?? n),
    source,
    kept: kept.has(n),
    reasons: kept.get(n) ?? left.get(n) ?? []
  }));
}

function verdictsOf(run: string, { logs }: IRunLog): readonly IKeptVerdict[] {
  return logs
    .flatMap(({ text }) => readLines(text).events)
    .filter(event => isEvent(event, 'verify'))
    .filter(event => event.run === run)
    .sort((a, b) => (a.time < b.time ? 1 : -1));
}

/** When the last cell of the run began. */
function lastStart({ whole }: ISelection): string {
  return whole.events
    .filter(event => isEvent(event, 'cell_start'))
    .filter(({ n }) => n <= whole.last)
    .reduce((last, { time }) => (time > last ? time : last), '');
}

function sentence(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
