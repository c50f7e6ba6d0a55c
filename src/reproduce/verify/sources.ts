/** Causes that the source of a cell tells. */
import { cause, type ICause } from './cause.js';
import type { IPlayedCell } from './played.js';
import {
  asksNetwork,
  asksSystem,
  listsFolder,
  readsClock,
  savesVectors,
  usesThreads
} from './traits.js';

/** The system gives something else each time. */
export const ofSystem = cause(
  'not captured',
  'The cell takes something from the system that is new each time.'
);

/** What a cell asks that may answer differently each time. */
export function ofSource({ source }: IPlayedCell): ICause | undefined {
  if (asksNetwork(source)) {
    return cause('network', 'The cell asks the network, which may answer differently each time.');
  }
  if (readsClock(source)) {
    return cause('clock', 'The cell looks at a clock.');
  }
  if (asksSystem(source)) {
    return ofSystem;
  }
  if (savesVectors(source)) {
    return cause(
      'not captured',
      'Figures saved as SVG or PDF have random ids and the date in them: `svg.hashsalt` and `metadata` fix them.'
    );
  }
  if (usesThreads(source)) {
    return cause('threads', 'The cell computes on several threads or processes at once.');
  }
  if (listsFolder(source)) {
    return cause('not captured', 'The cell depends on the order in which a folder is listed.');
  }
  return undefined;
}
