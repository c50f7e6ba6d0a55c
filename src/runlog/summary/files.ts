import type { JsonObject } from '../json.js';
import type { IStamp } from '../order.js';
import { LatestByKey } from './latest.js';

/**
 * The files that a run read, or wrote, in place.
 *
 * #### Notes
 * A large file is told of twice: when its execution ended, without a hash, and when it was hashed.
 * What was told first gives way then.
 */
export class Files {
  set(line: JsonObject, entry: JsonObject, stamp: IStamp): void {
    this._entries.set(JSON.stringify([line.path, line.sha256 ?? null]), entry, stamp);
    if (typeof line.sha256 === 'string') {
      this._hashed.add(useOf(line));
    }
  }

  /** In the order of the events that count. */
  values(): JsonObject[] {
    return this._entries
      .values()
      .filter(entry => typeof entry.sha256 === 'string' || !this._hashed.has(useOf(entry)));
  }

  private _entries = new LatestByKey<JsonObject>();
  private _hashed = new Set<string>();
}

function useOf(entry: JsonObject): string {
  return JSON.stringify([entry.path, entry.cell ?? null]);
}
