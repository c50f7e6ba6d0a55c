import { Signal, type ISignal } from '@lumino/signaling';
import type { FilteredRun, HasCommit } from '../../runlog/filter.js';
import type { BacktrailClient } from './client.js';

/** What is known of one commit. */
interface IKnown {
  /** Whether the commits of runs contain it; those of which git cannot tell are absent. */
  readonly answers: { readonly [commit: string]: boolean };
  /** The commits that were asked about. */
  readonly asked: ReadonlySet<string>;
}

/** Whether the code of runs had a commit: asks the server, once for all commits. */
export class CommitAncestry {
  constructor(client: Pick<BacktrailClient, 'ancestry'>) {
    this._client = client;
  }

  /** Emits when the server has answered. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Whether an answer is awaited. */
  get isAsking(): boolean {
    return this._asking.size > 0;
  }

  /** What is known of a commit now; what is not is asked for. */
  of(commit: string, runs: readonly FilteredRun[]): HasCommit {
    const known = this._known.get(commit);
    const commits = new Set(runs.flatMap(run => run.code?.commit ?? []));
    if (!known || [...commits].some(one => !known.asked.has(one))) {
      void this._ask(commit, commits);
    }
    return run => {
      const own = run.code?.commit;
      return own && known && Object.hasOwn(known.answers, own) ? known.answers[own] : undefined;
    };
  }

  private async _ask(commit: string, asked: ReadonlySet<string>): Promise<void> {
    if (this._asking.has(commit)) {
      return;
    }
    this._asking.add(commit);
    let answers: IKnown['answers'] = {};
    try {
      answers = await this._client.ancestry(commit);
    } catch {
      // Nothing is known then, which is said of the runs that are left out.
    }
    this._asking.delete(commit);
    this._known.set(commit, { answers, asked });
    this._changed.emit();
  }

  private _asking = new Set<string>();
  private _changed = new Signal<this, void>(this);
  private _client: Pick<BacktrailClient, 'ancestry'>;
  private _known = new Map<string, IKnown>();
}
