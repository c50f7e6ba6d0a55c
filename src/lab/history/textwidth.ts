/** JupyterLab's smallest letters are this much smaller than its usual ones. */
const SMALL = 1 / 1.2;

/** Letters may be a little wider in the page than on a canvas, by hinting and figures of one width. */
const SPARE = 1.04;

/** Pixels of a name at most, so that one long name does not keep out all others; the style sheet has the same. */
const NAME = 120;

/** How many widths are remembered before all are forgotten. */
const KEPT = 5000;

/** Pixels that texts take in the font of an element, measured without laying the page out. */
export class TextWidth {
  /** @param element - whose font the texts have */
  constructor(element: Element) {
    const { fontFamily, fontSize } = getComputedStyle(element);
    this._family = fontFamily;
    this._size = parseFloat(fontSize) || 13;
    this._context = document.createElement('canvas').getContext('2d');
  }

  /** The width of a name in small letters, a space and a value; a long name is cut. */
  pair(name: string, value: string): number {
    return Math.min(NAME, this._of(name, this._size * SMALL)) + this._of(` ${value}`, this._size);
  }

  /** The width of a text in small letters. */
  small(text: string): number {
    return this._of(text, this._size * SMALL);
  }

  private _of(text: string, size: number): number {
    const key = `${size} ${text}`;
    let width = this._widths.get(key);
    if (width === undefined) {
      if (this._widths.size >= KEPT) {
        this._widths.clear();
      }
      if (this._context) {
        this._context.font = `${size}px ${this._family}`;
      }
      width = Math.ceil(
        SPARE * (this._context?.measureText(text).width ?? text.length * size * 0.6)
      );
      this._widths.set(key, width);
    }
    return width;
  }

  private _context: CanvasRenderingContext2D | null;
  private _family: string;
  private _size: number;
  private _widths = new Map<string, number>();
}
