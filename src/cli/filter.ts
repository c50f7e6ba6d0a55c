/**
 * The filter of a call, from its text.
 */

import {
  createDecision,
  type FilteredRun,
  FilterError,
  mentionedKeys,
  previousRuns,
  reader,
  splitKey
} from '../runlog/filter.js';
import { ancestryOf } from './ancestry.js';
import { type ICall, usageError } from './command.js';

/**
 * Those runs that the filter of `--where` lets through; all of them where there is none.
 *
 * What cannot be told of a run, as whether its code had a commit that is not in this clone, may decide: such a run is
 * left out, and how many there are is said.
 *
 * @param runs - the runs to choose from
 * @param all - every run there is, so that a filter can ask what a run was preceded by
 * @throws Stop where the text cannot be understood
 */
export function filtered<Run extends FilteredRun>(
  call: ICall,
  runs: readonly Run[],
  all: readonly FilteredRun[]
): Run[] {
  const text = call.option('where');
  if (text === undefined) {
    return [...runs];
  }
  try {
    const previous = later(() => previousRuns(all));
    const decide = createDecision(text, { previous }, ancestryOf(runs, call.cwd));
    let undecided = 0;
    const found = runs.filter(run => {
      const decision = decide(run);
      undecided += decision === undefined ? 1 : 0;
      return decision === true;
    });
    if (undecided) {
      call.say(
        `Left out, because git cannot tell (no git, or a commit that is not in this clone): ${undecided} ${undecided === 1 ? 'run' : 'runs'}.`
      );
    }
    return found;
  } catch (error) {
    if (error instanceof FilterError) {
      throw usageError(`--where: ${error.message} (at character ${error.start + 1})`);
    }
    throw error;
  }
}

/** The keys of a filter that no run has: likely they are written wrong. */
export function unmatched(text: string, runs: readonly FilteredRun[]): string[] {
  return mentionedKeys(text).filter(key => {
    const read = reader(splitKey(key));
    return runs.every(run => [read(run) ?? []].flat().length === 0);
  });
}

/** Makes a function only when it is called: not every filter needs it. */
function later<Given, Answer>(make: () => (given: Given) => Answer): (given: Given) => Answer {
  let made: ((given: Given) => Answer) | undefined;
  return given => (made ??= make())(given);
}
