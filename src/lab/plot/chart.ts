import type { IDisposable } from '@lumino/disposable';
import type { Layout, PlotlyHTMLElement } from 'plotly.js-dist-min';
import type { ILine } from './axis.js';
import { PLAIN_CHOICE, type IPlotChoice } from './choice.js';
import { LiveDrawing, outlineOf, type ILiveFigure, type IOutline } from './livedrawing.js';
import { figureOf, type ChartSize, type IPlacedMark, type Unit } from './figure.js';
import type { HoverGroup, IHoverable } from './hover.js';
import { painter } from './painter.js';
import { loadPlotly, type PlotlyModule } from './plotly.js';
import { onThemeChanged, readTheme, type IChartTheme } from './theme.js';

/** How long no points have to come until plotly draws all of a chart, in milliseconds. */
const SETTLED = 2000;

/**
 * One metric's chart in an element.
 *
 * #### Notes
 * Draws in its turn with the other charts of the page, and not at all while it cannot be seen. While points come in
 * the line is only drawn on; plotly draws all of it when something else changes, when the pointer is over a chart, so that
 * it shows the values of what is seen, and when no more points come.
 */
export class MetricChart implements IDisposable, IHoverable {
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
    host.addEventListener('pointerenter', () => {
      this._isTouched = true;
      this._drawAll();
    });
    host.addEventListener('pointerleave', () => {
      this._isTouched = false;
    });
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
   * @param line - gives the line and what is marked on it, as it is when the turn has come; null for none
   * @param isLive - whether only points came in
   */
  draw(line: () => IDrawn | null, choice: IPlotChoice, isLive = false): void {
    this._line = line;
    this._choice = choice;
    if (isLive) {
      this._lastPoints = performance.now();
    }
    this._schedule(isLive);
  }

  /** Shows all of the line again. */
  resetZoom(): void {
    const all: Partial<Layout> & Record<string, unknown> = {
      'xaxis.autorange': true,
      'yaxis.autorange': true
    };
    void this._plotly?.relayout(this._host, all);
    this._drawAll();
  }

  /** An image of the chart as it is now, on the ground of the theme; undefined before it is drawn. */
  async image(format: 'png' | 'svg'): Promise<string | undefined> {
    const { _plotly: plotly, _colours: theme, _size: size } = this;
    const host = this._host as Partial<PlotlyHTMLElement>;
    if (!plotly || !theme || !host.data || !host.layout) {
      return undefined;
    }
    const layout = { ...host.layout, paper_bgcolor: theme.surface, plot_bgcolor: theme.surface };
    const figure = { data: host.data, layout };
    return plotly.toImage(figure, { format, ...size, scale: format === 'png' ? 3 : 1 });
  }

  hoverAt(x: number | string | null): void {
    const plotly = this._plotly;
    if (!this._isSeen || !plotly?.Fx || this._line === null || !this._isListening) {
      return;
    }
    if (x === null) {
      plotly.Fx.unhover(this._host);
    } else if (this._isAhead) {
      this._drawAll();
    } else {
      // The last argument: nobody is told, so that no two charts answer each other for ever.
      plotly.Fx.hover(this._host, { xval: x }, 'xy', true);
    }
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    painter.cancel(this._paint);
    clearTimeout(this._settle);
    this._options.hover?.remove(this);
    this._theme.dispose();
    this._resize.disconnect();
    this._sight.disconnect();
    this._plotly?.purge(this._host);
  }

  private _schedule(isLive = false): void {
    if (this._isSeen && !this._isDisposed) {
      this._isWhole ||= !isLive;
      // Somebody waits for the first picture, also when it is the points that come in.
      painter.request(this._paint, isLive && this._isListening);
    }
  }

  /** Has plotly draw what was only drawn on. */
  private _drawAll(): void {
    if (this._isAhead) {
      this._schedule();
    }
  }

  private _paint = async (): Promise<void> => {
    const { _plotly: plotly, _line: line, _host: host, _choice: choice } = this;
    if (!plotly || !line || this._isDisposed || this._size.width === 0) {
      return;
    }
    // Whatever is read from the page here would have it laid out for every chart of every turn.
    this._colours ??= readTheme(host);
    const now = line();
    if (now === null) {
      return;
    }
    const { line: drawn, marks } = now;
    const { isLogX, isLogY, smoothing } = choice;
    const figure = {
      line: drawn,
      marks,
      smoothing,
      isLogX: isLogX && choice.axis !== 'clock',
      isLogY
    };
    if (this._drawOn(figure)) {
      return;
    }
    this._live?.leave();
    this._live = null;
    this._isWhole = this._isAhead = false;
    this._outline = outlineOf(figure);
    const { data, layout, config } = figureOf({
      line: drawn,
      marks,
      axis: choice.axis,
      isLogX,
      isLogY,
      smoothing,
      size: this._options.size,
      theme: this._colours,
      axisTitle: this._options.sentences[choice.axis],
      unit: this._options.unit ?? '',
      fileName: this._options.metric.replace(/[^\w.-]+/g, '-')
    });
    // Plotly keeps the size it was first drawn at unless it is told another.
    Object.assign(layout, this._size);
    await plotly.react(host, data, layout, config);
    if (!this._isListening) {
      this._isListening = true;
      this._listen(host as PlotlyHTMLElement);
    }
  };

  /** Draws on what is there, where that is enough. */
  private _drawOn(figure: ILiveFigure): boolean {
    if (this._isWhole || this._isTouched || this._options.hover?.isOver || !this._outline) {
      return false;
    }
    this._live ??= LiveDrawing.of(this._host, this._outline) ?? null;
    if (!this._live?.draw(figure)) {
      return false;
    }
    this._isAhead = true;
    this._settle ??= setTimeout(this._onSettled, SETTLED);
    return true;
  }

  /** Has plotly draw all of it when no points come any more. */
  private _onSettled = (): void => {
    const since = performance.now() - this._lastPoints;
    if (since < SETTLED) {
      this._settle = setTimeout(this._onSettled, SETTLED - since);
      return;
    }
    this._settle = undefined;
    if (this._isAhead) {
      this._isWhole = true;
      painter.request(this._paint, true);
    }
  };

  private _listen(host: PlotlyHTMLElement): void {
    host.on('plotly_relayout', event => {
      const [from, to] = [event['xaxis.range[0]'], event['xaxis.range[1]']].map(asPlace);
      if (from !== undefined && to !== undefined) {
        // A logarithmic axis tells the exponents.
        const isLog = this._choice.isLogX && this._choice.axis !== 'clock';
        this._options.onZoom?.(isLog ? [10 ** from, 10 ** to] : [from, to]);
      } else if (event['xaxis.autorange']) {
        this._options.onZoom?.(null);
      }
    });
    const { hover } = this._options;
    if (hover) {
      hover.add(this);
      host.on('plotly_hover', event => {
        hover.tell(this, (event.points[0]?.x as number | string | undefined) ?? null);
      });
      host.on('plotly_unhover', () => hover.tell(this, null));
    }
  }

  private _choice = PLAIN_CHOICE;
  private _colours: IChartTheme | null = null;
  private _host: HTMLElement;
  /** Whether more is drawn than plotly knows of. */
  private _isAhead = false;
  private _isDisposed = false;
  private _isListening = false;
  private _isSeen = false;
  private _isTouched = false;
  /** Whether more than the points has changed since plotly drew. */
  private _isWhole = true;
  private _lastPoints = 0;
  private _line: (() => IDrawn | null) | null = null;
  private _live: LiveDrawing | null = null;
  private _options: MetricChart.IOptions;
  private _outline: IOutline | null = null;
  private _plotly: PlotlyModule | null = null;
  private _resize: ResizeObserver;
  private _sight: IntersectionObserver;
  private _settle: ReturnType<typeof setTimeout> | undefined;
  private _size = { width: 0, height: 0 };
  private _theme: IDisposable;
}

/** What a chart draws. */
export interface IDrawn {
  readonly line: ILine;
  readonly marks: readonly IPlacedMark[];
}

/** A place on a horizontal axis; plotly tells dates as texts without a zone, in UTC. */
function asPlace(value: unknown): number | undefined {
  if (typeof value === 'string') {
    const time = Date.parse(`${value.replace(' ', 'T')}Z`);
    return Number.isNaN(time) ? undefined : time;
  }
  return typeof value === 'number' ? value : undefined;
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
      readonly clock: string;
    };
    /** Charts that show the same place when the pointer is over one of them. */
    readonly hover?: HoverGroup;
    /** Called with the part of the horizontal axis that is shown; null for all of it. */
    readonly onZoom?: (range: readonly [number, number] | null) => void;
  }
}
