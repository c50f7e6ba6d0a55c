/**
 * The environment variables that a repetition has to have for the same numbers.
 */

import { isObject, type RunSummary } from '../runlog/index.js';

/** Those of a machine, of a language, of paths, and the hash seed, which is set in another way. */
const ELSEWHERE =
  /^(?:PYTHON|CONDA_|LANG$|LC_|WORLD_SIZE$|NCCL_|HF_|TRANSFORMERS_)|_DEVICES$|ALLOC_CONF$/;

/** How libraries that count their threads are told how many. */
const THREADS: Readonly<Record<string, string>> = {
  openblas: 'OPENBLAS_NUM_THREADS',
  'numpy.openblas': 'OPENBLAS_NUM_THREADS',
  torch: 'OMP_NUM_THREADS',
  numba: 'NUMBA_NUM_THREADS'
};

/** The variables by their names: those that were set, and the threads that libraries counted. Pure. */
export function variablesOf({ environment }: RunSummary): Record<string, string> {
  const set = Object.entries(environment?.variables ?? {}).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && !ELSEWHERE.test(entry[0]) && !/withheld/i.test(entry[1])
  );
  const threads = Object.entries(threadsOf(environment)).flatMap(([library, count]) =>
    Object.hasOwn(THREADS, library) ? [[THREADS[library], String(count)] as const] : []
  );
  return Object.fromEntries([...threads, ...set].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** How many threads each library computed with. */
export function threadsOf(environment: RunSummary['environment']): Record<string, number> {
  const threads: unknown = environment?.threads;
  return Object.fromEntries(
    Object.entries(isObject(threads) ? threads : {}).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] > 0
    )
  );
}
