import { alive } from '../liveness.js';
import type { ListedRun } from './packing.js';

const known = new Map<string, boolean | undefined>();

/** A run that has no end, with what is true of it now; the cache says `killed` of each such run. */
export function currentStatus(run: ListedRun): ListedRun {
  if (run.status !== 'killed' || run.process === null) {
    return run;
  }
  const key = JSON.stringify(run.process);
  if (!known.has(key)) {
    known.set(key, alive(run.process));
  }
  const lives = known.get(key);
  return lives === false
    ? run
    : { ...run, status: lives ? 'running' : 'unknown', ended: null, duration: null };
}
