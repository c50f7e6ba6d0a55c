import type { Data } from 'plotly.js-dist-min';
import { lineOf, type XAxis } from '../plot/axis.js';
import { figureOf } from '../plot/figure.js';
import type { IRunStyle } from '../plot/palette.js';
import type { IPoints } from '../store/series.js';
import type { MakeFigure } from './plothost.js';
import { plotText } from './plottext.js';

/** One metric of one run among those of others. */
export interface IOverlaid {
  readonly title: string;
  readonly style: IRunStyle;
  readonly points: IPoints;
  /** When the run began, in seconds since 1970. */
  readonly start: number;
}

/** The lines of one metric of several runs in one chart. */
export function overlayOf(
  metric: string,
  lines: readonly IOverlaid[],
  axis: XAxis,
  axisTitle: string
): MakeFigure {
  const longest = lines.reduce(
    (most, { points, start }) => Math.max(most, (points.time.at(-1) ?? start) - start),
    0
  );
  return theme => {
    const drawn = lines.map(({ title, style, points, start }) => ({
      title,
      style,
      // All lines count in the unit of the longest.
      line: lineOf({ ...points, time: [...points.time, start + longest] }, axis, start)
    }));
    const [first] = drawn;
    const { layout, config } = figureOf({
      line: first?.line ?? { x: [], y: [], unit: '' },
      axis,
      size: 'large',
      theme,
      axisTitle,
      fileName: metric.replace(/[^\w.-]+/g, '-')
    });
    const data = drawn.map(({ title, style, line }, at): Data => {
      const count = lines[at].points.value.length;
      return {
        type: 'scatter',
        mode: count === 1 ? 'markers' : 'lines',
        x: line.x.slice(0, count),
        y: line.y.slice(0, count) as number[],
        name: plotText(title),
        line: { color: style.color, dash: style.dash, width: 1.5, simplify: false },
        marker: { color: style.color, size: 6 },
        connectgaps: false,
        hovertemplate: '%{y:.6~g}<extra>%{fullData.name}</extra>'
      };
    });
    return { data, layout, config };
  };
}
