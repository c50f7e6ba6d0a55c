/** The stacks of errors that a notebook prints: paths may have names of metrics, and lines of code values. */
const FRAME = /^\s*at (?:.*\((?:.*:\d+:\d+|index \d+)\)|\S*:\d+:\d+)$/;
/** A place of Python, behind which its line of code is shown. */
const PLACE = /^\s*File ".*", line \d+/;
const SOURCE = /^ {4}/;

/** Tells which lines of a stream are of a stack. */
export class Traced {
  /** Whether a line tells a place in the code, or shows the code there. */
  covers(line: string): boolean {
    const isPlace = PLACE.test(line);
    this._isShown = isPlace || (this._isShown && SOURCE.test(line));
    return this._isShown || FRAME.test(line);
  }

  /** Whether the line before was of a place, or of its code. */
  private _isShown = false;
}
