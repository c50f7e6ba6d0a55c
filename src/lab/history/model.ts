import { PathExt } from '@jupyterlab/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { IActivity } from '../attach/activity.js';
import type { ICaptureState } from '../attach/state.js';
import type { IRunSummary, Scope } from '../store/protocol.js';
import type { RunList } from '../store/runs.js';
import type { ICellActivity, IRunStore } from '../tokens.js';
import { Preferences } from './preferences.js';
import { RunsBefore } from './rows.js';
import { Selection } from './selection.js';
import type { ISavedView, ISort } from './table.js';

/** What the model needs of a filter: the language itself is fetched with the view. */
export interface IRunFilter {
  readonly text: string;
  /** The runs that it lets through, in their order. */
  apply(runs: readonly IRunSummary[]): readonly IRunSummary[];
  /** How many runs were left out last because git could not tell. */
  readonly undecided: number;
}

/** What the model needs of an order, which is fetched with the view too. */
export interface IRunOrder {
  readonly sort: ISort;
  /** The runs in this order. */
  apply(runs: readonly IRunSummary[]): readonly IRunSummary[];
}

/** Makes what is fetched with the view. */
export interface IRunTools {
  filter(text: string): IRunFilter;
  order(sort: ISort): IRunOrder;
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
   * @param preferences - how the table looks
   */
  constructor(
    readonly store: IRunStore,
    cells: ICellActivity,
    readonly preferences = new Preferences()
  ) {
    this._cells = cells;
    cells.activityChanged.connect(this._onActivity);
    preferences.changed.connect(this._onPreferences);
    store.ancestry.changed.connect(this._onAncestry);
  }

  /** Which runs are selected. Change it by `select`. */
  readonly selection = new Selection();

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
    this._onList();
  }

  /** Which of the runs are shown; null shows all. */
  get filter(): IRunFilter | null {
    return this._filter;
  }

  set filter(filter: IRunFilter | null) {
    if (filter?.text !== this._filter?.text) {
      this._filter = filter;
      this._arrange();
    }
  }

  /** In which order they stand; null while it is that of time. */
  get order(): IRunOrder | null {
    return this._order;
  }

  /** Takes what filters and sorts, once it was fetched. */
  set tools(tools: IRunTools) {
    this._tools = tools;
    this._onPreferences();
  }

  /** Sorts by a key; null is newest first. */
  set sort(sort: ISort | null) {
    this.preferences.table = { ...this.preferences.table, sort };
  }

  get sort(): ISort | null {
    return this.preferences.table.sort;
  }

  /** Shows the runs as they were shown when a view was saved. */
  show({ filter, columns, widths, sort }: ISavedView): void {
    this._filter = filter && this._tools ? this._tools.filter(filter) : null;
    this._shownViews++;
    this.preferences.table = { columns, widths, sort };
    this._arrange();
  }

  /** Counts the views that were shown: what somebody was writing as a filter is void then. */
  get shownViews(): number {
    return this._shownViews;
  }

  /** How many runs there are before the filter. */
  get unfiltered(): number {
    return this._listed.length;
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

  /** The list of the present scope; null when the scope needs a notebook and there is none. */
  get list(): RunList | null {
    return this._list;
  }

  /** The runs of the scope before the filter, newest first. */
  get listed(): readonly IRunSummary[] {
    return this._listed;
  }

  /** The runs to show, in the order in which they stand. */
  get runs(): readonly IRunSummary[] {
    return this._runs;
  }

  /** The run before each run, within its notebook. */
  get before(): Pick<RunsBefore, 'get'> {
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

  /** The id of the run on which the keyboard stands. */
  get selected(): string | null {
    return this.selection.cursor;
  }

  /** Changes which runs are selected. */
  select(change: (selection: Selection) => void): void {
    change(this.selection);
    this._changed.emit();
  }

  /**
   * Goes to the run that stands `by` rows below.
   *
   * @param extend - select those in between too
   */
  move(by: number, extend = false): void {
    const id = this.selection.beside(by);
    this.select(selection => (extend && id ? selection.extendTo(id) : selection.set(id)));
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
    this.preferences.changed.disconnect(this._onPreferences);
    this.store.ancestry.changed.disconnect(this._onAncestry);
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
    this._onList();
  }

  private _leave(): void {
    this._list?.changed.disconnect(this._onList);
    this._watch?.dispose();
    this._watch = null;
  }

  private _arrange(): void {
    const filtered = this._filter?.apply(this._listed) ?? this._listed;
    this._runs = this._order?.apply(filtered) ?? filtered;
    this.selection.keep(this._runs.map(run => run.id));
    this._changed.emit();
  }

  private _before = new RunsBefore();
  private _capture: ICaptureState | null = null;
  private _cells: ICellActivity;
  private _changed = new Signal<this, void>(this);
  private _filter: IRunFilter | null = null;
  private _isDisposed = false;
  private _list: RunList | null = null;
  private _listed: readonly IRunSummary[] = [];
  private _notebook = '';
  private _onActivity = (): void => {
    if (this._visible) {
      this._changed.emit();
    }
  };
  private _onAncestry = (): void => {
    if (this._filter) {
      this._arrange();
    }
  };
  private _onList = (): void => {
    const all = this._list?.runs ?? [];
    this._shown = all.filter(run => !run.archived);
    this._listed = this._withArchived ? all : this._shown;
    // The run before is that of the history, also where the filter leaves it out.
    this._before.take(this._listed);
    this._arrange();
  };
  private _onPreferences = (): void => {
    const { sort } = this.preferences.table;
    if (JSON.stringify(sort) !== JSON.stringify(this._order?.sort ?? null) && this._tools) {
      this._order = sort && this._tools.order(sort);
      this._arrange();
    } else {
      this._changed.emit();
    }
  };
  private _order: IRunOrder | null = null;
  private _runs: readonly IRunSummary[] = [];
  private _scope: Scope = 'notebook';
  private _shownViews = 0;
  private _shown: readonly IRunSummary[] = [];
  private _tools: IRunTools | null = null;
  private _visible = false;
  private _watch: IDisposable | null = null;
  private _withArchived = false;
}
