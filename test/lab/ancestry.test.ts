import { expect, it } from 'vitest';
import { RunFilter } from '../../src/lab/history/runfilter.js';
import { CommitAncestry } from '../../src/lab/store/ancestry.js';
import { summary } from './summary.js';

const runs = ['before', 'after', 'elsewhere'].map((commit, at) =>
  summary({
    id: `20261123-15000000${at}-aaaa`,
    params: { lr: at },
    code: { commit, branch: 'main', dirty: false, diff: null }
  })
);

it('asks git once which runs have a commit, and tells of how many it cannot say', async () => {
  const asked: string[] = [];
  const ancestry = new CommitAncestry({
    ancestry: commit => {
      asked.push(commit);
      return Promise.resolve({ before: false, after: true });
    }
  });
  const filter = new RunFilter('contains_commit("1a2b3c4")', ancestry);
  expect([filter.error, filter.apply(runs)]).toEqual([null, []]);
  expect([filter.undecided, ancestry.isAsking]).toEqual([3, true]);

  await new Promise<void>(resolve => ancestry.changed.connect(() => resolve()));
  expect(filter.apply(runs)).toEqual([runs[1]]);
  expect([filter.undecided, ancestry.isAsking, asked]).toEqual([1, false, ['1a2b3c4']]);

  const decided = new RunFilter('lr = 2 or contains_commit("1a2b3c4")', ancestry);
  expect(decided.apply(runs)).toEqual([runs[1], runs[2]]);
  expect(decided.undecided).toBe(0);
});

it('says what contains_commit takes', () => {
  expect(new RunFilter('contains_commit("--all")').error?.message).toMatch(/takes a commit/);
});
