import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILabShell, ILayoutRestorer } from '@jupyterlab/application';
import {
  ICommandPalette,
  Notification,
  WidgetTracker,
  type MainAreaWidget
} from '@jupyterlab/apputils';
import { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { backtrailIcon } from '../icon.js';
import { CommandIDs, IRunStore } from '../tokens.js';
import { chosenRuns, MOST } from './chosen.js';

/** Opens runs side by side. */
export const comparePlugin: JupyterFrontEndPlugin<void> = {
  id: 'backtrail:compare',
  description: 'Opens two to twenty runs side by side: what changed, what differs, plots, cells.',
  autoStart: true,
  requires: [IRunStore, INotebookTracker],
  optional: [ILabShell, ILayoutRestorer, IEditorLanguageRegistry, ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    store: IRunStore,
    notebooks: INotebookTracker,
    labShell: ILabShell | null,
    restorer: ILayoutRestorer | null,
    languages: IEditorLanguageRegistry | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('backtrail');
    const { commands, shell } = app;
    const tracker = new WidgetTracker<MainAreaWidget>({ namespace: 'backtrail-compare' });
    const shown = new WeakMap<MainAreaWidget, readonly string[]>();

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

    const open = async (ids: readonly string[]): Promise<void> => {
      const key = ids.join(' ');
      const found = tracker.find(widget => shown.get(widget)?.join(' ') === key);
      if (found) {
        shell.activateById(found.id);
        return;
      }
      const { createCompare } = await import('./widget.js');
      const widget = createCompare({ ids, store, commands, languages, trans });
      shown.set(widget, ids);
      if (labShell) {
        const ref = tracker.currentWidget?.id ?? notebooks.currentWidget?.id ?? null;
        labShell.add(widget, 'main', { mode: 'tab-after', ref, type: 'Backtrail Compare' });
      } else {
        widget.addClass('bt-mod-below');
        shell.add(widget, 'down');
      }
      if (!widget.isAttached) {
        widget.dispose();
        Notification.info(
          trans.__('There is no room for runs on this page: open the notebook in JupyterLab.'),
          { autoClose: 8000 }
        );
        return;
      }
      await tracker.add(widget);
      shell.activateById(widget.id);
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
        await open(ids);
      }
    });
    palette?.addItem({ command: CommandIDs.compareRuns, category: trans.__('Backtrail') });

    void restorer?.restore(tracker, {
      command: CommandIDs.compareRuns,
      args: widget => ({ runs: [...(shown.get(widget) ?? [])] }),
      name: widget => (shown.get(widget) ?? []).join(' ')
    });
  }
};
