import type { JupyterFrontEnd } from '@jupyterlab/application';

/** The id of the run whose context menu is open, if one is. */
export function runUnderPointer(app: JupyterFrontEnd): string | undefined {
  return app.contextMenuHitTest(node => node.dataset['btRun'] !== undefined)?.dataset['btRun'];
}
