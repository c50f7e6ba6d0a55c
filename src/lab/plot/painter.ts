/** Draws something, and is done when the promise resolves. */
export type Paint = () => Promise<void>;

/** A turn: how long it may be where it is more than one chart, in milliseconds, and how much of it the page rests. */
interface IPace {
  readonly turn: number;
  readonly rest: number;
}

/** For charts that somebody waits for. */
const SOON: IPace = { turn: 32, rest: 1 };

/** For points that come in by themselves: a fifth of the page's time, and nothing else waits for long. */
const LIVE: IPace = { turn: 16, rest: 4 };

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
    this._next(0);
  }

  /** Give up the place. */
  cancel(paint: Paint): void {
    this._soon.delete(paint);
    this._live.delete(paint);
  }

  private _next(pause: number): void {
    if (this._isBusy || this._soon.size + this._live.size === 0) {
      return;
    }
    this._isBusy = true;
    setTimeout(() => requestAnimationFrame(() => void this._paint()), pause);
  }

  private async _paint(): Promise<void> {
    const begun = performance.now();
    let now = begun;
    const [waiting, pace] = this._soon.size > 0 ? [this._soon, SOON] : [this._live, LIVE];
    // A chart that wants to be drawn again meanwhile waits for the next turn.
    for (const paint of [...waiting]) {
      const before = now;
      try {
        if (waiting.delete(paint)) {
          await paint();
        }
      } catch {
        // The chart keeps what it shows, and the others have their turns.
      }
      now = performance.now();
      // The next one will take about as long.
      if (now - begun + (now - before) > pace.turn) {
        break;
      }
    }
    // What the browser does for this frame takes about as long as plotly; it is done when a message comes through.
    await afterFrame();
    this._isBusy = false;
    this._next(pace.rest * (performance.now() - begun));
  }

  private _isBusy = false;
  private _live = new Set<Paint>();
  private _soon = new Set<Paint>();
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
