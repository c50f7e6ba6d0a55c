/**
 * The filter of a call, from its text.
 */

import { createFilter, type Filter, FilterError, previousRuns } from '../runlog/filter.js';
import type { RunSummary } from '../runlog/index.js';
import { usageError } from './command.js';

/**
 * Makes a filter of the text of `--where`; without one, every run is let through.
 *
 * @param all - every run there is, so that a filter can ask what a run was preceded by.
 *
 * @throws Stop where the text cannot be understood
 */
export function filterOf(text: string | undefined, all: ReadonlyArray<RunSummary>): Filter {
  if (text === undefined) {
    return () => true;
  }
  try {
    return createFilter(text, { previous: previousRuns(all) });
  } catch (error) {
    if (error instanceof FilterError) {
      throw usageError(`--where: ${error.message} (at character ${error.start + 1})`);
    }
    throw error;
  }
}
