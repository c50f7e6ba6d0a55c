import { PageConfig } from '@jupyterlab/coreutils';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { IRun } from '../store/protocol.js';

/** The code cells of a notebook as they read now, by their ids. */
export type Present = ReadonlyMap<string, string>;

/**
 * The contents path of a run's notebook.
 *
 * @returns null where it is not below the root of the server
 */
export function contentsPath(run: Pick<IRun, 'notebook'>): string | null {
  const root = PageConfig.getOption('backtrailRoot').replace(/\\/g, '/').replace(/\/+$/, '');
  const path = run.notebook.path?.replace(/\\/g, '/') ?? '';
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : null;
}

/**
 * The open notebook of a run.
 *
 * @param localPath - the path of a notebook below the root of the server
 */
export function openNotebook(
  notebooks: INotebookTracker,
  run: Pick<IRun, 'notebook'>,
  localPath: (path: string) => string
): NotebookPanel | undefined {
  const wanted = contentsPath(run);
  return wanted === null
    ? undefined
    : notebooks.find(one => localPath(one.context.path) === wanted);
}

/** The code cells of a notebook as they read now; null where it is not there yet. */
export function presentCells(panel: NotebookPanel | undefined): Present | null {
  const cells = panel?.content.model?.cells;
  return cells
    ? new Map(
        [...cells]
          .filter(({ type }) => type === 'code')
          .map(({ id, sharedModel }) => [id, sharedModel.getSource()])
      )
    : null;
}
