/**
 * Rebuilds the code of a run in a folder: its commit, what differed from that, and what git did not track;
 * or, where there was no repository, the modules of the user's that it imported.
 *
 * #### Notes
 * The repository is only read: the files are laid out by an index of their own. No hook runs, nothing is
 * fetched.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { dirname, isAbsolute, join, normalize, resolve } from 'node:path';
import type { ILocalModule } from '../reproduce/index.js';
import type { RunSummary } from '../runlog/index.js';
import { exit, Stop } from './command.js';
import { replaceFile } from './files.js';

/** What is rebuilt, and where. */
export interface ICodeOptions {
  readonly run: RunSummary;
  /** The notebook's folder, to which the root of the repository is relative. */
  readonly home: string;
  /** What the code had beside the commit, for `git apply`. */
  readonly patch: string;
  /** An empty folder. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Writes the files.
 *
 * @throws Stop with a sentence where they cannot be had
 */
export function writeCode({ run, home, patch, folder, environment }: ICodeOptions): void {
  const { commit, root, reason } = run.code ?? {};
  if (!commit) {
    throw new Stop(`The record has no commit: ${reason ?? 'there was none'}.`, exit.failed);
  }
  const repository = resolve(home, root ?? '.');
  const temporary = mkdtempSync(join(tmpdir(), 'backtrail-code-'));
  const git = (cwd: string, words: string[], input = ''): { ok: boolean; why: string } => {
    const { status, stderr, error } = spawnSync(
      'git',
      ['-c', 'core.fsmonitor=false', '-c', `core.hooksPath=${devNull}`, ...words],
      {
        cwd,
        input,
        encoding: 'utf8',
        env: {
          ...environment,
          GIT_INDEX_FILE: join(temporary, 'index'),
          GIT_OPTIONAL_LOCKS: '0',
          GIT_TERMINAL_PROMPT: '0',
          GIT_NO_LAZY_FETCH: '1',
          GIT_LFS_SKIP_SMUDGE: '1',
          GIT_CEILING_DIRECTORIES: dirname(folder),
          LC_ALL: 'C'
        }
      }
    );
    if (error && 'code' in error && error.code === 'ENOENT' && existsSync(cwd)) {
      throw new Stop('git is not installed: it has the code of the commit.', exit.failed);
    }
    return { ok: status === 0, why: error?.message ?? stderr.trim().split('\n').at(-1) ?? '' };
  };
  try {
    const known = git(repository, ['cat-file', '-e', `${commit}^{commit}`]);
    if (!known.ok) {
      throw new Stop(
        `The commit ${commit.slice(0, 12)} is not in ${repository}: fetch it there.`,
        exit.failed
      );
    }
    const steps: Array<[string, string[], string?]> = [
      [repository, ['read-tree', commit]],
      [repository, ['checkout-index', '--all', '--quiet', `--prefix=${folder}/`]]
    ];
    if (patch !== '') {
      steps.push([folder, ['apply', '--whitespace=nowarn', '-'], patch]);
    }
    for (const [cwd, words, input] of steps) {
      const { ok, why } = git(cwd, words, input);
      if (!ok) {
        throw new Stop(`The code cannot be rebuilt: git ${words[0]} failed: ${why}.`, exit.failed);
      }
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * Writes modules as they were imported.
 *
 * @param folder - an empty folder, which stands for that of the notebook
 * @param sourceOf - the text that the record keeps by a hash
 * @returns what could not be written, in sentences
 */
export function writeModules(
  modules: ReadonlyArray<ILocalModule>,
  folder: string,
  sourceOf: (sha256: string) => string | undefined
): string[] {
  const problems: string[] = [];
  for (const { path, sha256 } of modules) {
    const source = sha256 === null ? undefined : sourceOf(sha256);
    if (isAbsolute(path) || normalize(path).startsWith('..')) {
      problems.push(`${path} is not written: it is not in the folder of the notebook.`);
    } else if (source === undefined) {
      problems.push(`${path} is not written: the record does not have what was imported.`);
    } else {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      replaceFile(file, source);
    }
  }
  return problems;
}
