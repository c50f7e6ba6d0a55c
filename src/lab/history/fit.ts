/**
 * How many things have room in a line as a whole, where what is left out is told by a short text.
 *
 * @param widths - of the things in their order, in pixels
 * @param room - the width of the line
 * @param gap - between two things, and before the text
 * @param more - the width of the text that tells how many are left out
 */
export function fitting(
  widths: readonly number[],
  room: number,
  gap: number,
  more: (hidden: number) => number = () => 0
): number {
  let best = 0;
  let used = 0;
  for (let count = 1; count <= widths.length; count++) {
    used += widths[count - 1] + (count > 1 ? gap : 0);
    const hidden = widths.length - count;
    const text = hidden > 0 ? more(hidden) : 0;
    if (used + (text > 0 ? gap + text : 0) <= room) {
      best = count;
    }
  }
  return best;
}

/**
 * Which things have room in a line: the first ones, and of those behind them the ones that are short enough.
 *
 * #### Notes
 * The first is always there, whatever room it has. The parameters are those of {@link fitting}.
 *
 * @returns their places, in order
 */
export function chosenToFit(
  widths: readonly number[],
  room: number,
  gap: number,
  more: (hidden: number) => number = () => 0
): number[] {
  const count = fitting(widths, room, gap, more);
  const chosen = widths.slice(0, Math.max(1, count)).map((_, at) => at);
  let used = chosen.reduce((sum, at) => sum + widths[at] + gap, -gap);
  for (let at = chosen.length; count > 0 && at < widths.length; at++) {
    const hidden = widths.length - chosen.length - 1;
    const text = hidden > 0 ? more(hidden) : 0;
    const wanted = used + gap + widths[at];
    if (wanted + (text > 0 ? gap + text : 0) <= room) {
      chosen.push(at);
      used = wanted;
    }
  }
  return chosen;
}
