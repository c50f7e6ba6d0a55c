/** Metrics that stand together. */
export interface IMetricGroup {
  /** What their names begin with; empty for those without a prefix. */
  readonly prefix: string;
  readonly metrics: readonly string[];
}

/**
 * Metrics grouped by what stands before the first `/` of their names, in the order in which the
 * groups appear; those without a prefix first, those of the system last.
 */
export function groupMetrics(metrics: Iterable<string>): readonly IMetricGroup[] {
  const groups = new Map<string, string[]>([['', []]]);
  for (const key of metrics) {
    const slash = key.indexOf('/');
    const prefix = slash > 0 ? key.slice(0, slash) : '';
    const group = groups.get(prefix);
    if (group) {
      group.push(key);
    } else {
      groups.set(prefix, [key]);
    }
  }
  return [...groups]
    .map(([prefix, keys]) => ({ prefix, metrics: keys }))
    .filter(group => group.metrics.length > 0)
    .sort((a, b) => Number(a.prefix === 'system') - Number(b.prefix === 'system'));
}
