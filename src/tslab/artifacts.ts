/** Files kept with a run. */
import { createHash } from 'node:crypto';
import { basename, dirname, join, posix, resolve, sep } from 'node:path';
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  statSync
} from './disk.js';
import type { Recorder } from './recorder.js';

const PIECE = 1 << 20;

/**
 * Keeps a copy of a file, or of a folder with all that is in it, with the open run.
 *
 * @throws when it cannot be read or the copy not be written.
 */
export function keepArtifact(recorder: Recorder, path: string, name?: string): void {
  const label = inside(name ?? basename(path));
  if (!statSync(path).isDirectory()) {
    keepFile(recorder, path, label);
    return;
  }
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) {
      const file = join(entry.parentPath, entry.name);
      const below = resolve(file).slice(resolve(path).length + 1);
      keepFile(recorder, file, posix.join(label, below.replaceAll(sep, '/')));
    }
  }
}

/** The hash and the size of a file, read in pieces. */
export function hashFile(path: string): { sha256: string; size: number } {
  const hash = createHash('sha256');
  const descriptor = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(PIECE);
    let size = 0;
    for (let read = 1; read > 0; size += read) {
      read = readSync(descriptor, bytes, 0, PIECE, null);
      hash.update(bytes.subarray(0, read));
    }
    return { sha256: hash.digest('hex'), size };
  } finally {
    closeSync(descriptor);
  }
}

function keepFile(recorder: Recorder, path: string, name: string): void {
  const run = recorder.openRun();
  recorder.session.ensure();
  const copy = join(run.artifacts, name);
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(path, copy);
  const cell = recorder.executions.current?.n ?? null;
  recorder.record(run, 'artifact', { name, path: name, ...hashFile(copy), cell });
}

/** A name that stays within the folder of the artifacts. */
function inside(name: string): string {
  const path = posix.normalize(`/${name.replaceAll('\\', '/')}`).slice(1);
  if (path === '') {
    throw new Error(`${JSON.stringify(name)} is no name for an artifact`);
  }
  return path;
}
