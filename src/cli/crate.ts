/**
 * Writes an export as the folder of an RO-Crate.
 */

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  crateFiles,
  crateMetadata,
  missingFiles,
  type ICrateFile,
  type IExportedScript,
  type ISelection
} from '../reproduce/index.js';
import type { RunSummary } from '../runlog/index.js';
import { blobPath, type Notebook } from './store.js';
import { hashOf } from './hash.js';

/** Larger files are named with their hash, and not carried. */
const LARGEST = 100 << 20;

/**
 * Writes the crate.
 *
 * @returns what it lacks, in sentences
 */
export function writeCrate(
  folder: string,
  notebook: Notebook,
  run: RunSummary,
  selection: ISelection,
  exported: IExportedScript
): string[] {
  const log = notebook.logs().find(({ id }) => id === run.session)?.text ?? '';
  const metrics = join(notebook.place.folder, run.id, 'metrics.jsonl');
  const points = existsSync(metrics) ? readFileSync(metrics, 'utf8') : '';
  const files = crateFiles(selection, run, exported, log, points);
  const home = dirname(run.notebook.path ?? notebook.place.runs);
  const present = new Set<string>();
  for (const file of files) {
    if (place(join(folder, file.path), file, home, notebook.place.runs)) {
      present.add(file.path);
    }
  }
  const metadata = crateMetadata(selection, run, exported, files, present);
  writeFileSync(join(folder, 'ro-crate-metadata.json'), metadata);
  return missingFiles(files, present);
}

function place(
  target: string,
  { text, sha256, from }: ICrateFile,
  home: string,
  runs: string
): boolean {
  if (text !== undefined) {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    return true;
  }
  const candidates = [
    ...(sha256 ? [blobPath(runs, sha256)] : []),
    ...(from === undefined ? [] : [resolve(home, from)])
  ];
  const source = candidates.find(path => isThat(path, sha256));
  if (source === undefined) {
    return false;
  }
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(source, target);
  return true;
}

function isThat(path: string, sha256: string | undefined): boolean {
  try {
    const found = statSync(path);
    return found.isFile() && found.size <= LARGEST && hashOf(path) === sha256;
  } catch {
    return false;
  }
}
