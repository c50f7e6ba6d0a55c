/** How the rows of the table are laid out at a width. */
export interface IRowLayout {
  /** One line of columns; else two lines. */
  readonly isWide: boolean;
  /** The height of a row in pixels; the style sheet has the same. */
  readonly height: number;
  /** The widths of the columns, for `grid-template-columns`; empty for rows of two lines. */
  readonly columns: string;
  /** Pixels for the metrics, the small line among them, at most. */
  readonly metrics: number;
  /** Pixels for the params; in rows of two lines together with the metrics. */
  readonly params: number;
  /** Whether there is room for the small line beside the first metric. */
  readonly hasSparkline: boolean;
}

/** From this width on, a row is one line of columns. */
const WIDE = 700;

/** The columns of a fixed width: status, started, duration, commit, actions. */
const FIXED = { status: 22, started: 74, duration: 76, commit: 76, actions: 24 };

/** What a row of one line has between its columns, and on both sides together. */
const WIDE_GAP = 10;
const WIDE_PADDING = 16;

/** What the second line of a row has beside params and metrics: padding, status, actions, gaps. */
const NARROW_BESIDE = 65;

/** From this much room on, rows of two lines have the small line. */
const SPARKLINE_FROM = 260;

/**
 * The layout for a width in pixels.
 *
 * @param hasCommits - whether any run has a commit: else there is no column for it
 */
export function rowLayout(width: number, hasCommits: boolean): IRowLayout {
  if (width < WIDE) {
    const room = Math.max(0, width - NARROW_BESIDE);
    const hasSparkline = room >= SPARKLINE_FROM;
    const metrics = Math.round(room * 0.62);
    return { isWide: false, height: 52, columns: '', metrics, params: room, hasSparkline };
  }
  const { status, started, duration, actions } = FIXED;
  const commit = hasCommits ? [FIXED.commit] : [];
  const behind = [started, duration, ...commit, actions];
  const taken = [status, ...behind].reduce((sum, each) => sum + each, 0);
  const gaps = (3 + behind.length) * WIDE_GAP;
  const room = width - WIDE_PADDING - taken - gaps;
  const name = Math.min(280, Math.max(110, Math.round(room * 0.27)));
  const metrics = Math.min(420, Math.max(190, Math.round(room * 0.38)));
  const params = Math.max(0, room - name - metrics);
  const columns = [status, name, metrics, params, ...behind].map(each => `${each}px`).join(' ');
  return { isWide: true, height: 30, columns, metrics, params, hasSparkline: true };
}
