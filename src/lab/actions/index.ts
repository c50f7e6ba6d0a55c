import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { afterStart } from '../afterstart.js';
import { IRunStore } from '../tokens.js';

/** The commands that do something with a run: rename, tag, note, archive, export. */
export const actionsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'backtrail:actions',
  description: 'Renames, tags, notes, archives and exports runs.',
  autoStart: true,
  requires: [IRunStore],
  optional: [ITranslator],
  activate: (app: JupyterFrontEnd, store: IRunStore, translator: ITranslator | null): void => {
    const trans = (translator ?? nullTranslator).load('backtrail');
    afterStart(app, trans, ({ addRunCommands }) => addRunCommands(app, store, trans));
  }
};
