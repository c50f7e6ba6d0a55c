import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILabShell, ILayoutRestorer } from '@jupyterlab/application';
import { ICommandPalette, Notification, type MainAreaWidget } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { backtrailIcon } from '../icon.js';
import { Views } from '../mainarea/views.js';
import { CommandIDs, IRunStore } from '../tokens.js';
import type { ICoverageScope } from './model.js';

/** Shows which combinations of params were tried, and which never. */
export const coveragePlugin: JupyterFrontEndPlugin<void> = {
  id: 'backtrail:coverage',
  description: 'Shows as a heat map which combinations of params were tried, and which never.',
  autoStart: true,
  requires: [IRunStore, INotebookTracker],
  optional: [ILabShell, ILayoutRestorer, ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    store: IRunStore,
    notebooks: INotebookTracker,
    labShell: ILabShell | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('backtrail');
    const { commands } = app;
    const views = new Views<ICoverageScope>({
      app,
      notebooks,
      labShell,
      trans,
      namespace: 'backtrail-coverage',
      type: 'Backtrail Coverage',
      nameOf: scope => JSON.stringify(scope)
    });

    /** The runs that arguments name: those of the active notebook where they name none. */
    const scopeOf = (args: ReadonlyPartialJSONObject): ICoverageScope | undefined => {
      const { scope, path, filter } = args;
      const text = typeof filter === 'string' ? filter : '';
      if (scope === 'all') {
        return { scope, path: '', filter: text };
      }
      if ((scope === 'notebook' || scope === 'folder') && typeof path === 'string') {
        return { scope, path, filter: text };
      }
      const panel = notebooks.currentWidget;
      return panel
        ? {
            scope: 'notebook',
            path: app.serviceManager.contents.localPath(panel.context.path),
            filter: text
          }
        : undefined;
    };

    const make = async (scope: ICoverageScope): Promise<MainAreaWidget> => {
      const { createCoverage } = await import('./widget.js');
      const { scope: kind, path } = scope;
      const show = (filter: string): void =>
        void commands.execute(CommandIDs.filterRuns, { filter, scope: kind, path });
      return createCoverage({ scope, store, show, trans });
    };

    commands.addCommand(CommandIDs.coverage, {
      label: trans.__('Show What Was Tried'),
      caption: trans.__('Which combinations of params the runs tried, and which never'),
      icon: backtrailIcon,
      describedBy: {
        args: {
          type: 'object',
          properties: {
            scope: { type: 'string', enum: ['notebook', 'folder', 'all'] },
            path: { type: 'string', description: trans.__('Of the notebook or folder') },
            filter: { type: 'string', description: trans.__('Only runs that it lets through') }
          }
        }
      },
      execute: async (args: ReadonlyPartialJSONObject) => {
        const scope = scopeOf(args);
        if (!scope) {
          Notification.info(trans.__('Open a notebook to see what its runs tried.'), {
            autoClose: 5000
          });
          return;
        }
        await views.open(scope, () => make(scope));
      }
    });
    palette?.addItem({ command: CommandIDs.coverage, category: trans.__('Backtrail') });

    views.restore(restorer, CommandIDs.coverage, scope => ({ ...scope }));
  }
};
