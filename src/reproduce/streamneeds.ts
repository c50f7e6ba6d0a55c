/**
 * Which executions have to give a stream of random numbers the state that others begin with.
 *
 * #### Notes
 * Where the log holds that state, the script puts it back, and nothing before it is needed. A seed is set
 * again by the cell that set it.
 */

import type { IEffects } from './effects.js';
import { startsTasks, type IExecution } from './execution.js';

/** What of a slice's options this needs. */
interface IStreamOptions {
  readonly executions: ReadonlyArray<IExecution>;
  readonly effects: ReadonlyMap<number, IEffects>;
  readonly restorable: (digest: string) => boolean;
}

/** An execution that another one needs for a stream. */
export interface IStreamNeed {
  readonly stream: string;
  /** The execution that needs it. */
  readonly by: number;
  /** Whether it is its seed that is needed. */
  readonly seeds: boolean;
}

/** The needs that are open, while a session is followed backwards. */
export class StreamNeeds {
  constructor(private readonly _options: IStreamOptions) {
    this._changers = changersOf(_options);
  }

  /** What is needed from an execution. */
  from(n: number): IStreamNeed[] {
    const seeds = this._options.effects.get(n)?.seeds;
    return [...this._needs]
      .filter(([, { from }]) => from === n)
      .map(([stream, { by }]) => ({ stream, by, seeds: seeds?.has(libraryOf(stream)) ?? false }));
  }

  /** The execution is kept: it needs nobody before it for what was needed from it. */
  satisfy(n: number): void {
    for (const { stream } of this.from(n)) {
      this._needs.delete(stream);
    }
  }

  /** The execution is kept: the states that it begins with have to come from somewhere. */
  demand(execution: IExecution): void {
    const { n } = execution;
    const streams = this._options.effects.get(n)?.streams ?? (new Map() as IEffects['streams']);
    const tasks = startsTasks(execution);
    // What tasks draw behind a cell is in no record of the cell.
    for (const [stream, changers] of tasks ? this._changers : []) {
      const from = streams.has(stream) ? undefined : changers.get(n);
      const after = from && this._options.effects.get(from)?.streams.get(stream)?.after;
      if (from !== undefined && !(after && this._options.restorable(after))) {
        this._needs.set(stream, { from, by: n });
      }
    }
    for (const [stream, { before }] of streams) {
      const from = this._changers.get(stream)?.get(n);
      if (from === undefined) {
        continue;
      }
      const seeded = this._options.effects.get(from)?.seeds.has(libraryOf(stream)) ?? false;
      if (seeded || before === null || !this._options.restorable(before)) {
        this._needs.set(stream, { from, by: n });
      }
    }
  }

  private readonly _changers: ReadonlyMap<string, ReadonlyMap<number, number>>;
  private readonly _needs = new Map<string, { readonly from: number; readonly by: number }>();
}

/** For each stream and each execution that draws from it, or may, the one that drew from it last before. */
function changersOf({ executions, effects }: IStreamOptions): Map<string, Map<number, number>> {
  const changers = new Map<string, Map<number, number>>();
  const last = new Map<string, number>();
  for (const execution of executions) {
    const { n } = execution;
    const drawn = effects.get(n)?.streams;
    for (const stream of startsTasks(execution) ? last.keys() : (drawn?.keys() ?? [])) {
      const before = last.get(stream);
      if (before !== undefined) {
        const known = changers.get(stream) ?? new Map<number, number>();
        changers.set(stream, known.set(n, before));
      }
    }
    for (const stream of drawn?.keys() ?? []) {
      last.set(stream, n);
    }
  }
  return changers;
}

/** The library that a stream belongs to, as `seed` events name it. */
function libraryOf(stream: string): string {
  return stream.replace(/:\d+$/, '');
}
