/** A chart that can show what it has at a place. */
export interface IHoverable {
  /** @param x - a place on the horizontal axis; null for none */
  hoverAt(x: number | string | null): void;
}

/** Charts of which all show the same place when the pointer is over one of them. */
export class HoverGroup {
  /** Whether the pointer is over one of them. */
  get isOver(): boolean {
    return this._x !== null;
  }

  add(chart: IHoverable): void {
    this._charts.add(chart);
  }

  remove(chart: IHoverable): void {
    this._charts.delete(chart);
  }

  /** The pointer is over a chart; the others follow in the next frame, and only to the last place. */
  tell(from: IHoverable, x: number | string | null): void {
    this._from = from;
    this._x = x;
    this._frame ??= requestAnimationFrame(() => {
      this._frame = null;
      for (const chart of this._charts) {
        if (chart !== this._from) {
          chart.hoverAt(this._x);
        }
      }
    });
  }

  private _charts = new Set<IHoverable>();
  private _frame: number | null = null;
  private _from: IHoverable | null = null;
  private _x: number | string | null = null;
}
