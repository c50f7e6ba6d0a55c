import type { IDisposable } from '@lumino/disposable';
import { DisposableDelegate } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { BacktrailClient } from './client.js';
import type { IFollowMessage, IRunSummary, Scope } from './protocol.js';

/** Which runs a list holds. */
export interface IRunListScope {
  readonly scope: Scope;
  /** Contents path of the notebook or folder; empty for all. */
  readonly path: string;
}

/** Where a list stands. */
export type ListState = 'loading' | 'ready' | 'disconnected' | 'failed';

/** The runs of a scope, newest first, kept up to date while somebody watches. */
export class RunList implements IRunListScope {
  constructor(client: Pick<BacktrailClient, 'follow' | 'status'>, { scope, path }: IRunListScope) {
    this._client = client;
    this.scope = scope;
    this.path = path;
  }

  readonly scope: Scope;
  readonly path: string;

  /** Newest first. A new array whenever something changed. */
  get runs(): readonly IRunSummary[] {
    return this._runs;
  }

  /** One of the runs. */
  get(id: string): IRunSummary | undefined {
    return this._byId.get(id);
  }

  /** Sentences about what could not be read. */
  get problems(): readonly string[] {
    return this._problems;
  }

  get state(): ListState {
    return this._state;
  }

  /** Whether the server has told of all runs: a long history comes in parts, newest first. */
  get isComplete(): boolean {
    return this._isComplete;
  }

  /** Why the state is `failed`. */
  get error(): string {
    return this._error;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Keep the list up to date until the returned object is disposed. */
  watch(): IDisposable {
    this._watchers++;
    if (!this._follow) {
      this._start();
    }
    return new DisposableDelegate(() => {
      if (--this._watchers === 0) {
        this._follow?.dispose();
        this._follow = null;
      }
    });
  }

  /** Take over summaries that edits were answered with, ahead of the server's own message. */
  put(...summaries: readonly IRunSummary[]): void {
    const known = summaries.filter(({ id }) => this._byId.has(id));
    if (known.length > 0) {
      this._merge(known, []);
    }
  }

  private _start(): void {
    this._state = this._byId.size > 0 ? 'ready' : 'loading';
    this._error = '';
    this._follow = this._client.follow(
      { follow: 'runs', scope: this.scope, path: this.path },
      {
        message: message => this._onMessage(message),
        connection: connected => {
          if (!connected) {
            void this._onLost();
          }
        }
      }
    );
  }

  /** A WebSocket does not say why it closed, so a request has to find out. */
  private async _onLost(): Promise<void> {
    let error = '';
    try {
      await this._client.status();
    } catch (reason) {
      error = reason instanceof Error ? reason.message : String(reason);
    }
    if (this._follow) {
      this._state = error ? 'failed' : 'disconnected';
      this._error = error;
      this._changed.emit();
    }
  }

  private _onMessage(message: IFollowMessage): void {
    if (message.error !== undefined) {
      this._state = 'failed';
      this._error = message.error;
      this._changed.emit();
      return;
    }
    this._state = 'ready';
    this._isComplete = !message.more;
    this._problems = message.problems ?? this._problems;
    if (message.runs) {
      this._byId.clear();
    }
    this._merge(message.runs ?? message.changed ?? [], message.removed ?? []);
  }

  private _merge(changed: readonly IRunSummary[], removed: readonly string[]): void {
    const before = this._byId.size;
    for (const run of changed) {
      this._byId.set(run.id, run);
    }
    const isSame = this._byId.size === before && before === this._runs.length;
    const isLess = removed.filter(id => this._byId.delete(id)).length > 0;
    if (isSame && !isLess) {
      // Mostly a run that goes on has more points: the order stays.
      this._runs = this._runs.map(run => this._byId.get(run.id) ?? run);
      this._changed.emit();
      return;
    }
    // Ids sort by time.
    this._runs = [...this._byId.values()].sort((a, b) => (a.id < b.id ? 1 : a.id > b.id ? -1 : 0));
    this._changed.emit();
  }

  private _byId = new Map<string, IRunSummary>();
  private _changed = new Signal<this, void>(this);
  private _client: Pick<BacktrailClient, 'follow' | 'status'>;
  private _error = '';
  private _follow: IDisposable | null = null;
  private _isComplete = true;
  private _problems: readonly string[] = [];
  private _runs: readonly IRunSummary[] = [];
  private _state: ListState = 'loading';
  private _watchers = 0;
}
