import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IRunStore } from '../tokens.js';
import { BacktrailClient } from './client.js';
import { RunStore } from './store.js';

/** Connects the page to the server extension. */
export const storePlugin: JupyterFrontEndPlugin<IRunStore> = {
  id: 'backtrail:store',
  description: 'Lists, follows and edits the runs that the server has on disk.',
  autoStart: true,
  provides: IRunStore,
  optional: [ITranslator],
  activate: (app: JupyterFrontEnd, translator: ITranslator | null): IRunStore => {
    const trans = (translator ?? nullTranslator).load('backtrail');
    return new RunStore(
      new BacktrailClient({
        settings: app.serviceManager.serverSettings,
        sentences: {
          missing: trans.__(
            'Backtrail’s server extension is not running: enable it with “jupyter server extension enable backtrail.server” and restart JupyterLab.'
          ),
          unreachable: trans.__('The Jupyter server does not answer: check that it is running.')
        }
      })
    );
  }
};
