/**
 * Hashes of files, however large.
 */

import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { Tell } from './progress.js';

/**
 * The hash of a file's content.
 *
 * @param progress - is told how many of how many bytes were read
 * @throws Error for what is no file: a pipe would be waited for, a device may never end
 */
export function hashOf(path: string, progress?: Tell): string {
  // Before it is opened: that alone would wait for whoever writes into a pipe.
  if (!statSync(path).isFile()) {
    throw new Error('it is no file');
  }
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  try {
    const all = fstatSync(file).size;
    const buffer = new Uint8Array(1 << 20);
    let done = 0;
    for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer)) {
      hash.update(buffer.subarray(0, size));
      done += size;
      progress?.(done, all);
    }
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}
