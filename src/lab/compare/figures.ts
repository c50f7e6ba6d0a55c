import type { Config, Data, Layout } from 'plotly.js-dist-min';
import { runStyle } from '../plot/palette.js';
import type { IChartTheme } from '../plot/theme.js';
import type { IFigure, MakeFigure } from './plothost.js';
import { plotText } from './plottext.js';
import { surfaceOf, type ISurface } from './surface.js';
import { isWide, type IVariable } from './variables.js';

/** A run as a figure shows it. */
export interface IFigureRun {
  readonly title: string;
  /** Its place among the runs, by which it has its colour. */
  readonly at: number;
}

const CONFIG: Partial<Config> = {
  displaylogo: false,
  displayModeBar: 'hover',
  modeBarButtonsToRemove: ['select2d', 'lasso2d', 'zoomIn2d', 'zoomOut2d', 'autoScale2d'],
  toImageButtonOptions: { format: 'png', filename: 'runs', scale: 2 }
};

/** A line for each run across an axis for each variable. */
export function parallelFigure(
  variables: readonly IVariable[],
  runs: readonly IFigureRun[]
): MakeFigure {
  return theme => {
    const last = Math.max(1, runs.length - 1);
    const data = {
      type: 'parcoords',
      line: {
        color: runs.map((_, at) => at),
        cmin: 0,
        cmax: last,
        colorscale: runs.map(({ at }, place) => [place / last, runStyle(at).color])
      },
      dimensions: variables.map(dimension),
      labelfont: { size: 11, color: theme.text, family: theme.font },
      tickfont: { size: 10, color: theme.text, family: theme.font, shadow: 'none' },
      rangefont: { size: 10, color: 'rgba(0,0,0,0)' }
    };
    return {
      data: [data as unknown as Data],
      layout: { ...base(theme), margin: { l: 70, r: 70, t: 46, b: 18 } },
      config: CONFIG
    };
  };
}

/** An axis: numbers as they are, texts at even distances; what a run lacks stands below them all. */
function dimension({ name, values, isNumeric }: IVariable): Record<string, unknown> {
  const label = plotText(name);
  const numbers = values.filter(value => typeof value === 'number');
  const hasGap = values.includes(null);
  if (isNumeric && !hasGap && !isWide(values)) {
    return { label, values };
  }
  const known = [...new Set(values.filter(value => value !== null))].sort((a, b) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1
  );
  const place = (value: number | string): number =>
    typeof value === 'number'
      ? isWide(numbers)
        ? Math.log10(value)
        : value
      : known.indexOf(value);
  const places = known.map(place);
  const [least, most] = [Math.min(...places), Math.max(...places)];
  const gap = least - (most - least || 1) / 8;
  // A tick for each value where there are few; else the least and the greatest must do.
  const ticks = known.length <= 8 ? known : [known[0], known[known.length - 1]];
  const text = (value: number | string): string =>
    plotText(typeof value === 'number' ? String(Number(value.toPrecision(4))) : value);
  return {
    label,
    values: values.map(value => (value === null ? gap : place(value))),
    range: [hasGap ? gap : least, most],
    tickvals: [...(hasGap ? [gap] : []), ...ticks.map(place)],
    ticktext: [...(hasGap ? ['–'] : []), ...ticks.map(text)]
  };
}

/** A point for each run. */
export function scatterFigure(x: IVariable, y: IVariable, runs: readonly IFigureRun[]): MakeFigure {
  return theme => ({
    data: runs.flatMap(({ title, at }, place): Data[] => {
      const [u, v] = [x.values[place], y.values[place]];
      return u === null || v === null
        ? []
        : [
            {
              type: 'scatter',
              mode: 'markers',
              x: [u],
              y: [v],
              marker: {
                color: runStyle(at).color,
                size: 10,
                symbol: (['circle', 'diamond', 'square'] as const)[Math.floor(at / 7) % 3],
                line: { color: theme.surface, width: 1 }
              },
              hovertext: plotText(title),
              hovertemplate: '%{hovertext}<br>%{x}, %{y}<extra></extra>'
            }
          ];
    }),
    layout: { ...base(theme), ...axes(x, y, theme) },
    config: CONFIG
  });
}

/** A metric over two params, where enough runs have all three; null elsewhere. */
export function contourFigure(
  x: IVariable,
  y: IVariable,
  z: IVariable,
  runs: readonly IFigureRun[]
): MakeFigure | null {
  const surface = surfaceBetween(x, y, z);
  if (!surface) {
    return null;
  }
  const [u, v] = [x, y].map(({ values }) => (isWide(values) ? (n: number) => 10 ** n : same));
  return theme => {
    const points = scatterFigure(x, y, runs)(theme);
    const contour = {
      type: 'contour',
      x: surface.x.map(u),
      y: surface.y.map(v),
      z: surface.z,
      colorscale: 'Cividis',
      contours: { coloring: 'heatmap' },
      line: { width: 0.5 },
      colorbar: {
        title: { text: plotText(z.name), side: 'right', font: { size: 10, color: theme.quiet } },
        thickness: 10,
        outlinewidth: 0,
        tickfont: { size: 10, color: theme.quiet }
      },
      hovertemplate: '%{z:.4~g}<extra></extra>'
    };
    return { ...points, data: [contour as unknown as Data, ...points.data] };
  };
}

/** A surface in the coordinates of the axes: the logarithm where an axis is logarithmic. */
function surfaceBetween(x: IVariable, y: IVariable, z: IVariable): ISurface | null {
  const [u, v] = [x, y].map(({ values }) => (isWide(values) ? Math.log10 : same));
  const points = x.values.flatMap((one, at): [number, number, number][] => {
    const [two, three] = [y.values[at], z.values[at]];
    return typeof one === 'number' && typeof two === 'number' && typeof three === 'number'
      ? [[u(one), v(two), three]]
      : [];
  });
  const column = (at: number): number[] => points.map(point => point[at]);
  return x.isNumeric && y.isNumeric && z.isNumeric
    ? surfaceOf(column(0), column(1), column(2))
    : null;
}

function same(value: number): number {
  return value;
}

function base(theme: IChartTheme): IFigure['layout'] {
  return {
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: theme.font, size: 11, color: theme.text },
    showlegend: false,
    hovermode: 'closest',
    hoverlabel: {
      bgcolor: theme.surface,
      bordercolor: theme.border,
      font: { family: theme.font, size: 11, color: theme.text }
    }
  };
}

function axes(x: IVariable, y: IVariable, theme: IChartTheme): Partial<Layout> {
  const axis = ({ name, values, isNumeric }: IVariable): Layout['xaxis'] => ({
    type: isNumeric ? (isWide(values) ? 'log' : 'linear') : 'category',
    title: { text: plotText(name), standoff: 8, font: { size: 11, color: theme.quiet } },
    gridcolor: theme.grid,
    zeroline: false,
    tickfont: { size: 10, color: theme.quiet },
    exponentformat: 'power',
    automargin: true
  });
  return { margin: { l: 60, r: 20, t: 14, b: 46 }, xaxis: axis(x), yaxis: axis(y) };
}
