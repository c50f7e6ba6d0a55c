/**
 * Paths with the time, or an id, in them: a replay writes the same file under another name.
 */

import type { IPlayedCell } from './played.js';
import { readsClock } from './traits.js';

/** See above: the texts that are new in a replay, and what the paths with them became. */
export class RenewedPaths {
  /** Notes a value that is new each time, as it is shown on both sides. */
  note(recorded: string, replayed: string): void {
    const [then, now] = [recorded, replayed].map(text => /^(['"])(.{4,77})\1$/.exec(text)?.[2]);
    if (then !== undefined && now !== undefined) {
      this._texts.push([then, now]);
    }
  }

  /**
   * What a path that a cell wrote became in a replay; undefined: that is not known.
   *
   * @param written - the paths that the cell wrote in the replay
   */
  of(path: string, cell: IPlayedCell, written: Iterable<string>): string | undefined {
    const others = [...written].filter(one => !cell.files.has(one));
    const renewed = this._texts
      .filter(([then]) => path.includes(then))
      .map(([then, now]) => path.replaceAll(then, now));
    const found = others.find(one => renewed.includes(one));
    if (found !== undefined || !readsClock(cell.source)) {
      return found;
    }
    const bare = withoutNumbers(path);
    const alike = others.filter(one => withoutNumbers(one) === bare);
    return alike.length === 1 ? alike[0] : undefined;
  }

  private readonly _texts: Array<[then: string, now: string]> = [];
}

function withoutNumbers(path: string): string {
  return path.replace(/\d+/g, '0');
}
