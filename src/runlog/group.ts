import { textOf } from './filter/compare.js';
import { type FilteredRun, nameReader, reader, splitKey } from './filter/keys.js';
import { toNumber } from './numbers.js';

/** What is computed of the runs of a group. */
export type Aggregate = 'sum' | 'min' | 'max' | 'mean';

/** A number of each group: the aggregate of a key over those of its runs that have it. */
export interface IMeasure {
  aggregate: Aggregate;
  key: string;
}

/** The runs that agree in a key. */
export interface IGroup {
  /** What they agree in; undefined for those that do not have it. */
  value: unknown;
  runs: FilteredRun[];
  /** One number for each measure, undefined where no run has a number to give. */
  measures: (number | undefined)[];
}

/** Groups runs by the value of a key, the largest group first. A run with several values is in several groups. */
export function groupRuns(
  runs: readonly FilteredRun[],
  key: string,
  measures: readonly IMeasure[]
): IGroup[] {
  const read = nameReader(splitKey(key));
  const groups = new Map<string | undefined, { value: unknown; runs: FilteredRun[] }>();
  for (const run of runs) {
    const value = read(run);
    // A run that has none of several, as no dataset, is one without a value.
    const values = Array.isArray(value)
      ? [...new Set(value.length ? value : [undefined])]
      : [value];
    for (const one of values) {
      const known = one === null || one === undefined ? undefined : textOf(one);
      const group = groups.get(known);
      if (group) {
        group.runs.push(run);
      } else {
        groups.set(known, { value: known === undefined ? undefined : one, runs: [run] });
      }
    }
  }
  return [...groups.values()]
    .map(group => ({ ...group, measures: measures.map(one => measured(group.runs, one)) }))
    .sort((a, b) => b.runs.length - a.runs.length);
}

function measured(runs: readonly FilteredRun[], { aggregate, key }: IMeasure): number | undefined {
  const read = reader(splitKey(key));
  const numbers = runs.flatMap(run => toNumber(read(run)) ?? []).filter(one => !Number.isNaN(one));
  if (numbers.length === 0) {
    return undefined;
  }
  switch (aggregate) {
    case 'min':
      return numbers.reduce((least, one) => Math.min(least, one));
    case 'max':
      return numbers.reduce((greatest, one) => Math.max(greatest, one));
    case 'sum':
    case 'mean': {
      const sum = numbers.reduce((total, one) => total + one, 0);
      return aggregate === 'sum' ? sum : sum / numbers.length;
    }
  }
}
