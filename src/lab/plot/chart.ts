import type { IDisposable } from '@lumino/disposable';
import type { ILine, XAxis } from './axis.js';
import { figureOf, type ChartSize } from './figure.js';
import { loadPlotly, type PlotlyModule } from './plotly.js';
import { onThemeChanged, readTheme } from './theme.js';

/**
 * One metric's chart in an element.
 *
 * #### Notes
 * Draws at most once a frame, less often where drawing takes long, and not at all while it cannot
 * be seen.
 */
export class MetricChart implements IDisposable {
  constructor(host: HTMLElement, options: MetricChart.IOptions) {
    this._host = host;
    this._options = options;
    this._theme = onThemeChanged(() => this._schedule());
    this._resize = new ResizeObserver(() => this._schedule());
    this._resize.observe(host);
    this._sight = new IntersectionObserver(entries => {
      this._isSeen = entries[entries.length - 1].isIntersecting;
      this._schedule();
    });
    this._sight.observe(host);
    loadPlotly().then(
      plotly => {
        this._plotly = plotly;
        this._schedule();
      },
      () => {
        host.textContent = options.sentences.noPlotly;
      }
    );
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Draw a line in the next frame. */
  draw(line: ILine, axis: XAxis): void {
    this._line = line;
    this._axis = axis;
    this._schedule();
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    cancelAnimationFrame(this._frame);
    clearTimeout(this._pause);
    this._theme.dispose();
    this._resize.disconnect();
    this._sight.disconnect();
    this._plotly?.purge(this._host);
  }

  private _schedule(): void {
    this._isStale = true;
    if (this._frame || this._pause || this._isDisposed || !this._isSeen) {
      return;
    }
    this._frame = requestAnimationFrame(() => {
      this._frame = 0;
      void this._paint();
    });
  }

  private async _paint(): Promise<void> {
    const { _plotly: plotly, _line: line, _host: host, _axis: axis } = this;
    if (!plotly || !line || this._isDisposed || host.clientWidth === 0) {
      return;
    }
    const begun = performance.now();
    this._isStale = false;
    const { data, layout, config } = figureOf({
      line,
      axis,
      size: this._options.size,
      theme: readTheme(host),
      axisTitle: this._options.sentences[axis],
      fileName: this._options.metric.replace(/[^\w.-]+/g, '-')
    });
    // Plotly keeps the size it was first drawn at unless it is told another.
    Object.assign(layout, { width: host.clientWidth, height: host.clientHeight });
    await plotly.react(host, data, layout, config);
    // The page stays usable when many charts are live: a chart takes at most a fifth of the time.
    const pause = 4 * (performance.now() - begun);
    this._pause = setTimeout(
      () => {
        this._pause = undefined;
        if (this._isStale) {
          this._schedule();
        }
      },
      Math.min(pause, 1000)
    );
  }

  private _axis: XAxis = 'step';
  private _frame = 0;
  private _host: HTMLElement;
  private _isDisposed = false;
  private _isSeen = false;
  private _isStale = false;
  private _line: ILine | null = null;
  private _options: MetricChart.IOptions;
  private _pause: ReturnType<typeof setTimeout> | undefined;
  private _plotly: PlotlyModule | null = null;
  private _resize: ResizeObserver;
  private _sight: IntersectionObserver;
  private _theme: IDisposable;
}

/** Types of the chart. */
export namespace MetricChart {
  export interface IOptions {
    readonly metric: string;
    readonly size: ChartSize;
    readonly sentences: {
      readonly noPlotly: string;
      readonly step: string;
      readonly time: string;
    };
  }
}
