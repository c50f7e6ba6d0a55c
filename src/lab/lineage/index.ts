import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILabShell, ILayoutRestorer } from '@jupyterlab/application';
import type { MainAreaWidget } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { describeRun, runOf } from '../actions/target.js';
import { backtrailIcon } from '../icon.js';
import { Views } from '../mainarea/views.js';
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
    const { commands } = app;
    const views = new Views<string>({
      app,
      notebooks,
      labShell,
      trans,
      namespace: 'backtrail-lineage',
      type: 'Backtrail Lineage',
      nameOf: id => id
    });

    const make = async (id: string): Promise<MainAreaWidget> => {
      const { createLineage } = await import('./widget.js');
      return createLineage({
        id,
        store,
        trans,
        openRun: run => void commands.execute(CommandIDs.openRun, { run }),
        openLineage: run => void commands.execute(CommandIDs.lineage, { run }),
        which: sha256 => void commands.execute(CommandIDs.whichRun, { sha256 })
      });
    };

    commands.addCommand(CommandIDs.lineage, {
      label: trans.__('Show Lineage'),
      caption: trans.__('Show what the run was made of, and what was made of it'),
      icon: backtrailIcon,
      describedBy: describeRun(trans),
      execute: async args => {
        const id = runOf(app, args);
        if (id) {
          // Beside what it was asked from.
          const ref = labShell?.currentWidget?.id ?? notebooks.currentWidget?.id ?? null;
          await views.open(id, () => make(id), { ref });
        }
      }
    });

    views.restore(restorer, CommandIDs.lineage, run => ({ run }));
  }
};
