/** Where things are inside a `runs` folder, and how they are put there. */
import { hash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from './disk.js';
import { dirname, join } from 'node:path';

/** The lower-case hex sha256 of some content. */
export function sha256(data: string | Uint8Array): string {
  return hash('sha256', data);
}

/** The folder of the logs of a notebook; `notebook` is its folder under `runs`. */
export function sessionsFolder(notebook: string): string {
  return join(notebook, 'sessions');
}

/** The log of one session or editor. */
export function logPath(notebook: string, log: string): string {
  return join(notebook, 'sessions', `${log}.jsonl`);
}

/** The points that a run logged. */
export function metricsPath(notebook: string, run: string): string {
  return join(notebook, run, 'metrics.jsonl');
}

/** What the machine did while a run went on. */
export function systemPath(notebook: string, run: string): string {
  return join(notebook, run, 'system.jsonl');
}

/** The derived summary of a run. */
export function summaryPath(notebook: string, run: string): string {
  return join(notebook, run, 'run.json');
}

/** The folder of the files kept with a run. */
export function artifactsFolder(notebook: string, run: string): string {
  return join(notebook, run, 'artifacts');
}

/**
 * Keeps some content under its hash, once, and returns the hash.
 *
 * @throws when the folder cannot be written.
 */
export function storeBlob(runs: string, data: string | Uint8Array): string {
  const hash = sha256(data);
  const path = join(runs, 'blobs', 'sha256', hash.slice(0, 2), hash);
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    replace(path, data);
  }
  return hash;
}

/**
 * Replaces a file of JSON as a whole: a reader sees the old one or the new one.
 *
 * @throws when the folder cannot be written.
 */
export function replaceJson(path: string, value: unknown): void {
  replace(path, `${JSON.stringify(value, undefined, 1)}\n`);
}

function replace(path: string, data: string | Uint8Array): void {
  const draft = join(dirname(path), `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    writeFileSync(draft, data);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
