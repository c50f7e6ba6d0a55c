import type { NotebookPanel } from '@jupyterlab/notebook';

/** The key of the notebook's metadata that is ours. */
const KEY = 'backtrail';

/** What the metadata of a notebook may say. Capture is on where nothing is said. */
interface IOwn {
  capture?: boolean;
}

/** Whether the notebook's own metadata allow capture. */
export function isAllowed(panel: NotebookPanel): boolean {
  return ownOf(panel)?.capture !== false;
}

/** Write into the notebook's metadata whether it may be captured. */
export function allow(panel: NotebookPanel, capture: boolean): void {
  const own = { ...ownOf(panel) };
  if (capture) {
    delete own.capture;
  } else {
    own.capture = false;
  }
  if (Object.keys(own).length > 0) {
    panel.model?.setMetadata(KEY, own);
  } else {
    panel.model?.deleteMetadata(KEY);
  }
}

function ownOf(panel: NotebookPanel): IOwn | undefined {
  return panel.model?.getMetadata(KEY) as IOwn | undefined;
}
