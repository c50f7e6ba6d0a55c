/**
 * Which executions logged metrics.
 */

/** Finds the executions in the pieces of a `metrics.jsonl`, without reading its points. */
export class MetricCells {
  /** Takes in the next piece. It may end anywhere. */
  feed(piece: string): void {
    const text = this._rest + piece;
    for (const [, cell] of text.matchAll(/[{,]\s*"cell"\s*:\s*(\d+)(?=\s*[,}])/g)) {
      this._cells.add(Number(cell));
    }
    this._rest = text.slice(-40);
  }

  /** The numbers of the executions, in order. */
  get cells(): number[] {
    return [...this._cells].sort((a, b) => a - b);
  }

  private readonly _cells = new Set<number>();
  private _rest = '';
}
