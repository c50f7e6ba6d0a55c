/**
 * What is played to verify a run of tslab: the sources of the cells, which tslab's own converter and
 * executor run again, and the states of random numbers to put back.
 */

import type { RunSummary } from '../../../runlog/index.js';
import type { IHistory } from '../../history.js';
import { waitBehindAll, waitsOf } from './waiting.js';

/** One cell to be played. */
export interface IProgramCell {
  readonly n: number;
  readonly source: string;
  /** The state of `Math.random` to put back before it, as blobs have it; null: the one that is there. */
  readonly random: string | null;
  /** Whether it failed in the notebook, so that the next one may follow all the same. */
  readonly fails: boolean;
  /** Seconds after which it is interrupted; null: it is not. */
  readonly interrupted: number | null;
  /** Seconds that what it started may go on before the next cell; behind the last one, before the kernel ends. */
  readonly wait: number;
}

/** See above. Plain data, for a file. */
export interface IProgram {
  readonly language: 'typescript' | 'javascript';
  /** The state of `Math.random` that the session began with; null where no cell drew. */
  readonly random: string | null;
  readonly cells: ReadonlyArray<IProgramCell>;
}

const STREAM = 'Math.random';

/** The program of a history. Pure. A cell whose source is missing is left out. */
export function programOf(
  { kernel }: RunSummary,
  { executions, events, randomness }: IHistory
): IProgram {
  const waits = new Map(waitsOf(executions));
  const last = executions.at(-1);
  if (last) {
    waits.set(last.n, waitBehindAll(executions, events));
  }
  return {
    language: kernel?.language === 'javascript' ? 'javascript' : 'typescript',
    random: randomness.initial.find(({ stream }) => stream === STREAM)?.state ?? null,
    cells: executions.flatMap(({ n, source, status, duration = 0 }) =>
      source === undefined
        ? []
        : [
            {
              n,
              source,
              random:
                randomness.before.get(n)?.find(({ stream }) => stream === STREAM)?.state ?? null,
              fails: status === 'failed',
              interrupted: status === 'interrupted' ? duration : null,
              wait: waits.get(n) ?? 0
            }
          ]
    )
  };
}
