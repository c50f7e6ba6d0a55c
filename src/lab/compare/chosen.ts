import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

/** How many runs can be compared at once. */
export const MOST = 20;

/**
 * The ids of the runs that are to be compared, oldest first so that the oldest is the base: those of the
 * arguments in their own order, or those that are selected where a context menu is open.
 */
export function chosenRuns(
  app: Pick<JupyterFrontEnd, 'contextMenuHitTest'>,
  args: ReadonlyPartialJSONObject
): readonly string[] {
  if (Array.isArray(args.runs)) {
    return [...new Set(args.runs.filter(one => typeof one === 'string'))];
  }
  if (args.menu !== true) {
    return [];
  }
  const node = app.contextMenuHitTest(one => one.dataset.btRun !== undefined);
  // Ids sort by time.
  return node?.dataset.btRuns?.split(' ').filter(Boolean).sort() ?? [];
}
