/**
 * Whether the code of a run had a commit: what git's graph says.
 */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FilteredRun, HasCommit } from '../runlog/filter.js';

/**
 * What is known of a commit, and the runs' own.
 *
 * @param all - the runs that will be asked about, so that git is asked once for all of them
 * @param cwd - where git is asked when the folder of a run's code is gone
 */
export function ancestryOf(
  all: readonly FilteredRun[],
  cwd: string
): (commit: string) => HasCommit {
  return commit => {
    const commits = new Map<string, Set<string>>();
    for (const run of all) {
      if (run.code?.commit) {
        const root = rootOf(run, cwd);
        commits.set(root, (commits.get(root) ?? new Set()).add(run.code.commit));
      }
    }
    const graphs = new Map([...commits].map(([root, own]) => [root, ancestry(root, commit, own)]));
    return run => {
      const own = run.code?.commit;
      return own ? graphs.get(rootOf(run, cwd))?.(own) : undefined;
    };
  };
}

/** The clone in which a run's commit is looked up. */
function rootOf(run: FilteredRun, cwd: string): string {
  const folders = [run.code?.root, run.notebook?.path && dirname(run.notebook.path)];
  return folders.find(folder => folder && isThere(folder)) || cwd;
}

const there = new Map<string, boolean>();

/** Thousands of runs have few folders: each is looked for once. */
function isThere(folder: string): boolean {
  let found = there.get(folder);
  if (found === undefined) {
    found = existsSync(folder);
    there.set(folder, found);
  }
  return found;
}

/** For commits of one clone, whether they are the given one or come after it. */
function ancestry(
  root: string,
  commit: string,
  commits: ReadonlySet<string>
): (commit: string) => boolean | undefined {
  const [base] = known(root, [commit]).values();
  if (base === undefined) {
    return () => undefined;
  }
  const there = known(
    root,
    [...commits].filter(one => /^[0-9a-f]{7,64}$/.test(one))
  );
  // Those on the way from the one commit to any of the others: git walks its graph once for all of them.
  const tips = [...new Set(there.values())];
  const lines = git(root, ['rev-list', '--ancestry-path', '--stdin'], [`^${base}`, ...tips]);
  if (lines === undefined) {
    return () => undefined;
  }
  const after = new Set([base, ...lines]);
  return one => {
    const full = there.get(one);
    return full === undefined ? undefined : after.has(full);
  };
}

/** The full names of those commits that a clone has. */
function known(root: string, commits: readonly string[]): Map<string, string> {
  const lines =
    git(
      root,
      ['cat-file', '--batch-check'],
      commits.map(one => `${one}^{commit}`)
    ) ?? [];
  return new Map(
    lines.flatMap((line, index): [string, string][] => {
      const [full = '', kind] = line.split(' ');
      return kind === 'commit' ? [[commits[index] ?? '', full]] : [];
    })
  );
}

/** The lines that git answers; undefined where there is no git, or no repository. */
function git(root: string, words: string[], input: string[]): string[] | undefined {
  const { status, stdout } = spawnSync('git', ['-C', root, ...words], {
    input: input.map(line => `${line}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    // Nothing is fetched: a partial clone is asked for what it has.
    env: { ...process.env, GIT_NO_LAZY_FETCH: '1', GIT_OPTIONAL_LOCKS: '0' }
  });
  return status === 0 ? stdout.split('\n').slice(0, -1) : undefined;
}
