/** How sure a median of few values is. */
import { percentile } from './lab.mjs';

const SAMPLES = 5000;

/**
 * Between what the median lies with a probability of 95 %, by the bootstrap: as many values are drawn from those that
 * were measured, again and again, each time with some of them twice and others not at all.
 *
 * @param {readonly number[]} values
 * @returns {[number, number]}
 */
export function interval(values) {
  const medians = Array.from({ length: SAMPLES }, () =>
    percentile(values.map(() => values[Math.floor(Math.random() * values.length)]))
  );
  return [percentile(medians, 0.025), percentile(medians, 0.975)];
}
