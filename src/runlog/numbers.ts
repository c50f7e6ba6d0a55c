/** The strings that stand for the numbers JSON cannot write. */
export type NonFinite = 'NaN' | 'Infinity' | '-Infinity';

/** A number as it stands in a log or a summary. */
export type WrittenNumber = number | NonFinite;

/**
 * The number that a value of a log stands for.
 *
 * @returns the number, NaN and the infinities included, or undefined when the value is no number.
 */
export function toNumber(value: unknown): number | undefined {
  switch (value) {
    case 'NaN':
      return NaN;
    case 'Infinity':
      return Infinity;
    case '-Infinity':
      return -Infinity;
    default:
      return typeof value === 'number' ? value : undefined;
  }
}

/** A number as a log writes it; the inverse of {@link toNumber}. */
export function writeNumber(value: number): WrittenNumber {
  return Number.isFinite(value) ? value : (String(value) as NonFinite);
}
