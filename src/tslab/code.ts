/** The state of the code when a run begins: commit, branch, remote, and what differs from the commit. */
import * as childProcess from 'node:child_process';
import { dirname, join, relative } from 'node:path';
import { readFileSync, realpathSync, statSync } from './disk.js';
import type { ICount } from '../secrets/redactor.js';
import type { Run } from './run.js';
import type { Session } from './session.js';

// Taken now: notebooks replace it, and the tracker itself listens to it.
const { execFile } = { ...childProcess };

const LARGEST_DIFF = 4 << 20;
const LARGEST_FILE = 1 << 20;
const MOST_FILES = 200;
const PATIENCE = 20_000;
const CREDENTIALS = /^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i;

/** Git said no, or there is none. */
class GitError extends Error {}

/** Writes the state of the code for a run; waits for git, never for long. Never throws. */
export async function noteCode(session: Session, run: Run): Promise<void> {
  const nothing = { commit: null, branch: null, remote: null, dirty: null, root: null };
  let fields: Record<string, unknown>;
  try {
    fields = await stateOf(session);
  } catch (error) {
    const reason = error instanceof GitError ? error.message : 'git could not be asked';
    fields = { ...nothing, diff: null, reason };
  }
  session.write('code', { run: run.id, ...fields });
}

async function stateOf(session: Session): Promise<Record<string, unknown>> {
  const folder = dirname(session.notebook);
  const git = (...words: string[]): Promise<string> => ask(folder, words);
  const maybe = (...words: string[]): Promise<string | null> =>
    git(...words).then(
      text => named(text).trim() || null,
      () => null
    );
  const root = named(await git('rev-parse', '--show-toplevel')).trim();
  const [branch, commit] = await Promise.all([
    maybe('symbolic-ref', '--short', '-q', 'HEAD'),
    maybe('rev-parse', '--verify', '-q', 'HEAD')
  ]);
  const inside = relative(realpathSync(root), realpathSync(session.runs)).replaceAll('\\', '/');
  const isInside = inside !== '' && !inside.startsWith('..');
  const everything = ['--', ':/', ...(isInside ? [`:(exclude,top,literal)${inside}`] : [])];
  const list = ['ls-files', '--others', '--exclude-standard', '-z', '--full-name', ...everything];
  const withheld: ICount[] = [];
  const others = untracked(
    session,
    root,
    (await git(...list)).split('\0').filter(Boolean),
    withheld
  );
  const state = {
    commit,
    branch,
    remote: await remoteOf(branch, maybe),
    root: relative(folder, realpathSync(root)).replaceAll('\\', '/') || '.',
    ...others
  };
  if (commit === null) {
    const reason = 'the repository has no commit yet';
    return { ...state, dirty: null, diff: null, reason, ...said(withheld) };
  }
  const diff = await git(
    ...['diff', '--no-color', '--no-ext-diff', '--no-textconv', '--binary', 'HEAD', ...everything]
  );
  const kept = keepDiff(session, diff, withheld);
  return { ...state, dirty: diff !== '', ...kept, ...said(withheld) };
}

/**
 * Keeps a difference without its secrets.
 *
 * @param diff - one character for each byte, so that what is no UTF-8 stays what it is.
 */
function keepDiff(
  session: Session,
  diff: string,
  withheld: ICount[]
): { diff: string | null; reason: string | null } {
  if (diff === '') {
    return { diff: null, reason: null };
  }
  if (diff.length > LARGEST_DIFF) {
    const reason = 'the difference from the commit is larger than 4 MiB and was not kept';
    return { diff: null, reason };
  }
  const safe = session.redactor.diff(diff);
  withheld.push(...(safe.withheld ?? []));
  if (safe.text === null) {
    const reason = 'the difference could not be checked for secrets and was not kept';
    return { diff: null, reason };
  }
  return { diff: session.store('A difference', Buffer.from(safe.text, 'latin1')), reason: null };
}

/** The files that git neither tracks nor ignores: small texts are kept. */
function untracked(
  session: Session,
  root: string,
  paths: readonly string[],
  withheld: ICount[]
): Record<string, unknown> {
  if (paths.length === 0) {
    return {};
  }
  const found: Record<string, string | null> = {};
  for (const path of paths.slice(0, MOST_FILES)) {
    found[path] = keepText(session, join(root, path), withheld);
  }
  const more = paths.length - MOST_FILES;
  return { untracked: found, ...(more > 0 ? { left_out: more } : {}) };
}

function keepText(session: Session, path: string, withheld: ICount[]): string | null {
  try {
    if (statSync(path).size > LARGEST_FILE) {
      return null;
    }
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
    const safe = session.redactor.source(text);
    withheld.push(...(safe.withheld ?? []));
    return session.store('An untracked file', safe.text);
  } catch {
    return null;
  }
}

/** Where the branch, or else the repository, comes from, without credentials. */
async function remoteOf(
  branch: string | null,
  maybe: (...words: string[]) => Promise<string | null>
): Promise<string | null> {
  let name = branch && (await maybe('config', '--get', `branch.${branch}.remote`));
  if (!name || name === '.') {
    const names = ((await maybe('remote')) ?? '').split('\n').filter(Boolean);
    name = names.includes('origin') ? 'origin' : (names.at(0) ?? null);
  }
  const url = name && (await maybe('config', '--get', `remote.${name}.url`));
  return url ? url.split(/[?#]/)[0].replace(CREDENTIALS, '$1') : null;
}

function said(withheld: readonly ICount[]): { withheld?: ICount[] } {
  const counts = new Map<string, number>();
  for (const { kind, count } of withheld) {
    counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  const listed = [...counts].sort().map(([kind, count]) => ({ kind, count }));
  return listed.length > 0 ? { withheld: listed } : {};
}

/** The text of bytes. */
function named(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString();
}

/** What git prints, one character for each byte. */
function ask(folder: string, words: readonly string[]): Promise<string> {
  // No lock on the user's index, no question at a terminal, no program of the repository's choosing.
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
  const parameters = ['-c', 'core.fsmonitor=false', '-C', folder, ...words];
  const options = { env, encoding: 'latin1', maxBuffer: 64 << 20, timeout: PATIENCE } as const;
  return new Promise((resolve, reject) => {
    const child = execFile('git', parameters, options, (error, output, problem) => {
      if (error === null) {
        resolve(output);
      } else {
        reject(new GitError(reasonOf(error, problem)));
      }
    });
    // The kernel may be told to end meanwhile.
    child.unref();
  });
}

function reasonOf(error: Error & { code?: unknown; killed?: boolean }, problem: string): string {
  if (error.code === 'ENOENT') {
    return 'git is not installed';
  }
  if (error.killed) {
    return 'git did not answer in time';
  }
  return problem.includes('not a git repository')
    ? "the notebook's folder is not in a git repository"
    : problem.trim().split('\n')[0] || 'git failed';
}
