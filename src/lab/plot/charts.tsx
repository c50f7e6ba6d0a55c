import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useMemo, useState, type JSX } from 'react';
import type { RunSeries } from '../store/series.js';
import { Chart } from './chartfigure.js';
import { PLAIN_CHOICE, type IPlotChoice } from './choice.js';
import type { ChartSize, Unit } from './figure.js';
import { HoverGroup } from './hover.js';
import type { IMark } from './marks.js';

/** From when on it is said that points are being read, in milliseconds. */
const SAY_LOADING = 1000;

/** Live charts of some metrics of a run, one for each. */
export default function Charts(props: {
  series: RunSeries;
  metrics: readonly string[];
  size: ChartSize;
  /** How they are drawn; plainly, over steps, when it is left out. */
  choice?: IPlotChoice;
  /** When the run began, in seconds since 1970; else the first point's time counts. */
  start?: number | undefined;
  /** Whether the charts can be seen: else nothing is followed. */
  live: boolean;
  /** What a metric is measured in. */
  unitOf?: (metric: string) => Unit;
  /** What is marked on the horizontal axis. */
  marks?: readonly IMark[];
  /** Charts of other groups that show the same place; those of this one alone when it is left out. */
  hover?: HoverGroup;
  trans: TranslationBundle;
}): JSX.Element {
  const { series, live, trans, choice = PLAIN_CHOICE } = props;
  useEffect(() => {
    const watch = live ? series.watch() : null;
    return () => watch?.dispose();
  }, [series, live]);
  const own = useMemo(() => new HoverGroup(), []);
  const hover = props.hover ?? own;
  return (
    <>
      <Loading series={series} trans={trans} />
      <div className="bt-Charts" data-size={props.size} data-columns={choice.columns || undefined}>
        {props.metrics.map(metric => (
          <Chart
            key={`${series.run} ${metric}`}
            series={series}
            metric={metric}
            size={props.size}
            choice={choice}
            start={props.start}
            unit={props.unitOf?.(metric) ?? ''}
            marks={props.marks ?? NONE}
            hover={hover}
            trans={trans}
          />
        ))}
      </div>
    </>
  );
}

const NONE: readonly IMark[] = [];

/** Says that points are being read, where that takes long. */
function Loading({
  series,
  trans
}: {
  series: RunSeries;
  trans: TranslationBundle;
}): JSX.Element | null {
  const [isLate, setLate] = useState(false);
  const [share, setShare] = useState(0);
  useEffect(() => {
    setLate(false);
    setShare(series.reading);
    if (series.isReady) {
      return;
    }
    const timer = setTimeout(() => setLate(!series.isReady), SAY_LOADING);
    const check = (): void => {
      setShare(series.reading);
      if (series.isReady) {
        setLate(false);
        clearTimeout(timer);
        series.changed.disconnect(check);
      }
    };
    series.changed.connect(check);
    return () => {
      clearTimeout(timer);
      series.changed.disconnect(check);
    };
  }, [series]);
  return isLate ? (
    <div className="bt-Loading" role="status">
      <progress aria-label={trans.__('Reading the points')} value={share > 0 ? share : undefined} />
      {share > 0
        ? trans.__(
            'Reading the points: what is drawn is the first %1 % of them',
            Math.floor(100 * share)
          )
        : trans.__('Reading the points…')}
    </div>
  ) : null;
}
