import type { RunList } from '../store/runs.js';

/**
 * The run of a list that began before another one, archived ones left out; null where there is none.
 *
 * #### Notes
 * A long history comes in parts, newest runs first: it waits until the server has told of an older one.
 */
export async function runBefore(list: RunList, id: string): Promise<string | null> {
  const watch = list.watch();
  try {
    return await new Promise<string | null>((resolve, reject) => {
      const look = (): void => {
        // Newest first, and ids sort by time.
        const found = list.runs.find(run => run.id < id && !run.archived);
        const isOver = list.state === 'ready' && list.isComplete;
        if (!found && !isOver && list.state !== 'failed') {
          return;
        }
        list.changed.disconnect(look);
        if (!found && list.state === 'failed') {
          reject(new Error(list.error));
        } else {
          resolve(found?.id ?? null);
        }
      };
      list.changed.connect(look);
      look();
    });
  } finally {
    watch.dispose();
  }
}
