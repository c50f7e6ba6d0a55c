import {
  coverage,
  type FilteredRun,
  type ICombination,
  type ITriedKey,
  quoted,
  written
} from '../../runlog/filter.js';

/** A number that is shown for each combination: the least or the greatest last value of a metric. */
export interface IMeasureChoice {
  readonly metric: string;
  readonly greatest: boolean;
}

/** What somebody chose to see; what is left out, or is not there, is chosen for him. */
export interface IHeatMapChoice {
  /** The param whose values stand below each other. */
  readonly down?: string | undefined;
  /** The param whose values stand beside each other. */
  readonly right?: string | undefined;
  /** Null shows how many runs there are. */
  readonly measure?: IMeasureChoice | null;
}

/** Where two values meet. */
export interface IHeatCell {
  /** The values of {@link IHeatMap.down} and {@link IHeatMap.right}, of those that there are. */
  readonly values: readonly unknown[];
  /** The ids of the runs that tried them; none where nobody did. */
  readonly runs: readonly string[];
  /** The measure, or else the number of runs; undefined where there is none. */
  readonly value: number | undefined;
  /** How the value stands between the worst (0) and the best (1) of all; undefined where there is none. */
  readonly weight: number | undefined;
}

/** A grid of tried values. */
export interface IHeatMap {
  /** The names of the params that vary. */
  readonly params: readonly string[];
  /** The names of the metrics that some of the runs have. */
  readonly metrics: readonly string[];
  /** Null where only one param varies. */
  readonly down: ITriedKey | null;
  /** Null where no param varies. */
  readonly right: ITriedKey | null;
  readonly measure: IMeasureChoice | null;
  /** Empty where the values are too many to be shown. */
  readonly rows: readonly (readonly IHeatCell[])[];
  /** How many combinations there are, and how many of them were tried. */
  readonly possible: number;
  readonly tried: number;
  /** How many runs there are. */
  readonly runs: number;
  /** How many of them have the params of the grid. */
  readonly placed: number;
  /** Params that had one value in all runs. */
  readonly constant: readonly { readonly key: string; readonly value: unknown }[];
}

/** So many values of a param can be told apart on a screen. */
export const MOST_VALUES = 60;

/** More runs than that are not named one by one in a filter. */
const NAMED = 50;

/** Metrics of which less is better, by their usual names. */
const LESS = /loss|err|mse|mae|perplexity|nll|regret|seconds|time/i;

/** Whether more of a metric is likely better. */
export function isGreaterBetter(metric: string): boolean {
  return !LESS.test(metric);
}

/** Lays out what some runs tried. */
export function heatMapOf(runs: readonly FilteredRun[], choice: IHeatMapChoice = {}): IHeatMap {
  const all = coverage(runs);
  const own = all.keys.map(({ key }) => key);
  const params = [...own, ...all.left];
  const metrics = [...new Set(runs.flatMap(run => Object.keys(run.metrics)))].sort();
  const measure = choice.measure && metrics.includes(choice.measure.metric) ? choice.measure : null;
  const right = pick(params, choice.right, choice.down, own.length > 1 ? 1 : 0);
  const down = pick(
    params.filter(name => name !== right),
    choice.down,
    undefined,
    0
  );
  const names = [down, right].filter(name => name !== undefined);
  const grid = coverage(runs, {
    keys: names.map(paramKey),
    ...(measure && {
      measure: { key: written(['metrics', measure.metric]), greatest: measure.greatest }
    })
  });
  const keys = grid.keys.map(({ values }, at): ITriedKey => ({ key: names[at], values }));
  const isShown = keys.length > 0 && keys.every(({ values }) => values.length <= MOST_VALUES);
  const last = keys[keys.length - 1] ?? null;
  return {
    params,
    metrics,
    down: keys.length > 1 ? keys[0] : null,
    right: last,
    measure,
    rows: isShown && last ? rowsOf(grid.combinations, last.values.length, measure) : [],
    possible: grid.possible,
    tried: grid.tried,
    runs: runs.length,
    placed: grid.placed,
    constant: all.constant
  };
}

/** The filter that lets just the runs of a cell through, of those that a filter did. */
export function cellFilter(base: string, map: IHeatMap, cell: IHeatCell): string {
  const keys = [map.down, map.right].filter(key => key !== null);
  const conditions = keys.map(({ key }, at) => {
    const text = valueText(cell.values[at]);
    return text === undefined ? undefined : `${paramKey(key)} = ${text}`;
  });
  const own = conditions.includes(undefined)
    ? `id in (${cell.runs
        .slice(0, NAMED)
        .map(id => JSON.stringify(id))
        .join(', ')})`
    : conditions.join(' and ');
  const before = base.trim();
  return before === '' ? own : `${/\bor\b|\|\|/i.test(before) ? `(${before})` : before} and ${own}`;
}

function paramKey(name: string): string {
  return written(['params', name]);
}

/** A value as a filter says it; undefined where it has no way to. */
function valueText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'boolean':
      return String(value);
    case 'number':
      return String(value).replace('e+', 'e');
    case 'string':
      return value === 'NaN' ? undefined : quoted(value);
    default:
      return undefined;
  }
}

function pick(
  names: readonly string[],
  chosen: string | undefined,
  taken: string | undefined,
  usual: number
): string | undefined {
  if (chosen !== undefined && names.includes(chosen)) {
    return chosen;
  }
  const free = names.filter(name => name !== taken);
  return free[Math.min(usual, free.length - 1)] ?? names[0];
}

function rowsOf(
  combinations: readonly ICombination[],
  width: number,
  measure: IMeasureChoice | null
): IHeatCell[][] {
  const valueOf = ({ runs, best }: ICombination): number | undefined =>
    runs.length === 0 ? undefined : measure ? best : runs.length;
  const finite = combinations.flatMap(one => valueOf(one) ?? []).filter(Number.isFinite);
  const least = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const most = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  const weigh = (value: number | undefined): number | undefined => {
    if (value === undefined || Number.isNaN(value)) {
      return undefined;
    }
    const part =
      most > least ? (Math.min(most, Math.max(least, value)) - least) / (most - least) : 1;
    return measure && !measure.greatest && most > least ? 1 - part : part;
  };
  const cells = combinations.map((one): IHeatCell => {
    const value = valueOf(one);
    return { values: one.values, runs: one.runs.map(({ id }) => id), value, weight: weigh(value) };
  });
  return Array.from({ length: Math.ceil(cells.length / width) }, (_, row) =>
    cells.slice(row * width, (row + 1) * width)
  );
}
