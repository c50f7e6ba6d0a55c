import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';
import type { MetricSummary } from '../../runlog/index.js';
import { formatNumber } from '../format.js';
import { plottable } from './plottable.js';

/** Metrics of which there is nothing to draw: their only value, or the last of those that are not finite. */
export function Values(props: {
  readonly metrics: readonly string[];
  readonly of: Readonly<Record<string, MetricSummary>>;
  readonly trans: TranslationBundle;
}): JSX.Element | null {
  const { metrics, of, trans } = props;
  return metrics.length === 0 ? null : (
    <dl className="bt-Values">
      {metrics.map(key => {
        const metric = of[key];
        return (
          <div className="bt-Value" key={key} data-metric={key}>
            <dt title={key}>{key}</dt>
            <dd>
              <span className="bt-Value-number" title={String(metric.last)}>
                {formatNumber(metric.last, 6)}
              </span>
              <small>
                {plottable(metric) === 'none'
                  ? trans._n('%1 point, not finite', '%1 points, none of them finite', metric.count)
                  : metric.step === null || (metric.step === 0 && metric.count === 1)
                    ? trans.__('one point')
                    : trans.__('at step %1', formatNumber(metric.step, 9))}
              </small>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** The metrics that have a line, and those that have none. */
export function split(
  metrics: readonly string[],
  of: Readonly<Record<string, MetricSummary>>
): { readonly lines: readonly string[]; readonly values: readonly string[] } {
  const has = (key: string): boolean =>
    plottable(Object.hasOwn(of, key) ? of[key] : undefined) === 'line';
  return { lines: metrics.filter(has), values: metrics.filter(key => !has(key)) };
}
