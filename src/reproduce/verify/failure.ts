/**
 * Verdicts on replays that came to nothing that could be compared.
 */

import type { IPlay } from './stage.js';
import type { IVerdict } from './verdict.js';

/** A replay that never came to its first cell. */
export function neverBegan({ code, timedOut, err }: IPlay, limit: number): string {
  if (timedOut) {
    return `${stopped(limit)} before its first cell: a longer time limit gives it more.`;
  }
  const last = err.trim().split('\n').at(-1) ?? '';
  const how = code === null ? 'The replay was killed' : `The replay ended with code ${code}`;
  return `${how} before its first cell${last ? `: ${last}` : '.'}`;
}

/**
 * Why there is nothing to play; undefined where there is.
 *
 * @param kept - what is to be played
 * @param whole - everything up to the end of the run
 */
export function nothingRan(kept: IPlan, whole: IPlan): string | undefined {
  const isRefused = ({ error }: IRefusable): boolean => error?.unparsable === true;
  if (!kept.executions.every(isRefused)) {
    return undefined;
  }
  return whole.executions.every(isRefused)
    ? 'No cell of the run could be read or compiled: none of its code ran, so there is nothing to repeat.'
    : 'No cell that ran is needed for what the run came to, so there is nothing to repeat.';
}

interface IRefusable {
  readonly error?: { readonly unparsable?: boolean } | null | undefined;
}

interface IPlan {
  readonly executions: ReadonlyArray<IRefusable>;
}

/** A replay that took too long. */
export function tookTooLong(limit: number, cell: string): string {
  return `${stopped(limit)} in cell ${cell}: a longer time limit gives it more.`;
}

function stopped(limit: number): string {
  return `The replay was stopped after ${limit} ${limit === 1 ? 'second' : 'seconds'},`;
}

/**
 * The verdict that there is nothing to compare.
 *
 * @param at - the execution that did not end
 */
export function couldNotRun(
  says: string,
  { tolerance, replays, n }: { tolerance: number; replays: number; n?: number | undefined }
): IVerdict {
  return {
    verdict: 'could not run',
    says,
    first:
      n === undefined
        ? null
        : { kind: 'missing', at: 0, n, name: '', recorded: 'ran', replayed: 'did not end' },
    cause: null,
    compared: { cells: 0, points: 0, variables: 0, files: 0, outputs: 0, uncovered: 0 },
    differences: {},
    cells: [],
    tolerance,
    replays
  };
}
