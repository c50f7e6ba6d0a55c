/** The ends of an axis, or the least and the greatest of some values. */
export type Span = readonly [number, number];

/** How much room plotly leaves at each end of the vertical axis, as a share of what the line takes. */
export const MARGIN = 1 / 18;

/** A value as its axis counts it: NaN where it has no place there. */
export type Scale = (value: number | null) => number;

/** The scale of a logarithmic axis, or of any other. */
export function scaleOf(isLog: boolean): Scale {
  return isLog
    ? value => (value === null || value <= 0 ? NaN : Math.log10(value))
    : value => value ?? NaN;
}

/** The least and the greatest of some values; undefined when they have no place on the axis. */
export function extremesOf(values: readonly (number | null)[], scale: Scale): Span | undefined {
  let least = Infinity;
  let greatest = -Infinity;
  for (const value of values) {
    const place = scale(value);
    if (place < least) {
      least = place;
    }
    if (place > greatest) {
      greatest = place;
    }
  }
  return least <= greatest ? [least, greatest] : undefined;
}

/** The ends that plotly gives an axis, by what is drawn along it; undefined for values that are all the same. */
export function endsOf([least, greatest]: Span, margin: number): Span | undefined {
  const room = margin * (greatest - least);
  return greatest > least ? [least - room, greatest + room] : undefined;
}

/** How much an axis has in advance when it grows with a line, as a share of what the line takes. */
const ADVANCE = 0.03;

/**
 * The ends of an axis along which a line grows.
 *
 * #### Notes
 * Where they are moved all ticks move. So an end that the line passes gets something in advance, and one that the line
 * has not passed, or has all but come to, stays.
 *
 * @param shown - the ends that the axis has
 * @param line - the least and the greatest place of the line
 * @param margin - the room beside the line, as a share of what it takes; a quarter of it is enough
 */
export function grown(shown: Span, line: Span, margin: number): Span | undefined {
  const taken = line[1] - line[0];
  const ends = endsOf(line, margin);
  if (!ends) {
    return undefined;
  }
  const enough = (margin / 4) * taken;
  // What has a margin has room enough in it.
  const advance = margin > 0 ? 0 : ADVANCE * taken;
  const from = line[0] - enough < shown[0] ? ends[0] - advance : shown[0];
  const to = line[1] + enough > shown[1] ? ends[1] + advance : shown[1];
  return from === shown[0] && to === shown[1] ? shown : [from, to];
}

/** Whether two spans are the same but for rounding. */
export function isAlike([a, b]: Span, [c, d]: Span): boolean {
  const slack = 1e-4 * Math.abs(b - a);
  return Math.abs(a - c) <= slack && Math.abs(b - d) <= slack;
}

/** Turns a place between the ends of an axis into pixels from its beginning. */
export function pixelsOf([from, to]: Span, length: number): (place: number) => number {
  const factor = length / (to - from);
  return place => (place - from) * factor;
}

/**
 * The line through places that are given in pixels, as SVG writes it; it has a gap where one is not a number.
 *
 * @param x - from the left
 * @param y - from the top
 */
export function pathOf(x: readonly number[], y: readonly number[]): string {
  let path = '';
  let isOn = false;
  for (let at = 0; at < x.length; at++) {
    const [left, top] = [x[at], y[at]];
    if (left - left + top - top !== 0) {
      isOn = false;
      continue;
    }
    path += `${isOn ? 'L' : 'M'}${Math.round(left * 10) / 10},${Math.round(top * 10) / 10}`;
    isOn = true;
  }
  return path;
}
