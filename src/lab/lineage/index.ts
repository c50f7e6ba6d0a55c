import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILabShell, ILayoutRestorer } from '@jupyterlab/application';
import { Notification, WidgetTracker, type MainAreaWidget } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { describeRun, runOf } from '../actions/target.js';
import { backtrailIcon } from '../icon.js';
import { CommandIDs, IRunStore } from '../tokens.js';

/** Shows what a run was made of, and what was made of it. */
export const lineagePlugin: JupyterFrontEndPlugin<void> = {
  id: 'backtrail:lineage',
  description: 'Shows which files and runs a run was made of, and which were made of it.',
  autoStart: true,
  requires: [IRunStore, INotebookTracker],
  optional: [ILabShell, ILayoutRestorer, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    store: IRunStore,
    notebooks: INotebookTracker,
    labShell: ILabShell | null,
    restorer: ILayoutRestorer | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('backtrail');
    const { commands, shell } = app;
    const tracker = new WidgetTracker<MainAreaWidget>({ namespace: 'backtrail-lineage' });
    const shown = new WeakMap<MainAreaWidget, string>();

    const open = async (id: string): Promise<void> => {
      const found = tracker.find(widget => shown.get(widget) === id);
      if (found) {
        shell.activateById(found.id);
        return;
      }
      const { createLineage } = await import('./widget.js');
      const widget = createLineage({
        id,
        store,
        trans,
        openRun: run => void commands.execute(CommandIDs.openRun, { run }),
        openLineage: run => void commands.execute(CommandIDs.lineage, { run }),
        which: sha256 => void commands.execute(CommandIDs.whichRun, { sha256 })
      });
      shown.set(widget, id);
      const ref = labShell?.currentWidget?.id ?? notebooks.currentWidget?.id ?? null;
      if (labShell) {
        labShell.add(widget, 'main', { mode: 'tab-after', ref, type: 'Backtrail Lineage' });
      } else {
        widget.addClass('bt-mod-below');
        shell.add(widget, 'down');
      }
      if (!widget.isAttached) {
        widget.dispose();
        Notification.info(
          trans.__('There is no room for a run on this page: open the notebook in JupyterLab.'),
          { autoClose: 8000 }
        );
        return;
      }
      await tracker.add(widget);
      shell.activateById(widget.id);
    };

    commands.addCommand(CommandIDs.lineage, {
      label: trans.__('Show Lineage'),
      caption: trans.__('Show what the run was made of, and what was made of it'),
      icon: backtrailIcon,
      describedBy: describeRun(trans),
      execute: async args => {
        const id = runOf(app, args);
        if (id) {
          await open(id);
        }
      }
    });

    void restorer?.restore(tracker, {
      command: CommandIDs.lineage,
      args: widget => ({ run: shown.get(widget) ?? '' }),
      name: widget => shown.get(widget) ?? ''
    });
  }
};
