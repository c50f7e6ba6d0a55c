import { FilterError } from './error.js';
import { createFilter, type FilterFunction, type IFilterContext } from './evaluate.js';
import type { FilteredRun } from './keys.js';

/** Whether the code of a run had a commit; undefined where that cannot be told. */
export type HasCommit = (run: FilteredRun) => boolean | undefined;

/** Whether a run is let through; undefined where what cannot be told decides. */
export type Decision = (run: FilteredRun) => boolean | undefined;

/**
 * Makes a filter that knows `contains_commit`.
 *
 * #### Notes
 * Each run is asked twice, once as if the code of those of which it cannot be told had the commit and once as
 * if it had not: where that is the same, it does not matter.
 *
 * @param ancestry - what is known of a commit
 * @throws FilterError where the text cannot be understood
 */
export function createDecision(
  text: string,
  context: IFilterContext,
  ancestry: (commit: string) => HasCommit
): Decision {
  const asked = new Set<FilteredRun>();
  const known = new Map<string, HasCommit>();
  const withAnswer = (answer: boolean): ((run: FilteredRun) => boolean) => {
    const containsCommit: FilterFunction = ([given], place) => {
      const commit =
        given?.kind === 'key'
          ? given.path.join('.')
          : given && String('value' in given ? given.value : '');
      if (!commit || !/^[\w./@^~-]+$/.test(commit) || commit.startsWith('-')) {
        throw new FilterError(
          'contains_commit takes a commit, as contains_commit("1a2b3c4").',
          place
        );
      }
      const hasCommit = known.get(commit) ?? ancestry(commit);
      known.set(commit, hasCommit);
      return run => {
        const found = hasCommit(run);
        if (found === undefined) {
          asked.add(run);
        }
        return found ?? answer;
      };
    };
    const functions = { ...context.functions, contains_commit: containsCommit };
    return createFilter(text, { ...context, functions });
  };
  const [ifNot, ifSo] = [withAnswer(false), withAnswer(true)];
  return run => {
    const decision = ifNot(run);
    return asked.has(run) && ifSo(run) !== decision ? undefined : decision;
  };
}
