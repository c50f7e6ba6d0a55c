/** The rows that have to be drawn. */
export interface IWindow {
  /** The first row, inclusive. */
  readonly from: number;
  /** The last row, exclusive. */
  readonly to: number;
}

/**
 * The rows of equal height that can be seen, with some to spare on both sides, so that scrolling by
 * a wheel notch shows no gap.
 *
 * @param count - how many rows there are
 * @param height - the height of one row in pixels
 * @param top - how far the rows are scrolled, in pixels
 * @param viewport - how many pixels of them can be seen
 */
export function visibleRows(
  count: number,
  height: number,
  top: number,
  viewport: number,
  spare = 8
): IWindow {
  const first = Math.floor(Math.max(0, top) / height);
  const last = Math.ceil((Math.max(0, top) + viewport) / height);
  const from = Math.min(Math.max(0, first - spare), Math.max(0, count - 1));
  return { from, to: Math.min(count, Math.max(from, last + spare)) };
}
