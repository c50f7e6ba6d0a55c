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

/** The buttons of a figure. */
export const CONFIG: Partial<Config> = {
  displaylogo: false,
  displayModeBar: 'hover',
  modeBarButtonsToRemove: ['select2d', 'lasso2d', 'zoomIn2d', 'zoomOut2d', 'autoScale2d'],
  toImageButtonOptions: { format: 'png', filename: 'runs', scale: 2 }
};

/** A point for each run. */
export function scatterFigure(x: IVariable, y: IVariable, runs: readonly IFigureRun[]): MakeFigure {
  const [across, up] = [placesOf(x), placesOf(y)];
  return theme => ({
    data: runs.flatMap(({ title, at }, place): Data[] => {
      const [u, v] = [across[place], up[place]];
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

/** The values as places on an axis: texts as plotly shows them letter for letter, no two as one. */
function placesOf({ values }: IVariable): readonly (number | string | null)[] {
  const places = new Map<string, string>();
  const taken = new Set<string>();
  return values.map(value => {
    if (typeof value !== 'string') {
      return value;
    }
    const text = plotText(value);
    let place = places.get(value) ?? text;
    for (let more = 2; !places.has(value) && taken.has(place); more++) {
      place = `${text} (${more})`;
    }
    places.set(value, place);
    taken.add(place);
    return place;
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

/** What all figures have in common. */
export function base(theme: IChartTheme): IFigure['layout'] {
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
    // Of a logarithm the powers of ten; what is between them would stand too close.
    ...(isNumeric && isWide(values) ? { dtick: 1 } : {}),
    title: { text: plotText(name), standoff: 8, font: { size: 11, color: theme.quiet } },
    gridcolor: theme.grid,
    zeroline: false,
    tickfont: { size: 10, color: theme.quiet },
    exponentformat: 'power',
    automargin: true
  });
  return { margin: { l: 60, r: 20, t: 14, b: 46 }, xaxis: axis(x), yaxis: axis(y) };
}
