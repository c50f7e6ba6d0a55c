import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { notebookFolders } from '../folders.js';

/** A file below a folder. */
export interface IListedFile {
  readonly path: string;
  readonly size: number;
}

/**
 * All files below a folder, but for those of hidden folders and the records themselves.
 *
 * @param failed - is told of folders that cannot be read; the rest is listed
 */
export function filesIn(
  folder: string,
  failed: (path: string, error: unknown) => void
): IListedFile[] {
  const found: IListedFile[] = [];
  const list = (place: string): void => {
    let entries;
    try {
      // The records themselves are no files of the user's.
      if (place !== folder && notebookFolders(place).length > 0) {
        return;
      }
      entries = readdirSync(place, { withFileTypes: true });
    } catch (error) {
      failed(place, error);
      return;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = join(place, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.')) {
          list(path);
        }
      } else if (entry.isFile() || entry.isSymbolicLink()) {
        // A link to a file stands for it, as `latest.pkl` may; one to a folder could lead round in circles.
        const size = sizeOf(path);
        if (size !== undefined) {
          found.push({ path, size });
        }
      }
    }
  };
  list(folder);
  return found;
}

/** The size of a file, or of the one that a link leads to; undefined where there is none. */
function sizeOf(path: string): number | undefined {
  try {
    const status = statSync(path);
    return status.isFile() ? status.size : undefined;
  } catch {
    return undefined;
  }
}
