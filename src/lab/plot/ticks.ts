/** What plotly counts steps of an axis in, times a power of ten. */
const STEPS = [2, 5, 10];

/**
 * How far the ticks of a linear axis stand from each other, as plotly spaces them.
 *
 * @param span - between the ends of the axis
 * @param most - how many ticks there may be
 */
export function tickStep(span: number, most: number): number {
  const rough = span / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * (STEPS.find(step => step * power >= rough) ?? 10);
}

/** The places of ticks between the ends of an axis: the multiples of a step. */
export function tickPlaces([from, to]: readonly [number, number], step: number): number[] {
  // What is a hair's breadth outside for the sake of binary fractions is not outside.
  const slack = 1e-6;
  const first = Math.ceil(from / step - slack);
  const count = Math.max(0, Math.floor(to / step + slack) - first + 1);
  return Array.from({ length: count }, (_, at) => (first + at) * step);
}

/** A number at a tick, as the format `~g` writes it: six digits, without zeros at the end. */
export function tickText(value: number): string {
  if (value === 0) {
    return '0';
  }
  const [digits, power] = Math.abs(value).toPrecision(6).split('e');
  const trimmed = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
  return (value < 0 ? '−' : '') + trimmed + (power === undefined ? '' : `e${power}`);
}
