import type { IDisposable } from '@lumino/disposable';
import type { ILine, XAxis } from './axis.js';
import { figureOf, type ChartSize, type Unit } from './figure.js';
import { painter } from './painter.js';
import { loadPlotly, type PlotlyModule } from './plotly.js';
import { onThemeChanged, readTheme, type IChartTheme } from './theme.js';

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
    this._theme = onThemeChanged(() => {
      this._colours = null;
      this._schedule();
    });
    this._resize = new ResizeObserver(entries => {
      const { width, height } = entries[entries.length - 1].contentRect;
      this._size = { width: Math.round(width), height: Math.round(height) };
      this._schedule();
    });
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

  /**
   * Draw a line in the next turn.
   *
   * @param line - gives the line as it is when the turn has come
   */
  draw(line: () => ILine, axis: XAxis): void {
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
    if (!plotly || !line || this._isDisposed || this._size.width === 0) {
      return;
    }
    // Whatever is read from the page here would have it laid out for every chart of every turn.
    this._colours ??= readTheme(host);
    const { data, layout, config } = figureOf({
      line: line(),
      axis,
      size: this._options.size,
      theme: this._colours,
      axisTitle: this._options.sentences[axis],
      unit: this._options.unit ?? '',
      fileName: this._options.metric.replace(/[^\w.-]+/g, '-')
    });
    // Plotly keeps the size it was first drawn at unless it is told another.
    Object.assign(layout, this._size);
    await plotly.react(host, data, layout, config);
  };

  private _axis: XAxis = 'step';
  private _colours: IChartTheme | null = null;
  private _host: HTMLElement;
  private _isDisposed = false;
  private _isSeen = false;
  private _line: (() => ILine) | null = null;
  private _options: MetricChart.IOptions;
  private _plotly: PlotlyModule | null = null;
  private _resize: ResizeObserver;
  private _sight: IntersectionObserver;
  private _size = { width: 0, height: 0 };
  private _theme: IDisposable;
}

/** Types of the chart. */
export namespace MetricChart {
  export interface IOptions {
    readonly metric: string;
    readonly size: ChartSize;
    readonly unit?: Unit;
    readonly sentences: {
      readonly noPlotly: string;
      readonly step: string;
      readonly time: string;
    };
  }
}
