import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useRef, type JSX } from 'react';
import { formatBytes, formatNumber } from '../format.js';
import type { RunSeries } from '../store/series.js';
import { lineOf, type XAxis } from './axis.js';
import { MetricChart } from './chart.js';
import type { ChartSize, Unit } from './figure.js';

/** Live charts of some metrics of a run, one for each. */
export default function Charts(props: {
  series: RunSeries;
  metrics: readonly string[];
  size: ChartSize;
  axis?: XAxis;
  /** When the run began, in seconds since 1970; else the first point's time counts. */
  start?: number | undefined;
  /** Whether the charts can be seen: else nothing is followed. */
  live: boolean;
  /** What a metric is measured in. */
  unitOf?: (metric: string) => Unit;
  trans: TranslationBundle;
}): JSX.Element {
  const { series, live, trans } = props;
  useEffect(() => {
    const watch = live ? series.watch() : null;
    return () => watch?.dispose();
  }, [series, live]);
  return (
    <div className="bt-Charts" data-size={props.size}>
      {props.metrics.map(metric => (
        <Chart
          key={`${series.run} ${metric}`}
          series={series}
          metric={metric}
          size={props.size}
          axis={props.axis ?? 'step'}
          start={props.start}
          unit={props.unitOf?.(metric) ?? ''}
          trans={trans}
        />
      ))}
    </div>
  );
}

function Chart(props: {
  series: RunSeries;
  metric: string;
  size: ChartSize;
  axis: XAxis;
  start: number | undefined;
  unit: Unit;
  trans: TranslationBundle;
}): JSX.Element {
  const { series, metric, axis, size, start, unit, trans } = props;
  const host = useRef<HTMLDivElement>(null);
  const value = useRef<HTMLOutputElement>(null);
  const chart = useRef<MetricChart | null>(null);
  useEffect(() => {
    const made = new MetricChart(host.current!, {
      metric,
      size,
      unit,
      sentences: {
        noPlotly: trans.__('The charts could not be loaded: reload the page.'),
        step: trans.__('step'),
        time: trans.__('time')
      }
    });
    chart.current = made;
    return () => made.dispose();
  }, [metric, size, unit, trans]);
  useEffect(() => {
    // Points go straight to the chart: React has no part in what happens every frame.
    const draw = (): void => {
      const points = series.points.get(metric);
      if (points && points.value.length > 0) {
        chart.current?.draw(() => lineOf(points, axis, start ?? points.time[0]), axis);
        // Points may still come between the chart's leaving the page and the end of this effect.
        const last = points.value[points.value.length - 1];
        value.current?.replaceChildren(unit ? formatBytes(last) : formatNumber(last));
      }
    };
    draw();
    series.changed.connect(draw);
    return () => {
      series.changed.disconnect(draw);
    };
  }, [series, metric, axis, start, unit]);
  return (
    <figure className="bt-Chart" data-metric={metric}>
      <figcaption>
        <span className="bt-Chart-name" title={metric}>
          {metric}
        </span>
        <output
          ref={value}
          className="bt-Chart-value"
          aria-label={trans.__('last value of %1', metric)}
        />
      </figcaption>
      <div
        ref={host}
        className="bt-Chart-plot"
        role="img"
        aria-label={trans.__('Chart of %1', metric)}
      />
    </figure>
  );
}
