import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { afterStart } from '../afterstart.js';
import { ICapture, IRunStore } from '../tokens.js';

/** Says in the status bar whether the notebook is being recorded. */
export const statusBarPlugin: JupyterFrontEndPlugin<void> = {
  id: 'backtrail:statusbar',
  description: 'Shows in the status bar whether the active notebook is being recorded.',
  autoStart: true,
  requires: [ICapture, IRunStore, INotebookTracker],
  optional: [ITranslator],
  activate: (
    app: JupyterFrontEnd,
    capture: ICapture,
    store: IRunStore,
    notebooks: INotebookTracker,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('backtrail');
    afterStart(app, trans, ({ showStatus }) => {
      void showStatus(app, capture, store, notebooks, trans);
    });
  }
};
