import type { Data, Layout } from 'plotly.js-dist-min';
import { runStyle } from '../plot/palette.js';
import { base, CONFIG, type IFigureRun } from './figures.js';
import type { MakeFigure } from './plothost.js';
import { plotText } from './plottext.js';
import { isWide, type IVariable } from './variables.js';

/** Where the values stand that a run lacks, below an axis from 0 to 1. */
const GAP = -0.12;

/** How near two texts at one axis can be, as a part of its length. */
const APART = 0.065;

/** How many texts stand at an axis that is not one of categories. */
const TICKS = 5;

/** One text at an axis, and how far up it stands, from 0 to 1. */
export interface ITick {
  readonly at: number;
  readonly text: string;
}

/** A variable as an axis: where each run stands on it, and what is written at it. */
export interface IParallelAxis {
  /** From 0 to 1 for each run; null where the run has no value. */
  readonly places: readonly (number | null)[];
  readonly ticks: readonly ITick[];
}

/** The axis of a variable: numbers by their size or its logarithm, texts at even distances. */
export function parallelAxis({ values, isNumeric }: IVariable): IParallelAxis {
  if (!isNumeric) {
    const known = [...new Set(values.filter(value => value !== null))].sort((a, b) =>
      String(a) < String(b) ? -1 : 1
    );
    const at = (value: number | string): number =>
      known.length > 1 ? known.indexOf(value) / (known.length - 1) : 0.5;
    return {
      places: values.map(value => (value === null ? null : at(value))),
      ticks: apart(known.map(value => ({ at: at(value), text: String(value) })))
    };
  }
  const numbers = values.filter(value => typeof value === 'number');
  const scale = isWide(values) ? Math.log10 : (value: number): number => value;
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const span = scale(most) - scale(least) || 1;
  const at = (value: number): number => (scale(value) - scale(least)) / span;
  const distinct = [...new Set(numbers)].sort((a, b) => a - b);
  // The values themselves where they are few; their ends are written in any case.
  const between = distinct.length <= TICKS ? distinct : even(least, most, isWide(values));
  return {
    places: values.map(value => (typeof value === 'number' ? at(value) : null)),
    ticks: apart([least, most, ...between].map(value => ({ at: at(value), text: short(value) })))
  };
}

/** Round numbers between two others. */
function even(least: number, most: number, isLog: boolean): readonly number[] {
  if (isLog) {
    const [from, to] = [Math.ceil(Math.log10(least)), Math.floor(Math.log10(most))];
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, up) => 10 ** (from + up));
  }
  const rough = (most - least) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find(one => one * power >= rough) ?? 10) * power;
  const first = Math.ceil(least / step);
  return Array.from(
    { length: Math.max(0, Math.floor(most / step) - first + 1) },
    (_, up) => (first + up) * step
  );
}

/** The texts that do not stand over each other; those that come first count more. */
function apart(ticks: readonly ITick[]): readonly ITick[] {
  const kept: ITick[] = [];
  for (const tick of ticks) {
    if (kept.every(({ at }) => Math.abs(at - tick.at) >= APART)) {
      kept.push(tick);
    }
  }
  return kept.sort((a, b) => a.at - b.at);
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/**
 * A line for each run across an axis for each variable.
 *
 * #### Notes
 * Drawn as plain lines: plotly's own parallel coordinates need WebGL, of which a browser has few
 * contexts and a remote desktop often none, and know neither dashes nor what is under the pointer.
 */
export function parallelFigure(
  variables: readonly IVariable[],
  runs: readonly IFigureRun[]
): MakeFigure {
  const axes = variables.map(parallelAxis);
  const hasGap = axes.some(({ places }) => places.includes(null));
  const x = variables.map((_, at) => at);
  return theme => {
    const annotations = axes.flatMap(({ ticks, places }, at) =>
      [...ticks, ...(places.includes(null) ? [{ at: GAP, text: '–' }] : [])].map(
        (tick): NonNullable<Layout['annotations']>[number] => ({
          x: at,
          y: tick.at,
          xanchor: 'right',
          xshift: -5,
          showarrow: false,
          text: plotText(tick.text),
          font: { size: 10, color: theme.quiet },
          bgcolor: theme.surface,
          opacity: 0.85,
          borderpad: 0
        })
      )
    );
    const data = runs.map(({ title, at }, place): Data => {
      const { color, dash } = runStyle(at);
      return {
        type: 'scatter',
        mode: 'lines+markers',
        x,
        y: axes.map(({ places }) => places[place] ?? GAP),
        line: { color, dash, width: 2 },
        marker: { color, size: 6 },
        name: plotText(title),
        text: variables.map(({ name, values }) => {
          const value = values[place];
          const says = typeof value === 'number' ? short(value) : (value ?? '–');
          return `${plotText(name)} ${plotText(says)}`;
        }),
        hovertemplate: '%{text}<extra>%{fullData.name}</extra>'
      };
    });
    return {
      data,
      layout: {
        ...base(theme),
        margin: { l: 64, r: 52, t: 34, b: 10 },
        dragmode: false,
        annotations,
        shapes: x.map(at => ({
          type: 'line',
          layer: 'below',
          x0: at,
          x1: at,
          y0: axes[at]?.places.includes(null) ? GAP : 0,
          y1: 1,
          line: { color: theme.border, width: 1 }
        })),
        xaxis: {
          side: 'top',
          range: [-0.05, variables.length - 0.95],
          tickvals: x,
          ticktext: variables.map(({ name }) => title(name)),
          tickangle: 0,
          // The title of the last axis is as wide as the others, and has nothing beside it.
          ticklabeloverflow: 'allow',
          tickfont: { size: 11, color: theme.text },
          showgrid: false,
          zeroline: false,
          fixedrange: true
        },
        yaxis: {
          visible: false,
          range: [hasGap ? GAP - 0.06 : -0.05, 1.05],
          fixedrange: true
        }
      },
      config: { ...CONFIG, displayModeBar: false }
    };
  };
}

/** What stands above an axis: the end of a long name says more than its beginning. */
function title(name: string): string {
  const letters = Array.from(name);
  return plotText(letters.length > 16 ? `…${letters.slice(-15).join('')}` : name);
}
