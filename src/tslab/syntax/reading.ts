/** The JavaScript of one execution, read once for all who want to know something of it. */
import { type IBindings, readBindings } from './bindings.js';
import { type ICellCode, readCell } from './cellcode.js';
import { type ITree, parse } from './compiler.js';

/** Nothing is read before it is asked for. */
export class Reading {
  /** @param code - what was made of the cell. */
  constructor(readonly code: string) {
    this._code = withoutHelpers(code);
  }

  /** Undefined where there is no compiler. */
  get tree(): ITree | undefined {
    return (this._tree ??= { of: parse(this._code) }).of;
  }

  /** What it does with names; undefined where that cannot be read. */
  get cell(): ICellCode | undefined {
    return (this._cell ??= { of: this.tree && readCell(this.tree) }).of;
  }

  /** How it binds names. */
  get bindings(): IBindings | undefined {
    return (this._bindings ??= { of: this.tree && readBindings(this.tree) }).of;
  }

  private readonly _code: string;
  private _bindings: { of: IBindings | undefined } | undefined;
  private _cell: { of: ICellCode | undefined } | undefined;
  private _tree: { of: ITree | undefined } | undefined;
}

/** Readings of cells that were executed lately: many are executed again as they are. */
const lately = new Map<string, Reading>();
const MOST = 50;
const LONGEST = 20_000;

/** The reading of a cell, from what was made of it. */
export function readingOf(code: string): Reading {
  const reading = lately.get(code) ?? new Reading(code);
  if (code.length <= LONGEST) {
    // The last one is the one that was wanted last.
    lately.delete(code);
    lately.set(code, reading);
    if (lately.size > MOST) {
      lately.delete(lately.keys().next().value!);
    }
  }
  return reading;
}

const HELPER = /^var (__\w+) = \(this && this\.__\w+\)[^]*?^\}\)*;$/gm;

/** Without the functions that the compiler puts before the code: to parse them takes longer than most cells do. */
function withoutHelpers(code: string): string {
  return code.includes('(this && this.__') ? code.replace(HELPER, 'var $1;') : code;
}
