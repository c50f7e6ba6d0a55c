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
