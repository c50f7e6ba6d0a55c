import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILabShell, ILayoutRestorer } from '@jupyterlab/application';
import { ICommandPalette, Notification, type MainAreaWidget } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { backtrailIcon } from '../icon.js';
import { editorLanguages } from '../mainarea/languages.js';
import { Views } from '../mainarea/views.js';
import { CommandIDs, IRunStore } from '../tokens.js';
import { chosenRuns, MOST } from './chosen.js';

/** Opens runs side by side. */
export const comparePlugin: JupyterFrontEndPlugin<void> = {
  id: 'backtrail:compare',
  description: 'Opens two to twenty runs side by side: what changed, what differs, plots, cells.',
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
    const views = new Views<readonly string[]>({
      app,
      notebooks,
      labShell,
      trans,
      namespace: 'backtrail-compare',
      type: 'Backtrail Compare',
      nameOf: ids => ids.join(' ')
    });

    /** The two newest runs of the active notebook, the older one first. */
    const newest = (): readonly string[] => {
      const panel = notebooks.currentWidget;
      const path = panel && app.serviceManager.contents.localPath(panel.context.path);
      const runs = path ? store.list({ scope: 'notebook', path }).runs : [];
      return runs
        .filter(run => !run.archived)
        .slice(0, 2)
        .map(({ id }) => id)
        .reverse();
    };

    const make = async (ids: readonly string[]): Promise<MainAreaWidget> => {
      const { createCompare } = await import('./widget.js');
      const languages = await editorLanguages(app);
      return createCompare({ ids, store, commands, languages, trans });
    };

    commands.addCommand(CommandIDs.compareRuns, {
      label: trans.__('Compare Runs'),
      caption: trans.__(
        'Show what changed between the chosen runs, or between the two newest ones of the notebook'
      ),
      icon: backtrailIcon,
      describedBy: {
        args: {
          type: 'object',
          properties: {
            runs: {
              type: 'array',
              items: { type: 'string' },
              description: trans.__('The ids of the runs, the base first')
            },
            menu: {
              type: 'boolean',
              description: trans.__('Whether the runs are those whose context menu is open')
            }
          }
        }
      },
      isVisible: args => args.menu !== true || chosenRuns(app, args).length > 1,
      execute: async (args: ReadonlyPartialJSONObject) => {
        const chosen = chosenRuns(app, args);
        const ids = chosen.length > 0 ? chosen : newest();
        if (ids.length < 2 || ids.length > MOST) {
          Notification.info(
            ids.length < 2
              ? trans.__('Choose two runs or more in the panel to compare them.')
              : trans.__('At most %1 runs can be compared at once.', MOST),
            { autoClose: 5000 }
          );
          return;
        }
        await views.open(ids, () => make(ids));
      }
    });
    palette?.addItem({ command: CommandIDs.compareRuns, category: trans.__('Backtrail') });

    views.restore(restorer, CommandIDs.compareRuns, ids => ({ runs: [...ids] }));
  }
};
