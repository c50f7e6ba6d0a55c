/**
 * State of the process that has no name in the notebook: the current folder, the environment, what
 * modules were patched to be, how numbers are printed.
 *
 * #### Notes
 * Most of it acts on whatever runs later, without being read in a way that can be seen. So what wrote it
 * is kept as soon as anything after it is kept that it may act on.
 */

import type { IEffects } from './effects.js';
import type { IExecution } from './execution.js';
import { isImportOnly, plots } from './sources.js';

/** What a kind of state is called, and on which later cells it acts: `any`, or those with that trait. */
const kinds: ReadonlyArray<readonly [pattern: RegExp, says: string, acts: string]> = [
  [/^cwd$/, 'sets the current folder', 'any'],
  [/^environ$/, 'sets environment variables', 'any'],
  [/^sys\.path$/, 'changes where modules are found', 'any'],
  [/^warnings$/, 'sets which warnings are shown', 'any'],
  [/^matplotlib$/, 'sets how figures are drawn', 'plots'],
  [/^figures?$/, 'draws on a figure', 'plots'],
  [/^thread/, 'leaves a thread at work', 'any'],
  [/^module:(.+)$/, 'changes the module $1', 'any'],
  [/^/, 'sets $&', 'any']
];

/** Notes the traits of a cell that is kept: the nearest execution with each. */
export function reachOf(source: string, n: number, reach: Map<string, number>): void {
  reach.set('any', n);
  if (plots(source)) {
    reach.set('plots', n);
  }
}

/**
 * Why hidden state that an execution wrote is needed, a phrase each.
 *
 * @param reach - see {@link reachOf}
 * @param read - the state that kept executions are known to read, each with the nearest
 */
export function hiddenNeeds(
  { source = '' }: IExecution,
  { hiddenWrites }: IEffects,
  reach: ReadonlyMap<string, number>,
  read: ReadonlyMap<string, number>
): string[] {
  // An import changes much of it in passing, which matters only to those who use what is imported.
  const passing = isImportOnly(source);
  return [...hiddenWrites].flatMap(state => {
    const [pattern, says, acts] = kinds.find(([one]) => one.test(state)) ?? kinds[kinds.length - 1];
    const patch = state.startsWith('module:') || state === 'sys.path';
    if (!read.has(state) && ((passing && !patch) || !reach.has(acts))) {
      return [];
    }
    return [says.replace('$1', pattern.exec(state)?.[1] ?? '').replace('$&', state)];
  });
}
