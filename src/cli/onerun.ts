/**
 * The one run that a command is about.
 */

import { usageError, type ICall } from './command.js';
import { findRun, type IFoundRun } from './store.js';

/** The run that the first word names. */
export function oneRun(call: ICall): IFoundRun {
  const [word, more] = call.words;
  if (word === undefined) {
    throw usageError('Which run? Give an id, a unique beginning of one, a name, or `latest`.');
  }
  if (more !== undefined) {
    throw usageError(`One run at a time: ${JSON.stringify(more)} is one too many.`);
  }
  return findRun(call, word);
}
