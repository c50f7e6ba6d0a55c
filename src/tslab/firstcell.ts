/** What an execution recorded that may turn out to be the first of a new run. */
import { OF_EXECUTIONS } from '../runlog/index.js';

const MOST = 1000;

type Fields = Readonly<Record<string, unknown>>;

/** Events of the latest execution: a run from the top is known only when its second cell is sent. */
export class FirstCell {
  /** Remembers an event of an execution, and forgets those of earlier ones. Params are remembered by their run. */
  note(event: string, fields: Fields): void {
    const { cell } = fields;
    if (event === 'param' || !OF_EXECUTIONS.has(event) || typeof cell !== 'number') {
      return;
    }
    if (cell > this._cell) {
      this._cell = cell;
      this._events.clear();
    }
    if (cell === this._cell && this._events.size < MOST) {
      this._events.set(JSON.stringify([event, fields]), [event, fields]);
    }
  }

  /** The events of the execution `cell`, for the run that begins with it. */
  take(cell: number): ReadonlyArray<readonly [event: string, fields: Fields]> {
    const events = this._cell === cell ? [...this._events.values()] : [];
    this._events.clear();
    return events;
  }

  private _cell = 0;
  private readonly _events = new Map<string, readonly [string, Fields]>();
}
