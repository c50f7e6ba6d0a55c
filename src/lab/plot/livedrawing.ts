import { AxisNodes, type IDrawnAxis } from './axisnodes.js';
import type { ILine } from './axis.js';
import { MARKED, type IPlacedMark } from './figure.js';
import {
  endsOf,
  grown,
  extremesOf,
  isAlike,
  MARGIN,
  pathOf,
  pixelsOf,
  scaleOf,
  type Span
} from './fit.js';
import { smoothed } from './smooth.js';

/** What is drawn: a line, how much it is smoothed, and what is marked on it. */
export interface ILiveFigure {
  readonly line: ILine;
  readonly smoothing: number;
  readonly marks: readonly IPlacedMark[];
  readonly isLogX: boolean;
  readonly isLogY: boolean;
}

/** What has to be known of a figure to go on from it; its points may be others by then. */
export interface IOutline {
  readonly unit: ILine['unit'];
  readonly count: number;
  readonly smoothing: number;
  readonly marks: readonly IPlacedMark[];
  readonly x: Span | undefined;
  readonly y: Span | undefined;
}

/** What there is to know of a figure. */
export function outlineOf({ line, smoothing, marks, isLogX, isLogY }: ILiveFigure): IOutline {
  return {
    unit: line.unit,
    count: line.x.length,
    smoothing,
    marks,
    x: extremesOf(line.x, scaleOf(isLogX)),
    y: extremesOf(line.y, scaleOf(isLogY))
  };
}

/** A chart as plotly leaves it. */
type DrawnChart = HTMLElement & {
  readonly data?: { x: readonly number[]; y: readonly (number | null)[] }[];
  readonly _fullLayout?: { readonly xaxis?: IDrawnAxis; readonly yaxis?: IDrawnAxis };
};

/**
 * Draws the points that come into a chart which plotly has drawn: the line grows, the axes with it, and nothing else is made
 * anew.
 *
 * #### Notes
 * Plotly makes all of a chart again for every new point, which takes some ten milliseconds; this takes a
 * fraction of one. It only does what plotly would do: whether it would is found out from what plotly drew before, and where
 * that was something else, or where more than the points has changed, `draw` does nothing and says so. `leave` gives
 * the chart back to plotly.
 */
export class LiveDrawing {
  private constructor(
    private readonly _host: DrawnChart,
    private readonly _before: IOutline,
    x: IDrawnAxis,
    y: IDrawnAxis
  ) {
    this._x = sideOf(new AxisNodes(_host, 'x', x), 0, x._length);
    this._y = sideOf(new AxisNodes(_host, 'y', y), MARGIN, y._length);
    this._lines = [..._host.querySelectorAll<SVGPathElement>('.scatterlayer .lines > .js-line')];
    this._marks = [..._host.querySelectorAll<SVGElement>('.shapelayer > .shape-group')];
  }

  /**
   * Takes over a chart; undefined where it is not one that can be drawn here.
   *
   * @param host - what plotly drew in
   * @param outline - of what it drew
   */
  static of(host: HTMLElement, outline: IOutline): LiveDrawing | undefined {
    const { xaxis, yaxis } = (host as DrawnChart)._fullLayout ?? {};
    // Somebody who zoomed keeps what he sees.
    if (!xaxis || !yaxis || xaxis.autorange !== true || yaxis.autorange !== true) {
      return undefined;
    }
    const drawing = new LiveDrawing(host, outline, xaxis, yaxis);
    return drawing._isUnderstood() ? drawing : undefined;
  }

  /**
   * Draws the line with the points that it has now.
   *
   * @returns whether it is drawn; else plotly has to
   */
  draw(figure: ILiveFigure): boolean {
    const { line, smoothing, marks, isLogX, isLogY } = figure;
    const before = this._before;
    const now = outlineOf(figure);
    const isSame =
      now.unit === before.unit &&
      smoothing === before.smoothing &&
      marks.length === before.marks.length &&
      marks.every(({ label }, at) => label === before.marks[at].label);
    const horizontal = isSame && endsFor(this._x, now.x, before.x);
    const vertical = isSame && endsFor(this._y, now.y, before.y);
    if (!horizontal || !vertical || !show(this._x, horizontal) || !show(this._y, vertical)) {
      return false;
    }
    const [scaleX, scaleY] = [scaleOf(isLogX), scaleOf(isLogY)];
    const toX = pixelsOf(this._x.ends, this._x.length);
    const toY = pixelsOf(this._y.ends, this._y.length);
    const x = line.x.map(value => toX(scaleX(value)));
    const lines = smoothing > 0 ? [line.y, smoothed(line.y, smoothing)] : [line.y];
    lines.forEach((values, at) => {
      const y = values.map(value => this._y.length - toY(scaleY(value)));
      this._lines[at].setAttribute('d', pathOf(x, y));
      // Who asks the chart what it shows hears what it shows.
      Object.assign(this._host.data?.[at] ?? {}, { x: line.x, y: values });
    });
    // The marks move with the ticks only.
    const was = pixelsOf(this._x.nodes.ends, this._x.length);
    this._marks.forEach((node, at) => {
      const moved = toX(scaleX(marks[at].x)) - was(scaleX(before.marks[at].x));
      node.setAttribute('transform', `translate(${moved.toFixed(2)},0)`);
    });
    return true;
  }

  /** Gives the chart back to plotly. */
  leave(): void {
    this._x.nodes.leave();
    this._y.nodes.leave();
    this._marks.forEach(node => node.removeAttribute('transform'));
  }

  private _isUnderstood(): boolean {
    const { count, smoothing, marks } = this._before;
    return (
      count > MARKED &&
      this._lines.length === (smoothing > 0 ? 2 : 1) &&
      this._marks.length === marks.length &&
      this._x.nodes.isUsable &&
      this._y.nodes.isUsable
    );
  }

  private readonly _lines: readonly SVGPathElement[];
  private readonly _marks: readonly SVGElement[];
  private readonly _x: ISide;
  private readonly _y: ISide;
}

/** One axis, and how much room there is at its ends. */
interface ISide {
  readonly nodes: AxisNodes;
  readonly margin: number;
  readonly length: number;
  /** The ends that are shown now. */
  ends: Span;
}

function sideOf(nodes: AxisNodes, margin: number, length: number): ISide {
  return { nodes, margin, length, ends: nodes.ends };
}

/** Shows an axis with other ends. */
function show(side: ISide, ends: Span): boolean {
  if (ends === side.ends) {
    return true;
  }
  side.ends = ends;
  return side.nodes.draw(ends);
}

/**
 * The ends of an axis for some values, in the way that plotly found them for those before, with a little room into
 * which the line grows; undefined if it is not known.
 */
function endsFor(
  { nodes, margin, ends: shown }: ISide,
  now: Span | undefined,
  before: Span | undefined
): Span | undefined {
  if (!now || !before) {
    return undefined;
  }
  if (now[0] === before[0] && now[1] === before[1]) {
    return nodes.ends;
  }
  const ends = endsOf(before, margin);
  return ends && isAlike(ends, nodes.ends) ? grown(shown, now, margin) : undefined;
}
