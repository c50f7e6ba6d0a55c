import type { IRunSummary, RunEdit } from '../store/protocol.js';
import type { IRunStore } from '../tokens.js';

/** How many edits are under way at once. */
const AT_ONCE = 6;

/** Changes several runs in the same way; those that succeeded stay changed when one fails. */
export async function editAll(
  store: IRunStore,
  runs: readonly string[],
  edit: RunEdit
): Promise<void> {
  const waiting = [...runs];
  const done: IRunSummary[] = [];
  const failed: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
      try {
        done.push(await store.client.edit(run, edit));
      } catch (reason) {
        failed.push(reason);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, runs.length) }, work));
  // Once for all: whoever shows the runs arranges them anew each time.
  store.put(...done);
  if (failed.length > 0) {
    throw failed[0];
  }
}
