import { isAlike, pixelsOf, type Span } from './fit.js';
import { tickPlaces, tickStep, tickText } from './ticks.js';

/** What is used of an axis as plotly has laid it out. */
export interface IDrawnAxis {
  readonly type: string;
  readonly autorange: unknown;
  readonly range: readonly unknown[];
  readonly dtick: unknown;
  readonly nticks: number;
  /** In pixels. */
  readonly _length: number;
  /** Where it begins, in pixels from the edge of the chart. */
  readonly _offset: number;
  /** A place as numbers are counted along the axis: exponents on a logarithmic one, milliseconds on one of dates. */
  r2l(place: unknown): number;
}

/** One of the nodes that make up a tick: its label, its line, or the grid line at it. */
interface IPart {
  readonly sample: SVGElement;
  /** Where it stands along the axis and across it, beside the place of its tick. */
  readonly along: number;
  readonly across: number;
}

/** How far an axis whose ticks are not understood may grow before plotly is asked for them. */
const STRETCH = 0.1;

/**
 * The ticks of one axis of a chart, moved, added and left out as the axis grows.
 *
 * #### Notes
 * Plotly's own nodes stay as they are, out of sight, so that it finds them when it draws next; what is shown are
 * copies of them. What plotly would do is only done here where it does as is expected: its ticks of now have
 * to be those that would be made here, else only a little is moved.
 */
export class AxisNodes {
  /**
   * @param chart - what holds the nodes
   * @param letter - x or y
   */
  constructor(
    chart: Element,
    private readonly _letter: 'x' | 'y',
    axis: IDrawnAxis
  ) {
    this.ends = [axis.r2l(axis.range[0]), axis.r2l(axis.range[1])];
    this._length = axis._length;
    this._offset = axis._offset;
    const found = chart.querySelectorAll<SVGElement>(
      `.${_letter}axislayer-above > .${_letter}tick, .gridlayer .${_letter}grid`
    );
    const places = new Map<number, string>();
    for (const node of found) {
      const place = (node as SVGElement & { __data__?: { x?: unknown } }).__data__?.x;
      const [dx, dy] = shiftOf(node);
      if (typeof place !== 'number' || Number.isNaN(dx + dy)) {
        continue;
      }
      this._own.push(node);
      if (node.textContent) {
        places.set(place, node.textContent);
      }
      const isNew = !this._parts.some(
        ({ sample }) => sample.parentNode === node.parentNode && sample.tagName === node.tagName
      );
      if (isNew) {
        const pixels = this._pixels(this.ends)(place);
        const [along, across] = _letter === 'x' ? [dx, dy] : [dy, dx];
        this._parts.push({ sample: node, along: along - pixels, across });
      }
    }
    this._places = places;
    this._step = typeof axis.dtick === 'number' ? axis.dtick : NaN;
    this._most = axis.nticks;
    this._isKnown =
      axis.type === 'linear' &&
      Math.abs(tickStep(this.ends[1] - this.ends[0], this._most) / this._step - 1) < 1e-6 &&
      [...places].every(([place, text]) => tickText(place) === text);
  }

  /** The ends that plotly drew. */
  readonly ends: Span;

  /** Whether there are ticks, where they are expected. */
  get isUsable(): boolean {
    return this._parts.length > 0 && this._parts.every(({ along }) => Math.abs(along) < 2);
  }

  /**
   * Draws the ticks for other ends.
   *
   * @returns whether it could be done
   */
  draw(ends: Span): boolean {
    const ticks = this._ticksOf(ends);
    if (!ticks) {
      return false;
    }
    for (const node of this._shown === null ? this._own : []) {
      node.style.display = 'none';
    }
    this._shown ??= [];
    const pixels = this._pixels(ends);
    let used = 0;
    for (const [place, text] of ticks) {
      for (const part of this._parts) {
        const node = (this._shown[used] ??= copyOf(part.sample));
        used++;
        node.style.display = '';
        const along = Math.round(100 * (pixels(place) + part.along)) / 100;
        const moved = movable(node);
        moved.setAttribute(
          'transform',
          this._letter === 'x'
            ? `translate(${along},${part.across})`
            : `translate(${part.across},${along})`
        );
        if (moved.tagName === 'text' && moved.textContent !== text) {
          moved.textContent = text;
        }
      }
    }
    for (const node of this._shown.slice(used)) {
      node.style.display = 'none';
    }
    return true;
  }

  /** Shows plotly's own nodes again. */
  leave(): void {
    if (this._shown) {
      this._shown.forEach(node => node.remove());
      this._own.forEach(node => node.style.removeProperty('display'));
      this._shown = null;
    }
  }

  private _ticksOf(ends: Span): (readonly [number, string])[] | undefined {
    const span = ends[1] - ends[0];
    if (this._isKnown) {
      const places = tickPlaces(ends, tickStep(span, this._most));
      return places.map(place => [place, tickText(place)] as const);
    }
    const before = this.ends[1] - this.ends[0];
    const isNear =
      isAlike(this.ends, ends) ||
      (Math.abs(ends[0] - this.ends[0]) < STRETCH * before &&
        Math.abs(ends[1] - this.ends[1]) < STRETCH * before);
    return isNear
      ? [...this._places].filter(([place]) => place >= ends[0] && place <= ends[1])
      : undefined;
  }

  private _pixels(ends: Span): (place: number) => number {
    const pixels = pixelsOf(ends, this._length);
    return this._letter === 'x'
      ? place => this._offset + pixels(place)
      : place => this._offset + this._length - pixels(place);
  }

  private readonly _isKnown: boolean;
  private readonly _length: number;
  private readonly _most: number;
  private readonly _offset: number;
  private readonly _own: SVGElement[] = [];
  private readonly _parts: IPart[] = [];
  private readonly _places: ReadonlyMap<number, string>;
  private _shown: SVGElement[] | null = null;
  private readonly _step: number;
}

/** What of a node plotly moves: a label is a group around a text. */
function movable(node: SVGElement): SVGElement {
  return node.querySelector('text') ?? node;
}

/** How far a node is moved; NaN where it is not known. */
function shiftOf(node: SVGElement): [number, number] {
  const [, x, y] =
    /^translate\(\s*([-\d.e]+)[\s,]+([-\d.e]+)\s*\)$/.exec(
      movable(node).getAttribute('transform') ?? ''
    ) ?? [];
  return [Number(x), Number(y)];
}

/** A copy of a node, beside it. */
function copyOf(sample: SVGElement): SVGElement {
  const copy = sample.cloneNode(true) as SVGElement;
  sample.parentNode?.appendChild(copy);
  return copy;
}
