import { Signal, type ISignal } from '@lumino/signaling';
import type { IRunStore } from '../tokens.js';
import { CommitAncestry } from './ancestry.js';
import type { BacktrailClient } from './client.js';
import type { IRunSummary, SeriesOf } from './protocol.js';
import { RunList, type IRunListScope } from './runs.js';
import { RunSeries } from './series.js';

/** How many lists are kept for the case that somebody comes back to them. */
const KEPT = 8;

/** Hands out run lists so that everybody who looks at a scope shares one. */
export class RunStore implements IRunStore {
  constructor(readonly client: BacktrailClient) {
    this.ancestry = new CommitAncestry(client);
  }

  readonly ancestry: CommitAncestry;

  list(scope: IRunListScope): RunList {
    const key = `${scope.scope}:${scope.path}`;
    const list = this._lists.get(key) ?? new RunList(this.client, scope);
    // The map is in order of use, so that the first one is the longest unused.
    this._lists.delete(key);
    this._lists.set(key, list);
    if (this._lists.size > KEPT) {
      const [oldest] = this._lists.keys();
      this._lists.delete(oldest);
    }
    return list;
  }

  series(run: string, width: number, of: SeriesOf = 'metrics'): RunSeries {
    const key = `${run}:${width}:${of}`;
    const series = this._series.get(key) ?? new RunSeries(this.client, run, width, of);
    this._series.delete(key);
    this._series.set(key, series);
    if (this._series.size > KEPT) {
      const [oldest] = this._series.keys();
      this._series.delete(oldest);
    }
    return series;
  }

  get edited(): ISignal<this, IRunSummary> {
    return this._edited;
  }

  known(run: string): IRunSummary | undefined {
    for (const list of this._lists.values()) {
      const summary = list.get(run);
      if (summary) {
        return summary;
      }
    }
    return undefined;
  }

  put(...summaries: readonly IRunSummary[]): void {
    for (const list of this._lists.values()) {
      list.put(...summaries);
    }
    for (const summary of summaries) {
      this._edited.emit(summary);
    }
  }

  private _edited = new Signal<this, IRunSummary>(this);
  private _lists = new Map<string, RunList>();
  private _series = new Map<string, RunSeries>();
}
