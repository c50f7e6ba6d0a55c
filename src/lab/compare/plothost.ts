import type { IDisposable } from '@lumino/disposable';
import type { Config, Data, Layout } from 'plotly.js-dist-min';
import { painter } from '../plot/painter.js';
import { loadPlotly, type PlotlyModule } from '../plot/plotly.js';
import { onThemeChanged, readTheme, type IChartTheme } from '../plot/theme.js';

/** What plotly draws. */
export interface IFigure {
  readonly data: Data[];
  readonly layout: Partial<Layout>;
  readonly config: Partial<Config>;
}

/** A figure in the colours of a theme. */
export type MakeFigure = (theme: IChartTheme) => IFigure;

/**
 * A figure in an element: it follows the element's size and the theme, and is drawn in its turn with the
 * other charts of the page.
 */
export class PlotHost implements IDisposable {
  /** @param failed - what is said where plotly cannot be fetched */
  constructor(
    private readonly _host: HTMLElement,
    failed: string
  ) {
    this._theme = onThemeChanged(() => this._schedule());
    this._resize = new ResizeObserver(() => this._schedule());
    this._resize.observe(_host);
    this._sight = new IntersectionObserver(entries => {
      this._isSeen = entries[entries.length - 1].isIntersecting;
      this._schedule();
    });
    this._sight.observe(_host);
    loadPlotly().then(
      plotly => {
        this._plotly = plotly;
        this._schedule();
      },
      () => {
        _host.textContent = failed;
      }
    );
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Draw a figure in the next turn. */
  draw(make: MakeFigure): void {
    this._make = make;
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
    const { _plotly: plotly, _make: make, _host: host } = this;
    const { clientWidth: width, clientHeight: height } = host;
    if (plotly && make && !this._isDisposed && width > 0) {
      const { data, layout, config } = make(readTheme(host));
      await plotly.react(host, data, { ...layout, width, height }, config);
    }
  };

  private _isDisposed = false;
  private _isSeen = false;
  private _make: MakeFigure | null = null;
  private _plotly: PlotlyModule | null = null;
  private _resize: ResizeObserver;
  private _sight: IntersectionObserver;
  private _theme: IDisposable;
}
