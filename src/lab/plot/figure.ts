import type { Config, Data, Layout } from 'plotly.js-dist-min';
import type { ILine, XAxis } from './axis.js';
import { smoothed } from './smooth.js';
import type { IChartTheme } from './theme.js';

/** How much room a chart has: in the panel, or in the run view. */
export type ChartSize = 'small' | 'large';

/** What a metric is measured in, where that is known. */
export type Unit = '' | 'bytes';

/** From this many points on, a line is not marked with its points. */
export const MARKED = 40;

/** A place on the horizontal axis, and what happened there. */
export interface IPlacedMark {
  readonly x: number;
  readonly kind: 'cell' | 'param';
  readonly label: string;
}

/** From this many marks on they have no labels: they would stand over each other. */
const LABELLED = 8;

/** What plotly draws for one metric. */
export function figureOf(options: {
  readonly line: ILine;
  readonly axis: XAxis;
  readonly size: ChartSize;
  readonly theme: IChartTheme;
  /** What the horizontal axis is called. */
  readonly axisTitle: string;
  readonly fileName: string;
  readonly unit?: Unit;
  readonly isLogX?: boolean;
  readonly isLogY?: boolean;
  /** The weight of what came before; 0 draws the line as it is. */
  readonly smoothing?: number;
  /** Places on the horizontal axis that are marked. */
  readonly marks?: readonly IPlacedMark[];
}): { data: Data[]; layout: Partial<Layout>; config: Partial<Config> } {
  const { line, axis, size, theme, axisTitle } = options;
  const isBytes = options.unit === 'bytes';
  const isSmall = size === 'small';
  const isMarked = line.x.length <= MARKED;
  const title = axisTitle + (line.unit && ` (${line.unit})`);
  const { isLogX = false, isLogY = false, smoothing = 0, marks = [] } = options;
  // There is no logarithm of a date.
  const xType = axis === 'clock' ? 'date' : isLogX ? 'log' : 'linear';
  const hovertemplate = `%{y:${isBytes ? '.4~s}B' : '.6~g}'}<extra></extra>`;
  const ticks = {
    showline: false,
    zeroline: false,
    gridcolor: theme.grid,
    gridwidth: 1,
    // Whether they reach over the edge would be measured for each label at each drawing.
    ticklabeloverflow: 'allow' as const,
    tickfont: { size: isSmall ? 9 : 10, color: theme.quiet }
  };
  return {
    data: [
      {
        type: 'scatter',
        mode: isMarked ? 'lines+markers' : 'lines',
        x: line.x as number[],
        y: line.y as number[],
        line: { color: theme.line, width: smoothing > 0 ? 1 : 1.5, simplify: false },
        marker: { color: theme.line, size: line.x.length === 1 ? 6 : 3.5 },
        opacity: smoothing > 0 ? 0.35 : 1,
        connectgaps: false,
        hovertemplate
      },
      ...(smoothing > 0
        ? [
            {
              type: 'scatter' as const,
              mode: 'lines' as const,
              x: line.x as number[],
              y: smoothed(line.y, smoothing) as number[],
              line: { color: theme.line, width: 2, simplify: false },
              connectgaps: false,
              hovertemplate: hovertemplate.replace('%{y', '~ %{y')
            }
          ]
        : [])
    ],
    layout: {
      autosize: true,
      margin: isSmall ? { l: 40, r: 12, t: 7, b: 20 } : { l: 50, r: 12, t: 8, b: 38 },
      paper_bgcolor: 'rgba(0,0,0,0)',
      plot_bgcolor: 'rgba(0,0,0,0)',
      font: { family: theme.font, size: 11, color: theme.text },
      showlegend: false,
      hovermode: 'x unified',
      hoverlabel: {
        bgcolor: theme.surface,
        bordercolor: theme.border,
        font: { family: theme.font, size: 11, color: theme.text }
      },
      dragmode: isSmall ? false : 'zoom',
      // The zoom stays as it is while points come in, until the axis means something else.
      uirevision: `${axis} ${line.unit} ${xType} ${isLogY}`,
      shapes: marks.map(({ x, kind, label }) => ({
        type: 'line',
        layer: 'below',
        x0: x,
        x1: x,
        yref: 'paper',
        y0: 0,
        y1: 1,
        line: {
          color: kind === 'param' ? theme.text : theme.border,
          width: 1,
          dash: kind === 'param' ? 'dash' : 'dot'
        },
        label: {
          text: kind === 'param' || marks.length < LABELLED ? plain(label) : '',
          textposition: 'end',
          textangle: 0,
          // At the end of the chart there is no room to the right of its line.
          xanchor: isAtEnd(x, line.x) ? 'right' : 'left',
          // Above its line there is no room.
          yanchor: 'top',
          font: { size: 9, color: theme.quiet }
        }
      })),
      xaxis: {
        ...ticks,
        nticks: isSmall ? 5 : 6,
        type: xType,
        showgrid: false,
        ticks: isSmall ? '' : 'outside',
        ticklen: 3,
        // The zeros of the two axes stand apart in the corner.
        ticklabelstandoff: isSmall ? 3 : 1,
        tickcolor: theme.grid,
        ...(axis === 'clock' ? {} : { hoverformat: '~g' }),
        unifiedhovertitle: { text: `${axisTitle} %{x}` },
        title: isSmall
          ? undefined
          : { text: title, standoff: 6, font: { size: 10, color: theme.quiet } }
      },
      yaxis: {
        ...ticks,
        nticks: isSmall ? 4 : 6,
        type: isLogY ? 'log' : 'linear',
        fixedrange: isSmall,
        tickformat: isBytes ? '~s' : '~g',
        exponentformat: 'power',
        ticklabelstandoff: 5
      }
    },
    config: {
      displaylogo: false,
      displayModeBar: isSmall ? false : 'hover',
      doubleClick: 'reset',
      scrollZoom: false,
      modeBarButtonsToRemove: ['select2d', 'lasso2d', 'zoomIn2d', 'zoomOut2d', 'autoScale2d'],
      toImageButtonOptions: { format: 'png', filename: options.fileName, scale: 2 }
    }
  };
}

/** Whether a place is in the last fifth of the points. */
function isAtEnd(at: number, x: ILine['x']): boolean {
  const [first, last] = [x[0] ?? 0, x[x.length - 1] ?? 0];
  return at - first > 0.8 * (last - first);
}

/** A text in which plotly finds no markup. */
function plain(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 39)}…` : text;
  return short.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('$', '&#36;');
}
