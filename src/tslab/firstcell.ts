/** What an execution recorded that may turn out to be the first of a new run. */
import type { Run } from './run.js';

/** Events that say what an execution used or made, and belong to each run that it is part of. */
const MOVED = new Set(['input', 'output', 'dataset', 'seed']);
const MOST = 1000;

type Fields = Readonly<Record<string, unknown>>;

/** Events of the latest execution: a run from the top is known only when its second cell is sent. */
export class FirstCell {
  /**
   * Remembers an event of an execution, and forgets those of earlier ones.
   *
   * @returns the run that is to be told of it too: a file may be hashed when its cell was taken over already.
   */
  note(run: Run, event: string, fields: Fields): Run | undefined {
    const { cell } = fields;
    if (!MOVED.has(event) || typeof cell !== 'number') {
      return undefined;
    }
    const taken = this._taken;
    if (taken?.from === run && taken.cell === cell) {
      return taken.to;
    }
    if (cell > this._cell) {
      this._cell = cell;
      this._events.clear();
    }
    if (cell === this._cell && this._events.size < MOST) {
      this._events.set(JSON.stringify([event, fields]), [event, fields]);
    }
    return undefined;
  }

  /** The events of the execution `cell`, which a new run takes over. */
  take(cell: number, from: Run, to: Run): ReadonlyArray<readonly [event: string, fields: Fields]> {
    const events = this._cell === cell ? [...this._events.values()] : [];
    this._events.clear();
    this._taken = { cell, from, to };
    return events;
  }

  private _cell = 0;
  private readonly _events = new Map<string, readonly [string, Fields]>();
  private _taken: { readonly cell: number; readonly from: Run; readonly to: Run } | undefined;
}
