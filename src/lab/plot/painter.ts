/** Draws something, and is done when the promise resolves. */
export type Paint = () => Promise<void>;

/** A turn: how long it may be where it is more than one chart, in milliseconds, and how much of it the page rests. */
interface IPace {
  readonly turn: number;
  readonly rest: number;
}

/** For charts that somebody waits for. */
const SOON: IPace = { turn: 32, rest: 1 };

/** For points that come in by themselves: a sixth of the page's time, and nothing else waits for long. */
const LIVE: IPace = { turn: 9, rest: 5 };

/**
 * The turns in which all charts of the page are drawn: as many in a turn as are quickly done, each as
 * often as the others. Those that somebody waits for come first.
 *
 * #### Notes
 * Between two turns the page has time to itself, as long as the last one took or some times as long, so that it
 * stays usable however many charts are live and however slow they are: the more there are, the less often each is
 * drawn. No point is lost by that, since a chart draws all there are when it has its turn.
 */
export class Painter {
  /**
   * Draw in the next turn that is free; a chart that waits already keeps its place.
   *
   * @param isLive - whether only points came in: then it may take a while
   */
  request(paint: Paint, isLive = false): void {
    if (!isLive) {
      this._live.delete(paint);
      this._soon.add(paint);
    } else if (!this._soon.has(paint)) {
      this._live.add(paint);
    }
    this._next();
  }

  /** Give up the place. */
  cancel(paint: Paint): void {
    this._soon.delete(paint);
    this._live.delete(paint);
  }

  /** Has the next turn come when the page has rested. */
  private _next(): void {
    if (this._isPainting || this._soon.size + this._live.size === 0) {
      return;
    }
    const due = this._soon.size > 0 ? this._soonDue : this._liveDue;
    if (this._timer !== undefined && this._due <= due) {
      return;
    }
    clearTimeout(this._timer);
    this._due = due;
    this._timer = setTimeout(
      () => {
        this._timer = undefined;
        this._isPainting = true;
        requestAnimationFrame(() => void this._paint());
      },
      Math.max(0, due - performance.now())
    );
  }

  private async _paint(): Promise<void> {
    const isSoon = this._soon.size > 0;
    const [waiting, pace] = isSoon ? [this._soon, SOON] : [this._live, LIVE];
    const most = isSoon ? Infinity : this._most;
    const begun = performance.now();
    let now = begun;
    let count = 0;
    // A chart that wants to be drawn again meanwhile waits for the next turn.
    for (const paint of [...waiting].slice(0, most)) {
      const before = now;
      try {
        if (waiting.delete(paint)) {
          await paint();
        }
      } catch {
        // The chart keeps what it shows, and the others have their turns.
      }
      count++;
      now = performance.now();
      // The next one will take about as long.
      if (now - begun + (now - before) > pace.turn) {
        break;
      }
    }
    // What the browser does for this frame takes about as long as plotly; it is done when a message comes through.
    await afterFrame();
    const end = performance.now();
    if (!isSoon) {
      // One more, or one less, until a turn takes as long as it may, the frame included.
      this._most = end - begun > pace.turn ? Math.max(1, count - 1) : count + 1;
    }
    this._soonDue = isSoon ? end + pace.rest * (end - begun) : end;
    this._liveDue = end + pace.rest * (end - begun);
    this._isPainting = false;
    this._next();
  }

  private _due = 0;
  private _isPainting = false;
  private _live = new Set<Paint>();
  private _liveDue = 0;
  /** How many live charts are drawn in a turn. */
  private _most = 1;
  private _soon = new Set<Paint>();
  private _soonDue = 0;
  private _timer: ReturnType<typeof setTimeout> | undefined;
}

/** Resolves when the frame is done in which it is called. */
function afterFrame(): Promise<void> {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** The one painter of the page. */
export const painter = new Painter();
