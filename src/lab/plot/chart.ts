import type { IDisposable } from '@lumino/disposable';
import type { ILine, XAxis } from './axis.js';
import { figureOf, type ChartSize } from './figure.js';
import { painter } from './painter.js';
import { loadPlotly, type PlotlyModule } from './plotly.js';
import { onThemeChanged, readTheme } from './theme.js';

/**
 * One metric's chart in an element.
 *
 * #### Notes
 * Draws in its turn with the other charts of the page, and not at all while it cannot be seen.
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
    painter.cancel(this._paint);
    this._theme.dispose();
    this._resize.disconnect();
    this._sight.disconnect();
    this._plotly?.purge(this._host);
  }

  private _schedule(): void {
    if (this._isSeen && !this._isDisposed) {
      painter.request(this._paint);
    }
  }

  private _paint = async (): Promise<void> => {
    const { _plotly: plotly, _line: line, _host: host, _axis: axis } = this;
    if (!plotly || !line || this._isDisposed || host.clientWidth === 0) {
      return;
    }
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
  };

  private _axis: XAxis = 'step';
  private _host: HTMLElement;
  private _isDisposed = false;
  private _isSeen = false;
  private _line: ILine | null = null;
  private _options: MetricChart.IOptions;
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
