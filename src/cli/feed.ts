/**
 * Reading files that may be too large to be held.
 */

import { closeSync, openSync, readSync } from 'node:fs';

// One for all files: a fresh one for each of many small files would cost more than reading them.
const piece = new Uint8Array(1 << 20);

/** Hands over a file piece by piece; nothing where it is not there. A piece is overwritten by the next. */
export function feedFile(path: string, take: (piece: Uint8Array) => void): void {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return;
    }
    throw error;
  }
  try {
    for (let size = readSync(file, piece); size > 0; size = readSync(file, piece)) {
      take(piece.subarray(0, size));
    }
  } finally {
    closeSync(file);
  }
}
