/**
 * Where what was read of logs is kept for the next call: the user's own cache, never the folder of runs.
 */

import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { replaceFile } from '../files.js';
import { version } from '../version.js';
import type { Row } from './packing.js';

/** To be raised when what is kept of a run is another. */
const FORM = 1;

/** What was read of one log. */
export interface IKeptLog {
  /** Size in bytes, time of the last change in ms, and the number of the file. */
  readonly seen: readonly [size: number, changed: number, file: number];
  /** The runs and sessions of other logs that this one speaks of. */
  readonly touches: readonly string[];
  readonly rows: Row[];
  /** The size and time of the points of runs that may still be written to. */
  readonly points: Readonly<Record<string, readonly [size: number, changed: number] | null>>;
}

/** What was read of one notebook. */
export interface IKeptNotebook {
  readonly shared: unknown[];
  readonly logs: Record<string, IKeptLog>;
}

/** Where the cache of a notebook's folder is. */
export function cachePath(folder: string, environment: NodeJS.ProcessEnv): string {
  const name = createHash('sha256').update(real(folder)).digest('hex').slice(0, 32);
  return join(cacheFolder(environment), `${name}.json`);
}

/** Reads a cache; undefined where there is none, or another version wrote it. */
export function readCache(path: string): IKeptNotebook | undefined {
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as IKeptNotebook & { by: unknown };
    return kept.by === signature() && Array.isArray(kept.shared) && kept.logs ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Writes a cache. Where that cannot be done, the next call reads the logs again. */
export function writeCache(path: string, kept: IKeptNotebook): void {
  try {
    replaceFile(path, JSON.stringify({ by: signature(), ...kept }));
  } catch {
    // A full or read-only disk is no reason to give no answer.
  }
}

/** Forgets what is kept of a notebook. */
export function dropCache(path: string): void {
  rmSync(path, { force: true });
}

function signature(): string {
  return `${version()}/${FORM}`;
}

function cacheFolder(environment: NodeJS.ProcessEnv): string {
  const home = homedir();
  const top =
    process.platform === 'win32'
      ? environment.LOCALAPPDATA || join(home, 'AppData', 'Local')
      : process.platform === 'darwin'
        ? join(home, 'Library', 'Caches')
        : environment.XDG_CACHE_HOME || join(home, '.cache');
  return join(top, 'backtrail', 'runs');
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
