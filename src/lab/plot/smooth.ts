/**
 * A line smoothed by an exponential moving average, its beginning corrected for the little that is known
 * there; gaps stay gaps.
 *
 * @param weight - of what came before, from 0 (the line itself) to below 1
 */
export function smoothed(
  values: readonly (number | null)[],
  weight: number
): readonly (number | null)[] {
  let sum = 0;
  let known = 0;
  return values.map(value => {
    if (value === null) {
      return null;
    }
    sum = weight * sum + (1 - weight) * value;
    known = weight * known + (1 - weight);
    return sum / known;
  });
}
