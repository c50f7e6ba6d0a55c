/** Draws something, and is done when the promise resolves. */
export type Paint = () => Promise<void>;

/** How long a turn may be, in milliseconds, where it is more than one chart. */
const TURN = 32;

/**
 * The turns in which all charts of the page are drawn: as many in a turn as are quickly done, each as
 * often as the others.
 *
 * #### Notes
 * Between two turns the page has as much time to itself as the last one took, so that it stays
 * usable however many charts are live and however slow they are.
 */
export class Painter {
  /** Draw in the next turn that is free; a chart that waits already keeps its place. */
  request(paint: Paint): void {
    this._waiting.add(paint);
    this._next(0);
  }

  /** Give up the place. */
  cancel(paint: Paint): void {
    this._waiting.delete(paint);
  }

  private _next(pause: number): void {
    if (this._isBusy || this._waiting.size === 0) {
      return;
    }
    this._isBusy = true;
    setTimeout(() => requestAnimationFrame(() => void this._paint()), pause);
  }

  private async _paint(): Promise<void> {
    const begun = performance.now();
    let now = begun;
    // A chart that wants to be drawn again meanwhile waits for the next turn.
    for (const paint of [...this._waiting]) {
      const before = now;
      try {
        if (this._waiting.delete(paint)) {
          await paint();
        }
      } catch {
        // The chart keeps what it shows, and the others have their turns.
      }
      now = performance.now();
      // The next one will take about as long.
      if (now - begun + (now - before) > TURN) {
        break;
      }
    }
    this._isBusy = false;
    this._next(now - begun);
  }

  private _isBusy = false;
  private _waiting = new Set<Paint>();
}

/** The one painter of the page. */
export const painter = new Painter();
