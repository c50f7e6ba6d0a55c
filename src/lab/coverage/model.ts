import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { IRunSummary } from '../store/protocol.js';
import type { IRunListScope, RunList } from '../store/runs.js';
import type { IRunStore } from '../tokens.js';
import { heatMapOf, type IHeatMap, type IHeatMapChoice } from './heatmap.js';

/** Which runs are looked at. */
export interface ICoverageScope extends IRunListScope {
  /** The text of a filter; empty lets all runs through. */
  readonly filter: string;
}

/** Lets the runs through that a filter does. */
export type ApplyFilter = (text: string, runs: readonly IRunSummary[]) => readonly IRunSummary[];

/** What the heat map shows: follows the runs only while it is visible. */
export class CoverageModel implements IDisposable {
  constructor(
    readonly scope: ICoverageScope,
    store: Pick<IRunStore, 'list' | 'ancestry'>,
    filter: ApplyFilter
  ) {
    this.list = store.list(scope);
    this._filter = filter;
    this._ancestry = store.ancestry;
  }

  /** All runs of the scope. */
  readonly list: RunList;

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Whether anybody looks. */
  get visible(): boolean {
    return this._watch !== null;
  }

  set visible(value: boolean) {
    if (value === this.visible || this._isDisposed) {
      return;
    }
    if (value) {
      this.list.changed.connect(this._onList);
      this._ancestry.changed.connect(this._onList);
      this._watch = this.list.watch();
      this._onList();
    } else {
      this._leave();
    }
  }

  /** What is laid out how. */
  get choice(): IHeatMapChoice {
    return this._choice;
  }

  set choice(choice: IHeatMapChoice) {
    this._choice = choice;
    this._onList();
  }

  /** The grid of what was tried. */
  get map(): IHeatMap {
    this._map ??= heatMapOf(this._runs(), this._choice);
    return this._map;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._leave();
      Signal.clearData(this);
    }
  }

  private _leave(): void {
    this.list.changed.disconnect(this._onList);
    this._ancestry.changed.disconnect(this._onList);
    this._watch?.dispose();
    this._watch = null;
  }

  private _runs(): readonly IRunSummary[] {
    const found = this._filter(this.scope.filter, this.list.runs);
    return found.filter(run => !run.archived);
  }

  private _ancestry: IRunStore['ancestry'];
  private _changed = new Signal<this, void>(this);
  private _choice: IHeatMapChoice = {};
  private _filter: ApplyFilter;
  private _isDisposed = false;
  private _map: IHeatMap | null = null;
  private _onList = (): void => {
    this._map = null;
    this._changed.emit();
  };
  private _watch: IDisposable | null = null;
}
