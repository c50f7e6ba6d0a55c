import { ellipsesIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useRef, useState, type JSX } from 'react';
import { formatBytes, formatNumber } from '../format.js';
import { Shortened } from '../shortened.js';
import type { IPoints, RunSeries } from '../store/series.js';
import { lineOf, placeOfTime } from './axis.js';
import { MetricChart, type IDrawn } from './chart.js';
import { openChartMenu } from './chartmenu.js';
import type { IPlotChoice } from './choice.js';
import type { ChartSize, Unit } from './figure.js';
import type { HoverGroup } from './hover.js';
import { placeOf, type IMark } from './marks.js';
import { spliced } from './splice.js';

/** How long a zoom has to stand still before its points are asked for, in milliseconds. */
const STILL = 150;

/** The chart of one metric, with its name and last value above it. */
export function Chart(props: {
  series: RunSeries;
  metric: string;
  size: ChartSize;
  choice: IPlotChoice;
  start: number | undefined;
  unit: Unit;
  marks: readonly IMark[];
  hover: HoverGroup;
  trans: TranslationBundle;
}): JSX.Element {
  const { series, metric, choice, size, start, unit, marks, hover, trans } = props;
  const host = useRef<HTMLDivElement>(null);
  const value = useRef<HTMLOutputElement>(null);
  const chart = useRef<MetricChart | null>(null);
  const [range, setRange] = useState<readonly [number, number] | null>(null);
  const [detail, setDetail] = useState<IPoints | null>(null);
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const made = new MetricChart(host.current!, {
      metric,
      size,
      unit,
      hover,
      onZoom: setRange,
      sentences: {
        noPlotly: trans.__('The charts could not be loaded: reload the page.'),
        step: trans.__('step'),
        time: trans.__('time'),
        clock: trans.__('clock')
      }
    });
    chart.current = made;
    return () => made.dispose();
  }, [metric, size, unit, hover, trans]);
  useEffect(() => {
    setDetail(null);
    const points = series.points.get(metric);
    if (!range || !points || points.count <= points.value.length) {
      return;
    }
    let isCurrent = true;
    const timer = setTimeout(() => {
      const begin = start ?? points.time[0];
      const [from, to] = stepsOf(points, choice.axis, begin, range);
      series.detail(metric, from, to).then(
        part => isCurrent && setDetail(part ?? null),
        // What is there already stays: it is less exact, not wrong.
        () => undefined
      );
    }, STILL);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [series, metric, range, choice.axis, start]);
  useEffect(() => {
    // Points go straight to the chart: React has no part in what happens every frame. Until the chart has its
    // turn nothing is done for them, since many more may come.
    const say = (all: IPoints): void => {
      // Points may still come between the chart's leaving the page and the end of this effect.
      const last = all.value[all.value.length - 1];
      const text = unit ? formatBytes(last) : formatNumber(last);
      if (value.current && value.current.textContent !== text) {
        value.current.textContent = text;
      }
    };
    const drawn = (): IDrawn | null => {
      const all = series.points.get(metric);
      if (!all || all.value.length === 0) {
        return null;
      }
      say(all);
      const begin = start ?? all.time[0];
      const points = detail ? spliced(all, detail) : all;
      setLeft(choice.isLogY ? points.value.filter(one => one <= 0).length : 0);
      const line = lineOf(points, choice.axis, begin);
      const at = (time: number): number => placeOfTime(time, line.unit, begin);
      const placed = marks.flatMap(mark => {
        const x = choice.hasMarks ? placeOf(mark, points, choice.axis, at) : undefined;
        return x === undefined ? [] : [{ x, kind: mark.kind, label: mark.label }];
      });
      return { line, marks: placed };
    };
    const draw = (isLive: boolean): void => chart.current?.draw(drawn, choice, isLive);
    const onPoints = (): void => draw(true);
    const known = series.points.get(metric);
    if (known && known.value.length > 0) {
      // Also where nothing can be drawn.
      say(known);
    }
    draw(false);
    series.changed.connect(onPoints);
    return () => {
      series.changed.disconnect(onPoints);
    };
  }, [series, metric, choice, start, unit, marks, detail]);
  return (
    <figure className="bt-Chart" data-metric={metric}>
      <figcaption>
        <span className="bt-Chart-name" title={metric}>
          <Shortened text={metric} />
        </span>
        {left > 0 && (
          <small className="bt-Chart-left">
            {trans._n('%1 point ≤ 0 left out', '%1 points ≤ 0 left out', left)}
          </small>
        )}
        <output
          ref={value}
          className="bt-Chart-value"
          aria-label={trans.__('last value of %1', metric)}
        />
        {size === 'large' && (
          <button
            type="button"
            className="bt-IconButton"
            title={trans.__('Save the chart')}
            aria-label={trans.__('Save the chart of %1', metric)}
            aria-haspopup="menu"
            onClick={event =>
              openChartMenu(event.currentTarget, () => chart.current, series, metric, trans)
            }
          >
            <ellipsesIcon.react tag="span" width="16px" height="16px" />
          </button>
        )}
      </figcaption>
      <div
        ref={host}
        className="bt-Chart-plot"
        // Not an image: plotly's buttons are within it.
        role="group"
        aria-label={trans.__('Chart of %1', metric)}
      />
    </figure>
  );
}

/** The steps between which the points of a part of the horizontal axis are, with one more on both sides. */
function stepsOf(
  points: IPoints,
  axis: IPlotChoice['axis'],
  start: number,
  [from, to]: readonly [number, number]
): [number, number] {
  const { x } = lineOf(points, axis, start);
  const first = Math.max(0, x.findIndex(one => one >= from) - 1);
  const behind = x.findIndex(one => one > to);
  const last = behind < 0 ? x.length - 1 : behind;
  return [points.step[first], points.step[last]];
}
