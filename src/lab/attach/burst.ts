/** What goes ahead of a cell: nothing, the attach request, or the mark of a run from the top. */
export type Ahead = 'attach' | 'from_top' | null;

/**
 * The cells scheduled within one macrotask, of one notebook.
 *
 * #### Notes
 * The attach request goes ahead of the first of them. *Run all* schedules every code cell in one
 * macrotask, so the notebook's first code cell followed at once by its second is a run from the top.
 * Nothing is remembered beyond the macrotask: whoever owns a burst calls `end` when it is over.
 */
export class Burst {
  /**
   * A cell is about to be sent.
   *
   * @param cell - its id
   * @param firstTwo - gives the ids of the notebook's first two code cells that hold code
   */
  before(cell: string, firstTwo: () => readonly string[]): Ahead {
    const position = this._cells.push(cell);
    if (position === 1) {
      return 'attach';
    }
    if (position > 2) {
      return null;
    }
    const [first, second] = firstTwo();
    return this._cells[0] === first && cell === second ? 'from_top' : null;
  }

  /** The macrotask is over. */
  end(): void {
    this._cells = [];
  }

  private _cells: string[] = [];
}
