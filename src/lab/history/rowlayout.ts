import { ACTIONS, NAME, STATUS, type IColumn } from './columns.js';

/** How the rows of the table are laid out at a width. */
export interface IRowLayout {
  /** One line of columns; else two lines. */
  readonly isWide: boolean;
  /** The height of a row in pixels; the style sheet has the same. */
  readonly height: number;
  /** What a row of one line has, from left to right; empty for rows of two lines. */
  readonly columns: readonly IPlacedColumn[];
  /** The widths of the columns, for `grid-template-columns`; empty for rows of two lines. */
  readonly template: string;
  /** Pixels of a whole row: more than there is room for where the columns are many. */
  readonly width: number;
  /** Pixels for the metrics, the small line among them, at most. */
  readonly metrics: number;
  /** Pixels for the params; in rows of two lines together with the metrics. */
  readonly params: number;
  /** Whether there is room for the small line beside the first metric. */
  readonly hasSparkline: boolean;
}

/** A column and how wide it is, in pixels. */
export interface IPlacedColumn {
  readonly column: IColumn;
  readonly width: number;
}

/** From this width on, a row is one line of columns. */
export const WIDE = 700;

/** What a row of one line has between its columns, and on both sides together. */
export const WIDE_GAP = 10;
const WIDE_PADDING = 16;

/** What the second line of a row has beside params and metrics: padding, status, actions, gaps. */
const NARROW_BESIDE = 65;

/** From this much room on, rows of two lines have the small line. */
const SPARKLINE_FROM = 260;

/** How wide a column grows that nobody resized. */
const WIDEST = 420;

/**
 * The layout for a width in pixels.
 *
 * @param chosen - the columns between name and actions
 * @param widths - pixels of those that were resized, by id
 */
export function rowLayout(
  width: number,
  chosen: readonly IColumn[],
  widths: Readonly<Record<string, number>> = {}
): IRowLayout {
  if (width < WIDE) {
    const room = Math.max(0, width - NARROW_BESIDE);
    const metrics = Math.round(room * 0.62);
    const hasSparkline = room >= SPARKLINE_FROM;
    return {
      isWide: false,
      height: 52,
      columns: [],
      template: '',
      width,
      metrics,
      params: room,
      hasSparkline
    };
  }
  const all = [STATUS, NAME, ...chosen, ACTIONS];
  const isFree = (column: IColumn): boolean => column.grow > 0 && widths[column.id] === undefined;
  const base = all.map(column => widths[column.id] ?? (isFree(column) ? 0 : column.width));
  const gaps = (all.length - 1) * WIDE_GAP + WIDE_PADDING;
  let room = width - gaps - base.reduce((sum, each) => sum + each, 0);
  const free = all.filter(isFree);
  let shares = free.reduce((sum, column) => sum + column.grow, 0);
  for (const [at, column] of all.entries()) {
    if (isFree(column)) {
      const last = shares - column.grow < 0.001;
      const share = Math.round((room * column.grow) / shares);
      base[at] = Math.max(column.width, last ? share : Math.min(WIDEST, share));
      room -= base[at];
      shares -= column.grow;
    }
  }
  const of = (id: string): number => base[all.findIndex(column => column.id === id)] ?? 0;
  return {
    isWide: true,
    height: 30,
    columns: all.map((column, at) => ({ column, width: base[at] })),
    template: base.map(each => `${each}px`).join(' '),
    width: Math.max(width, gaps + base.reduce((sum, each) => sum + each, 0)),
    metrics: of('metrics'),
    params: of('params'),
    hasSparkline: of('metrics') >= 120
  };
}
