/**
 * Which rows of a list are selected, and on which of them the keyboard stands.
 *
 * #### Notes
 * What is no longer in the list is no longer selected: nothing is done to runs that cannot be seen.
 */
export class Selection {
  /** The id of the row on which the keyboard stands; null when there is none. */
  get cursor(): string | null {
    return this._cursor;
  }

  /** The selected ids in the order of the list. */
  get ids(): readonly string[] {
    return this._order.filter(id => this._ids.has(id));
  }

  /** How many are selected. */
  get size(): number {
    return this._ids.size;
  }

  has(id: string): boolean {
    return this._ids.has(id);
  }

  /** Takes the ids that the list has now, in their order. */
  keep(order: readonly string[]): void {
    this._order = order;
    if (this._cursor === null) {
      return;
    }
    const there = new Set(order);
    this._ids = new Set([...this._ids].filter(id => there.has(id)));
    this._anchor = this._anchor !== null && there.has(this._anchor) ? this._anchor : null;
    if (!there.has(this._cursor)) {
      this._cursor = null;
    }
  }

  /** Selects one row alone; null none. */
  set(id: string | null): void {
    this._cursor = this._anchor = id;
    this._ids = new Set(id === null ? [] : [id]);
  }

  /** Selects a row beside the others, or takes it out. */
  toggle(id: string): void {
    this._cursor = this._anchor = id;
    if (!this._ids.delete(id)) {
      this._ids.add(id);
    }
  }

  /** Selects what stands between the row that was selected first and this one, both included. */
  extendTo(id: string): void {
    const from = this._order.indexOf(this._anchor ?? this._cursor ?? id);
    const to = this._order.indexOf(id);
    if (to < 0) {
      return;
    }
    this._anchor ??= id;
    this._cursor = id;
    this._ids = new Set(this._order.slice(Math.min(from, to), Math.max(from, to) + 1));
  }

  /** Selects all. */
  all(): void {
    this._ids = new Set(this._order);
    this._cursor ??= this._order[0] ?? null;
  }

  /** Leaves only the row selected on which the keyboard stands. */
  collapse(): void {
    this.set(this._cursor);
  }

  /** The id of the row that stands `by` rows below the cursor, within the list. */
  beside(by: number): string | null {
    const at = this._cursor === null ? -1 : this._order.indexOf(this._cursor);
    const to = at < 0 ? 0 : Math.min(Math.max(at + by, 0), this._order.length - 1);
    return this._order[to] ?? null;
  }

  private _anchor: string | null = null;
  private _cursor: string | null = null;
  private _ids = new Set<string>();
  private _order: readonly string[] = [];
}
