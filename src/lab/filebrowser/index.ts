import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { afterStart } from '../afterstart.js';
import { IRunStore } from '../tokens.js';

/** Answers *Which run made this?* for files and folders in the file browser, and for files in the run view. */
export const fileBrowserPlugin: JupyterFrontEndPlugin<void> = {
  id: 'backtrail:filebrowser',
  description: 'Finds the runs that made a file, and those that read it, by its bytes.',
  autoStart: true,
  requires: [IRunStore],
  optional: [ITranslator],
  activate: (app: JupyterFrontEnd, store: IRunStore, translator: ITranslator | null): void => {
    const trans = (translator ?? nullTranslator).load('backtrail');
    afterStart(app, trans, ({ addWhichCommand }) => addWhichCommand(app, store, trans));
  }
};
