import { toNumber, type MetricSummary } from '../../runlog/index.js';

/** How a metric is shown: as a line, as its only value, or as the word that nothing can be drawn. */
export type Plottable = 'line' | 'value' | 'none';

/**
 * How the points of a metric are best shown. A line through one point says less than its value, and a
 * chart of points that are not finite would be empty.
 */
export function plottable(metric: MetricSummary | undefined): Plottable {
  if (!metric || metric.count === 0) {
    return 'line';
  }
  if (metric.count === 1) {
    return 'value';
  }
  const [least, most] = [toNumber(metric.min), toNumber(metric.max)];
  // Between two infinities of different signs there may be anything.
  const isEndless = least === most && !Number.isFinite(least);
  return least === undefined || isEndless ? 'none' : 'line';
}
