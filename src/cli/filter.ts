/**
 * The filter of a call, from its text.
 */

import {
  createFilter,
  type Filter,
  type FilteredRun,
  FilterError,
  previousRuns
} from '../runlog/filter.js';
import { usageError } from './command.js';

/**
 * Makes a filter of the text of `--where`; without one, every run is let through.
 *
 * @param all - every run there is, so that a filter can ask what a run was preceded by.
 *
 * @throws Stop where the text cannot be understood
 */
export function filterOf(text: string | undefined, all: ReadonlyArray<FilteredRun>): Filter {
  if (text === undefined) {
    return () => true;
  }
  try {
    return createFilter(text, { previous: later(() => previousRuns(all)) });
  } catch (error) {
    if (error instanceof FilterError) {
      throw usageError(`--where: ${error.message} (at character ${error.start + 1})`);
    }
    throw error;
  }
}

/** Makes a function only when it is called: not every filter needs it. */
function later<Given, Answer>(make: () => (given: Given) => Answer): (given: Given) => Answer {
  let made: ((given: Given) => Answer) | undefined;
  return given => (made ??= make())(given);
}
