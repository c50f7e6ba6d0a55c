import type { JupyterFrontEnd } from '@jupyterlab/application';

/** The id of the run whose context menu is open, if one is. */
export function runUnderPointer(app: JupyterFrontEnd): string | undefined {
  return nodeUnderPointer(app)?.dataset['btRun'];
}

/** Whether the run whose context menu is open is archived. */
export function isArchivedUnderPointer(app: JupyterFrontEnd): boolean {
  return nodeUnderPointer(app)?.dataset['archived'] !== undefined;
}

function nodeUnderPointer(app: JupyterFrontEnd): HTMLElement | undefined {
  return app.contextMenuHitTest(node => node.dataset['btRun'] !== undefined);
}
