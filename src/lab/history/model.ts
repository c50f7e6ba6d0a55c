import { PathExt } from '@jupyterlab/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { IActivity } from '../attach/activity.js';
import type { ICaptureState } from '../attach/state.js';
import type { IRunSummary, Scope } from '../store/protocol.js';
import type { RunList } from '../store/runs.js';
import type { ICellActivity, IRunStore } from '../tokens.js';
import { runsBefore } from './rows.js';

/** What the model needs of a filter: the language itself is fetched with the view. */
export interface IRunFilter {
  readonly text: string;
  /** The runs that it lets through, in their order. */
  apply(runs: readonly IRunSummary[]): readonly IRunSummary[];
}

/**
 * What the runs panel shows: the runs of a scope that follows the active notebook.
 *
 * #### Notes
 * Follows the server only while it is visible.
 */
export class HistoryModel implements IDisposable {
  /**
   * @param store - where the runs come from
   * @param cells - tells whether cells run
   */
  constructor(
    readonly store: IRunStore,
    cells: ICellActivity
  ) {
    this._cells = cells;
    cells.activityChanged.connect(this._onActivity);
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Contents path of the active notebook; empty when there is none. */
  get notebook(): string {
    return this._notebook;
  }

  set notebook(path: string) {
    if (path !== this._notebook) {
      this._notebook = path;
      this._follow();
    }
  }

  get scope(): Scope {
    return this._scope;
  }

  set scope(scope: Scope) {
    if (scope !== this._scope) {
      this._scope = scope;
      this._follow();
    }
  }

  /** Whether archived runs are listed too. */
  get withArchived(): boolean {
    return this._withArchived;
  }

  set withArchived(value: boolean) {
    this._withArchived = value;
    this._onChanged();
  }

  /** Which of the runs are shown; null shows all. */
  get filter(): IRunFilter | null {
    return this._filter;
  }

  set filter(filter: IRunFilter | null) {
    if (filter?.text !== this._filter?.text) {
      this._filter = filter;
      this._onChanged();
    }
  }

  /** How many runs there are before the filter. */
  get unfiltered(): number {
    return this._unfiltered;
  }

  /** Whether anybody looks. */
  get visible(): boolean {
    return this._visible;
  }

  set visible(value: boolean) {
    if (value !== this._visible) {
      this._visible = value;
      this._follow();
    }
  }

  /** The capture of the active notebook, for what the panel says when there are no runs. */
  get capture(): ICaptureState | null {
    return this._capture;
  }

  set capture(state: ICaptureState | null) {
    this._capture = state;
    this._changed.emit();
  }

  /** What is known of the cells of a run's kernel; null where it is not open in this page. */
  activity(run: Pick<IRunSummary, 'session' | 'status'>): IActivity | null {
    return run.status === 'running' ? this._cells.activity(run.session) : null;
  }

  /** Whether any of the runs has a commit. */
  get hasCommits(): boolean {
    return this._hasCommits;
  }

  /** The list of the present scope; null when the scope needs a notebook and there is none. */
  get list(): RunList | null {
    return this._list;
  }

  /** The runs to show, newest first. */
  get runs(): readonly IRunSummary[] {
    return this._runs;
  }

  /** The run before each run, within its notebook. */
  get before(): ReadonlyMap<string, IRunSummary> {
    return this._before;
  }

  /** How many runs of the scope are archived. */
  get archived(): number {
    return (this._list?.runs.length ?? 0) - this._shown.length;
  }

  /** The run whose metrics are drawn: the one of the active notebook that is going on, else its last. */
  get latest(): IRunSummary | null {
    const open = this._capture?.reply?.run?.id;
    const runs = this._shown;
    return (
      runs.find(run => run.id === open && Object.keys(run.metrics).length > 0) ??
      runs.find(run => run.status === 'running' && Object.keys(run.metrics).length > 0) ??
      runs.find(run => Object.keys(run.metrics).length > 0) ??
      null
    );
  }

  /** The id of the selected run. */
  get selected(): string | null {
    return this._selected;
  }

  set selected(id: string | null) {
    if (id !== this._selected) {
      this._selected = id;
      this._changed.emit();
    }
  }

  /** Selects the run that stands `by` rows below the selected one. */
  move(by: number): void {
    const at = this._runs.findIndex(run => run.id === this._selected);
    const to = at < 0 ? 0 : Math.min(Math.max(at + by, 0), this._runs.length - 1);
    this.selected = this._runs[to]?.id ?? null;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._leave();
    this._cells.activityChanged.disconnect(this._onActivity);
    Signal.clearData(this);
  }

  private _follow(): void {
    if (this._isDisposed) {
      return;
    }
    this._leave();
    const path =
      this._scope === 'all'
        ? ''
        : this._scope === 'folder'
          ? PathExt.dirname(this._notebook)
          : this._notebook;
    this._list =
      this._scope === 'all' || this._notebook
        ? this.store.list({ scope: this._scope, path })
        : null;
    if (this._list && this._visible) {
      this._list.changed.connect(this._onList);
      this._watch = this._list.watch();
    }
    this._onChanged();
  }

  private _leave(): void {
    this._list?.changed.disconnect(this._onList);
    this._watch?.dispose();
    this._watch = null;
  }

  private _onChanged(): void {
    const all = this._list?.runs ?? [];
    this._shown = all.filter(run => !run.archived);
    const listed = this._withArchived ? all : this._shown;
    this._unfiltered = listed.length;
    // The run before is that of the history, also where the filter leaves it out.
    this._before = runsBefore(listed);
    this._runs = this._filter?.apply(listed) ?? listed;
    this._hasCommits = this._runs.some(run => run.code?.commit);
    this._changed.emit();
  }

  private _before: ReadonlyMap<string, IRunSummary> = new Map();
  private _capture: ICaptureState | null = null;
  private _cells: ICellActivity;
  private _changed = new Signal<this, void>(this);
  private _filter: IRunFilter | null = null;
  private _hasCommits = false;
  private _isDisposed = false;
  private _list: RunList | null = null;
  private _notebook = '';
  private _onActivity = (): void => {
    if (this._visible) {
      this._changed.emit();
    }
  };
  private _onList = (): void => this._onChanged();
  private _runs: readonly IRunSummary[] = [];
  private _scope: Scope = 'notebook';
  private _selected: string | null = null;
  private _shown: readonly IRunSummary[] = [];
  private _unfiltered = 0;
  private _visible = false;
  private _watch: IDisposable | null = null;
  private _withArchived = false;
}
