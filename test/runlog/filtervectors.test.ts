import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import {
  createDecision,
  createFilter,
  type FilteredRun,
  FilterError,
  previousRuns
} from '../../src/runlog/filter.js';

const folder = new URL('../vectors-filter/', import.meta.url);
const cases = JSON.parse(readFileSync(new URL('cases.json', folder), 'utf8')) as {
  now: string;
  filters: string[];
  errors: string[];
  decisions: string[];
  /** Of a commit, which commits of runs have it. */
  commits: Record<string, Record<string, boolean>>;
  runs: FilteredRun[];
};
const context = { now: Date.parse(cases.now), previous: previousRuns(cases.runs) };

it('gives the answers that other implementations are held to', async () => {
  const answers = cases.filters.map(filter => [
    filter,
    cases.runs.filter(createFilter(filter, context)).map(({ number }) => number)
  ]);
  await expect(`${JSON.stringify(Object.fromEntries(answers), null, 1)}\n`).toMatchFileSnapshot(
    fileURLToPath(new URL('expected.json', folder))
  );
});

it('decides where it cannot be told of all commits what other implementations decide', async () => {
  const ancestry = (commit: string) => (run: FilteredRun) =>
    cases.commits[commit]?.[run.code?.commit ?? ''];
  const answers = cases.decisions.map(filter => {
    const decide = createDecision(filter, context, ancestry);
    const numbers = (wanted: boolean | undefined) =>
      cases.runs.filter(run => decide(run) === wanted).map(({ number }) => number);
    return [filter, { through: numbers(true), undecided: numbers(undefined) }];
  });
  await expect(`${JSON.stringify(Object.fromEntries(answers), null, 1)}\n`).toMatchFileSnapshot(
    fileURLToPath(new URL('decisions.json', folder))
  );
});

it.each(cases.errors)('does not understand %s', filter => {
  expect(() => createFilter(filter, context)).toThrow(FilterError);
});
