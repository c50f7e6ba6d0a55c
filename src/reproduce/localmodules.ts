/**
 * The modules of one's own that a run imported, as the record keeps them: its code, where no repository has it.
 */

import { isEvent } from '../runlog/index.js';
import type { IHistory } from './history.js';

/** A module's file. */
export interface ILocalModule {
  /** Relative to the notebook's folder, or absolute where it is elsewhere. */
  readonly path: string;
  /** Its source's hash, by which it is kept; null where what was imported is not known. */
  readonly sha256: string | null;
}

/** The files, each as it was imported last. */
export function localModules({ events, last }: Pick<IHistory, 'events' | 'last'>): ILocalModule[] {
  const found = new Map<string, string | null>();
  for (const event of events) {
    if (isEvent(event, 'modules') && event.n <= last) {
      for (const { path, sha256 } of Object.values(event.modules ?? {})) {
        found.set(path, sha256 ?? null);
      }
    }
  }
  return [...found].map(([path, sha256]) => ({ path, sha256 }));
}
