import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { afterStart } from '../afterstart.js';
import { ICapture, IRunStore } from '../tokens.js';

/** Takes into the record what only the browser knows of a notebook. */
export const outlinePlugin: JupyterFrontEndPlugin<void> = {
  id: 'backtrail:outline',
  description: 'Records the order of a notebook’s cells, its markdown, and its renames.',
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
    afterStart(app, trans, ({ reportOutlines }) => reportOutlines(app, capture, store, notebooks));
  }
};
