/** The types that the compiler knows the names of a notebook by, as it tells them to whoever points at one. */
import type { IChecker, IMade, ISourceFile } from './allocator.js';

/** What is imported, which has a type only where it comes from. */
const ALIAS = 1 << 21;
const LONGEST = 200;
const MOST = 2000;

/** The types of the names of one notebook. */
export class Types {
  /** A cell was compiled. */
  begin({ cell, checker }: IMade): void {
    this._last = cell === undefined || checker === undefined ? undefined : { cell, checker };
  }

  /** Takes the types of the names that the cell declares; the program is let go. */
  end(): void {
    const { cell, checker } = this._last ?? {};
    this._last = undefined;
    if (cell === undefined || checker === undefined) {
      return;
    }
    for (const [name, symbol] of cell.locals ?? []) {
      this._known.delete(name);
      if ((symbol.flags & ALIAS) === 0 && this._known.size < MOST) {
        try {
          const type = checker.getTypeOfSymbolAtLocation(symbol, cell);
          const text = checker.typeToString(checker.getBaseTypeOfLiteralType(type), cell);
          if (text !== 'any') {
            this._known.set(name, text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
          }
        } catch {
          // The compiler itself gives up on some.
        }
      }
    }
  }

  /** The type of a name; undefined where it is not known. */
  of(name: string): string | undefined {
    return this._known.get(name);
  }

  private readonly _known = new Map<string, string>();
  private _last: { readonly cell: ISourceFile; readonly checker: IChecker } | undefined;
}
