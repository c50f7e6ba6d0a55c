import { textOf } from './filter/compare.js';
import { type FilteredRun, reader, splitKey } from './filter/keys.js';
import { toNumber } from './numbers.js';

/** A param and the values it was tried with. */
export interface ITriedKey {
  key: string;
  /** In order: numbers by size, other values as texts. */
  values: unknown[];
}

/** One combination of values. */
export interface ICombination {
  /** A value of each key, in the order of the keys. */
  values: unknown[];
  /** The runs that tried it; none for one that was never tried. */
  runs: FilteredRun[];
  /** Of the measure, the best number among those runs. */
  best?: number | undefined;
}

/** Which combinations of params were tried. */
export interface ICoverage {
  keys: ITriedKey[];
  /** Every combination of the values, tried or not, in order; none when there would be too many to count out. */
  combinations: ICombination[];
  /** How many combinations there are. */
  possible: number;
  tried: number;
  /** How many of the runs are in the grid: those that have all of its params. */
  placed: number;
  /** Params that had one value in all runs that have params: nobody has varied them. */
  constant: { key: string; value: unknown }[];
  /** Params that vary but are not in the grid: they have more values than it holds, or not every run has them. */
  left: string[];
}

/** What to compute. */
export interface ICoverageOptions {
  /** The params of the grid; by default those that vary, with few values each, and that the most runs have. */
  keys?: readonly string[];
  /** A key of which the best is kept for each combination, and whether that is the greatest. */
  measure?: { key: string; greatest: boolean };
}

/** More combinations than that are not counted out. */
const MOST_COMBINATIONS = 20_000;
/** A param with more values is a measurement rather than a choice. */
const MOST_VALUES = 30;
const MOST_KEYS = 4;

/** Lays out the grid of the params that some runs tried. */
export function coverage(runs: readonly FilteredRun[], options: ICoverageOptions = {}): ICoverage {
  // A run without any param, as one that prepares data, is no try.
  const tries = runs.filter(run => Object.keys(run.params).length > 0);
  const names = new Set(tries.flatMap(run => Object.keys(run.params)));
  const tried = [...names].map(name => ({ name, ...valuesOf(tries, ['params', name]) }));
  const varied = tried.filter(({ values }) => values.length > 1);
  const few = varied.filter(({ values }) => values.length <= MOST_VALUES);
  const least = few.reduce((least, { missing }) => Math.min(least, missing), Infinity);
  const chosen =
    options.keys?.map(key => ({ name: key, ...valuesOf(runs, splitKey(key)) })) ??
    few
      .filter(({ missing }) => missing === least)
      .sort((a, b) => a.values.length - b.values.length)
      .slice(0, MOST_KEYS);
  const keys = chosen.map(({ name, values }) => ({ key: name, values }));
  const readers = chosen.map(({ read }) => read);
  const byValues = new Map<string, FilteredRun[]>();
  for (const run of runs) {
    const own = readers.map(read => read(run));
    if (own.length > 0 && !own.includes(undefined)) {
      const key = JSON.stringify(own.map(textOf));
      const known = byValues.get(key);
      if (known) {
        known.push(run);
      } else {
        byValues.set(key, [run]);
      }
    }
  }
  const possible = keys.length === 0 ? 0 : keys.reduce((all, { values }) => all * values.length, 1);
  const combinations =
    possible > 0 && possible <= MOST_COMBINATIONS
      ? product(keys.map(({ values }) => values)).map(values => {
          const found = byValues.get(JSON.stringify(values.map(textOf))) ?? [];
          return { values, runs: found, best: bestOf(found, options.measure) };
        })
      : [];
  const inGrid = new Set(keys.map(({ key }) => key));
  return {
    keys,
    combinations,
    possible,
    tried: byValues.size,
    placed: [...byValues.values()].reduce((sum, { length }) => sum + length, 0),
    constant: tried
      .filter(({ values, missing }) => values.length === 1 && missing === 0)
      .map(({ name, values }) => ({ key: name, value: values[0] })),
    left: varied.map(({ name }) => name).filter(name => !inGrid.has(name))
  };
}

function valuesOf(runs: readonly FilteredRun[], path: readonly string[]) {
  const read = reader(path);
  const values = new Map<string, unknown>();
  let missing = 0;
  for (const run of runs) {
    const value = read(run);
    if (value === undefined || value === null) {
      missing += 1;
    } else {
      values.set(textOf(value), value);
    }
  }
  return { read, missing, values: [...values.values()].sort(byValue) };
}

function byValue(a: unknown, b: unknown): number {
  const [left, right] = [toNumber(a), toNumber(b)];
  if (left !== undefined && right !== undefined) {
    return left - right;
  }
  return left !== undefined ? -1 : right !== undefined ? 1 : textOf(a) < textOf(b) ? -1 : 1;
}

function product(lists: readonly (readonly unknown[])[]): unknown[][] {
  return lists.reduce<unknown[][]>(
    (all, list) => all.flatMap(head => list.map(value => [...head, value])),
    [[]]
  );
}

function bestOf(
  runs: readonly FilteredRun[],
  measure: ICoverageOptions['measure']
): number | undefined {
  if (!measure) {
    return undefined;
  }
  const read = reader(splitKey(measure.key));
  const numbers = runs.flatMap(run => toNumber(read(run)) ?? []).filter(one => !Number.isNaN(one));
  return numbers.length
    ? numbers.reduce((a, b) => (measure.greatest ? Math.max(a, b) : Math.min(a, b)))
    : undefined;
}
