import type { Process } from '../schema.js';

/** Tells whether a process still lives; undefined or null where that cannot be told. */
export type Alive = (process: Process) => boolean | null | undefined;

/** What is said of a thing that has no end: its writer has not finished it, or never will. */
export function openStatus(
  process: Process | undefined,
  alive: Alive
): 'running' | 'killed' | 'unknown' {
  const lives = process === undefined ? undefined : alive(process);
  return lives === true ? 'running' : lives === false ? 'killed' : 'unknown';
}
