/**
 * Runs in groups: how many there are of each, and what is computed of their numbers.
 */

import {
  type Aggregate,
  groupRuns,
  type IGroup,
  type IMeasure,
  splitKeys
} from '../runlog/filter.js';
import type { ListedRun } from './catalog/packing.js';
import { type ICall, usageError } from './command.js';
import { shown, table } from './table.js';

/** What can be computed of a group. */
export const aggregates = ['sum', 'min', 'max', 'mean'] as const satisfies Aggregate[];

/** Prints the groups of some runs as `--sum`, `--min`, `--max`, `--mean` and `--sort` say. */
export function printGroups(call: ICall, found: ReadonlyArray<ListedRun>, key: string): void {
  const measures: IMeasure[] = aggregates.flatMap(aggregate =>
    splitKeys(call.option(aggregate) ?? '').map(measured => ({ aggregate, key: measured }))
  );
  const heads = measures.map(({ aggregate, key: measured }) => `${aggregate} ${measured}`);
  const groups = ordered(call, groupRuns(found, key, measures), key, measures);
  for (const [index, { key: measured }] of measures.entries()) {
    if (found.length && groups.every(({ measures: numbers }) => numbers[index] === undefined)) {
      call.say(`No run here has a number for ${measured}.`);
    }
  }
  if (call.flag('json')) {
    const listed = groups.map(({ value, runs: own, measures: numbers }) => ({
      [key]: value ?? null,
      runs: own.length,
      ...Object.fromEntries(heads.map((head, index) => [head, numbers[index] ?? null]))
    }));
    call.print(`${JSON.stringify(listed, null, 1)}\n`);
    return;
  }
  const rows = groups.map(({ value, runs: own, measures: numbers }) =>
    [value ?? '–', own.length, ...numbers].map(shown)
  );
  const head = [key, 'runs', ...heads].map(name => name.toUpperCase());
  call.print(`${table([head, ...rows], { screen: call.screen })}\n`);
}

/** The groups in the order of `--sort`: by `runs`, by the key of the groups, or by a key that is computed of them. */
function ordered(call: ICall, groups: IGroup[], key: string, measures: readonly IMeasure[]) {
  const sort = call.option('sort');
  if (sort === undefined) {
    return groups;
  }
  const down = sort.startsWith('-');
  const name = down ? sort.slice(1) : sort;
  const measure = measures.findIndex(
    ({ aggregate, key: measured }) => name === measured || name === `${aggregate} ${measured}`
  );
  if (measure < 0 && name !== key && name !== 'runs') {
    const known = [key, 'runs', ...measures.map(({ key: measured }) => measured)];
    throw usageError(`Groups are sorted by ${[...new Set(known)].join(', ')}, not by ${name}.`);
  }
  const read = (group: IGroup): unknown =>
    measure >= 0 ? group.measures[measure] : name === key ? group.value : group.runs.length;
  return [...groups].sort((a, b) => {
    const [left, right] = [read(a), read(b)];
    if (left === undefined || right === undefined) {
      return Number(left === undefined) - Number(right === undefined);
    }
    const order =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : shown(left) < shown(right)
          ? -1
          : Number(shown(left) > shown(right));
    return down ? -order : order;
  });
}
