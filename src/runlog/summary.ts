import type { ILog } from './order.js';
import type { RunSummary } from './schema.js';
import type { Alive } from './summary/liveness.js';
import { NotebookSummary } from './summary/notebooksummary.js';

export type { Alive } from './summary/liveness.js';
export { NotebookSummary } from './summary/notebooksummary.js';

/**
 * The summaries of all runs of a notebook, oldest first.
 *
 * @param logs - the session logs of the notebook, in any order.
 * @param metrics - the content of each run's `metrics.jsonl`, by the run's id.
 * @param alive - tells whether the process of a log that has no end still lives.
 */
export function summarize(
  logs: Iterable<ILog>,
  metrics: ReadonlyMap<string, Uint8Array>,
  alive: Alive
): Map<string, RunSummary> {
  const notebook = new NotebookSummary();
  for (const log of logs) {
    notebook.feedLog(log);
  }
  for (const [run, bytes] of metrics) {
    notebook.feedPoints(run, bytes);
  }
  const summaries = new Map<string, RunSummary>();
  for (const run of notebook.runs()) {
    const summary = notebook.summary(run, alive);
    if (summary !== undefined) {
      summaries.set(run, summary);
    }
  }
  return summaries;
}

/** Whether a run recorded nothing that anybody would look for: such runs are listed only when asked for. */
export function isEmptyRun(
  run: Pick<
    RunSummary,
    'params' | 'metrics' | 'tags' | 'artifacts' | 'outputs' | 'datasets' | 'note'
  >
): boolean {
  const lists = [run.artifacts, run.outputs, run.datasets];
  const maps = [run.params, run.metrics, run.tags];
  return (
    !run.note &&
    lists.every(list => list.length === 0) &&
    maps.every(map => Object.keys(map).length === 0)
  );
}
