import { Signal, type ISignal } from '@lumino/signaling';
import type { IDisposable } from '@lumino/disposable';
import type { BacktrailClient } from '../store/client.js';
import { lineageOf, type ILineage } from './tree.js';

/** The lineage of a run, as of when it was last looked at. */
export class LineageModel implements IDisposable {
  constructor(
    readonly id: string,
    client: Pick<BacktrailClient, 'lineage'>
  ) {
    this._client = client;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Null until the server has answered. */
  get lineage(): ILineage | null {
    return this._lineage;
  }

  /** Whether there are more runs than were sent. */
  get more(): boolean {
    return this._more;
  }

  /** Why it cannot be shown; empty while it can. */
  get error(): string {
    return this._error;
  }

  /** Which nodes are closed. */
  isClosed(key: string): boolean {
    return this._closed.has(key);
  }

  /** Opens or closes a node. */
  toggle(key: string, isClosed = !this.isClosed(key)): void {
    if (isClosed) {
      this._closed.add(key);
    } else {
      this._closed.delete(key);
    }
    this._changed.emit();
  }

  /** Whether anybody looks; it is asked for anew whenever somebody begins to. */
  get visible(): boolean {
    return this._visible;
  }

  set visible(value: boolean) {
    if (value !== this._visible) {
      this._visible = value;
      if (value) {
        void this.refresh();
      }
    }
  }

  /** Asks the server once more. */
  async refresh(): Promise<void> {
    try {
      const { runs, more } = await this._client.lineage(this.id);
      this._lineage = lineageOf(runs, this.id);
      this._more = more;
      this._error = '';
    } catch (reason) {
      this._error = reason instanceof Error ? reason.message : String(reason);
    }
    if (!this._isDisposed) {
      this._changed.emit();
    }
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.clearData(this);
    }
  }

  private _changed = new Signal<this, void>(this);
  private _client: Pick<BacktrailClient, 'lineage'>;
  private _closed = new Set<string>();
  private _error = '';
  private _isDisposed = false;
  private _lineage: ILineage | null = null;
  private _more = false;
  private _visible = false;
}
