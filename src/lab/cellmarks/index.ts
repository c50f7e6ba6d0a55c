import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { afterStart } from '../afterstart.js';
import { ICapture, IRunStore } from '../tokens.js';

/** Marks the cells of a notebook: run in the open run, stale, failed. */
export const cellMarksPlugin: JupyterFrontEndPlugin<void> = {
  id: 'backtrail:cellmarks',
  description:
    'Marks the cells that ran in the open run, those that failed, and those out of date.',
  autoStart: true,
  requires: [ICapture, IRunStore, INotebookTracker],
  optional: [ISettingRegistry, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    capture: ICapture,
    store: IRunStore,
    notebooks: INotebookTracker,
    settingRegistry: ISettingRegistry | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('backtrail');
    afterStart(app, trans, ({ markCells }) =>
      markCells({ capture, store, notebooks, settingRegistry, trans })
    );
  }
};
