/** The recorder of this process: there is one at most. */
import type { Recorder } from './recorder.js';

/** What the calls of the user write to; empty while nothing is recorded. */
export const current: {
  recorder: Recorder | undefined;
  /** Tries to begin recording for a call that finds nothing recorded. */
  begin: () => Recorder | undefined;
} = { recorder: undefined, begin: () => undefined };

/** The recorder to write to, begun if need be; undefined where nothing is to be recorded. */
export function reach(): Recorder | undefined {
  return current.recorder ?? current.begin();
}
