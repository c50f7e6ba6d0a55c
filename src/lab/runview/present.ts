import { PageConfig } from '@jupyterlab/coreutils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { IRun } from '../store/protocol.js';

/** The code cells of a notebook as they read now, by their ids. */
export type Present = ReadonlyMap<string, string>;

/**
 * The cells of a run's notebook as they read now.
 *
 * @param localPath - the path of a notebook below the root of the server
 * @returns null where the notebook is not open in this page
 */
export function presentCells(
  notebooks: INotebookTracker,
  run: Pick<IRun, 'notebook'>,
  localPath: (path: string) => string
): Present | null {
  const root = PageConfig.getOption('backtrailRoot').replace(/[\\/]+$/, '');
  const wanted = run.notebook.path?.replace(/\\/g, '/');
  const panel = notebooks.find(
    one => `${root.replace(/\\/g, '/')}/${localPath(one.context.path)}` === wanted
  );
  const cells = panel?.content.model?.cells;
  return cells
    ? new Map(
        [...cells]
          .filter(({ type }) => type === 'code')
          .map(({ id, sharedModel }) => [id, sharedModel.getSource()])
      )
    : null;
}
