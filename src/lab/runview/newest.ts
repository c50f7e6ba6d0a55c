import type { RunList } from '../store/runs.js';

/** The run that tells what a notebook runs in now. */
export interface INewest {
  readonly id: string;
  /** Whether its kernel is open in this page; else it is only the newest that there is. */
  readonly isOpen: boolean;
}

/** The newest run of a list, once the server has told of it; null where there is none. */
export async function newestOf(list: RunList): Promise<INewest | null> {
  const watch = list.watch();
  try {
    await new Promise<void>(resolve => {
      const look = (): void => {
        if (list.state !== 'loading') {
          list.changed.disconnect(look);
          resolve();
        }
      };
      list.changed.connect(look);
      look();
    });
    const id = list.runs.at(0)?.id;
    return id === undefined ? null : { id, isOpen: false };
  } finally {
    watch.dispose();
  }
}
