import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isEvent, readLog } from '../../runlog/index.js';
import type { Catalog } from '../catalog/catalog.js';
import type { ListedRun } from '../catalog/packing.js';
import { blobPath } from '../store.js';

/** One execution of a cell, as the log tells of it. */
export interface IExecuted {
  readonly n: number;
  /** The number that the notebook showed. */
  readonly count: number | null;
  /** When it began. */
  readonly time: string;
  /** The source as it was executed; null where it was not kept. */
  readonly source: string | null;
}

/** The execution of a run's session; undefined where the log does not tell of it. */
export function executionOf(catalog: Catalog, run: ListedRun, n: number): IExecuted | undefined {
  const place = catalog.placeOf(run);
  for (const event of eventsOf(join(place.folder, 'sessions', `${run.session}.jsonl`), run)) {
    if (isEvent(event, 'cell_start') && event.n === n) {
      const { count, time, source, source_blob: blob } = event;
      const kept = source ?? (blob === undefined ? undefined : read(blobPath(place.runs, blob)));
      return { n, count: count ?? null, time, source: kept ?? null };
    }
  }
  return undefined;
}

function eventsOf(path: string, { session }: ListedRun) {
  try {
    return readLog(session, readFileSync(path)).events;
  } catch {
    return [];
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
