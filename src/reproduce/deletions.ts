/**
 * Names that cells deleted, and who would notice if they had not.
 *
 * #### Notes
 * A record does not have that a cell found no such name. So the sources are asked: who mentions a deleted
 * name without having bound it, and without the record saying that it was read, found that it is gone
 * (`except NameError`, `in globals()`), or means one of Python's own.
 */

import type { IEffects } from './effects.js';

/** See above. Follows a session backwards. */
export class Deletions {
  constructor(effects: ReadonlyMap<number, IEffects>) {
    this._names = new Set([...effects.values()].flatMap(({ deleted }) => [...deleted]));
  }

  /** Takes in an execution that is kept. */
  demand(n: number, source: string, { bound, reads, deleted }: IEffects): void {
    for (const name of this._names) {
      if (bound.has(name) || deleted.has(name)) {
        this._missed.delete(name);
      } else if (!reads.has(name) && new RegExp(`(?<![\\w.])${name}\\b`).test(source)) {
        this._missed.set(name, n);
      }
    }
    this._any = n;
  }

  /** The nearest kept execution that notices that a name is gone. */
  noticed(name: string): number | undefined {
    return this._missed.get(name) ?? (PYTHONS_OWN.test(name) ? this._any : undefined);
  }

  private readonly _names: ReadonlySet<string>;
  private readonly _missed = new Map<string, number>();
  private _any: number | undefined;
}

/** Functions use these where the record does not show it: of Python's own, those that notebooks bind. */
const PYTHONS_OWN =
  /^(?:abs|all|any|bool|bytes|chr|complex|dict|dir|enumerate|filter|float|format|hash|hex|id|input|int|isinstance|iter|len|list|map|max|min|next|object|open|ord|pow|print|property|range|repr|reversed|round|set|slice|sorted|str|sum|super|tuple|type|vars|zip)$/;
