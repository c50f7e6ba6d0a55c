/** The texts of warnings, whose numbers are none of the notebook's results. */
const HEAD = /^(?:\S.*:\d+: (?:\w+\.)*\w*Warning: |\(node:\d+\) )/;
/** The line of code that a warning ends with, where it can be shown. */
const SOURCE = /^ {2}\S/;
const LONGEST = 15;

/** Tells which lines of a stream are of a warning. */
export class Warned {
  /** Whether a line belongs to a warning: its first, the rest of its text, or its line of code. */
  covers(line: string): boolean {
    if (HEAD.test(line)) {
      this._left = line.startsWith('(node:') ? 0 : LONGEST;
      return true;
    }
    if (this._left === 0 || line.includes('%|')) {
      this._left = 0;
      return false;
    }
    this._left = SOURCE.test(line) ? 0 : this._left - 1;
    return true;
  }

  private _left = 0;
}
