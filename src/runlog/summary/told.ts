import type { JsonObject } from '../json.js';
import type { IStamp } from '../order.js';
import type { EventKind } from '../schema.js';

/** Events that say what an execution used or made. */
export const OF_EXECUTIONS: ReadonlySet<string> = new Set([
  'param',
  'input',
  'output',
  'dataset',
  'seed'
]);

/** An event that a run was told. */
export interface ITold {
  readonly kind: EventKind;
  readonly line: JsonObject;
  readonly stamp: IStamp;
}

/**
 * What a run that is open was told of its executions.
 *
 * #### Notes
 * The first of all cells that are run is known as such only when the second one is sent. Then the run
 * before ends, and what it was told of that execution is the next run's.
 */
export class Told {
  /** Remembers an event that says what an execution used or made, until the run has ended. */
  note(kind: EventKind, line: JsonObject, stamp: IStamp): void {
    if (OF_EXECUTIONS.has(kind)) {
      this._events?.push({ kind, line, stamp });
    }
  }

  /** The run ended: all that is left of what it was told, or undefined where nothing was handed over. */
  kept({ handed_over: first }: JsonObject): ITold[] | undefined {
    const events = this._events ?? [];
    this._events = undefined;
    return typeof first === 'number'
      ? events.filter(({ line: { cell } }) => typeof cell !== 'number' || cell < first)
      : undefined;
  }

  private _events: ITold[] | undefined = [];
}
