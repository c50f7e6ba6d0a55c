import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILabShell, ILayoutRestorer } from '@jupyterlab/application';
import { Notification, WidgetTracker, type MainAreaWidget } from '@jupyterlab/apputils';
import { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { describeRun, runOf } from '../actions/target.js';
import { backtrailIcon } from '../icon.js';
import type { IRun } from '../store/protocol.js';
import { CommandIDs, ICapture, IRunStore } from '../tokens.js';
import type { RunModel } from './model.js';
import { newestOf, type INewest } from './newest.js';
import { contentsPath, openNotebook, presentCells } from './present.js';

/** Opens runs beside the notebook. */
export const runViewPlugin: JupyterFrontEndPlugin<void> = {
  id: 'backtrail:runview',
  description: 'Opens a run beside the notebook: its live plots, params, cells, code, environment.',
  autoStart: true,
  requires: [IRunStore, ICapture, INotebookTracker],
  optional: [ILabShell, ILayoutRestorer, IEditorLanguageRegistry, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    store: IRunStore,
    capture: ICapture,
    notebooks: INotebookTracker,
    labShell: ILabShell | null,
    restorer: ILayoutRestorer | null,
    languages: IEditorLanguageRegistry | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('backtrail');
    const { commands, shell } = app;
    const tracker = new WidgetTracker<MainAreaWidget>({ namespace: 'backtrail-runs' });
    const models = new WeakMap<MainAreaWidget, RunModel>();

    /** The newest run of a notebook, where its runs are known. */
    const newest = (panel: NotebookPanel | null): string | undefined => {
      const path = panel && app.serviceManager.contents.localPath(panel.context.path);
      return path ? store.list({ scope: 'notebook', path }).runs.at(0)?.id : undefined;
    };

    const notebookOf = (run: IRun): NotebookPanel | undefined =>
      openNotebook(notebooks, run, path => app.serviceManager.contents.localPath(path));

    /** The run that tells what the notebook of a run runs in now. */
    const newestRun = async (run: IRun): Promise<INewest | null> => {
      const open = capture.of(notebookOf(run) ?? null)?.state.reply?.run?.id;
      const path = contentsPath(run);
      return open !== undefined
        ? { id: open, isOpen: true }
        : path === null
          ? null
          : newestOf(store.list({ scope: 'notebook', path }));
    };

    /** Shows a run, and tells its model; undefined where there is none, or no room. */
    const open = async (args: ReadonlyPartialJSONObject): Promise<RunModel | undefined> => {
      const panel = notebooks.currentWidget;
      const id = runOf(app, args) ?? capture.of(panel)?.state.reply?.run?.id ?? newest(panel);
      if (!id) {
        Notification.info(trans.__('No run is open in the active notebook: run a cell.'), {
          autoClose: 4000
        });
        return undefined;
      }
      const shown = tracker.find(widget => models.get(widget)?.id === id);
      if (shown) {
        shell.activateById(shown.id);
        return models.get(shown);
      }
      const { createRunView } = await import('./widget.js');
      const { widget, model } = createRunView({
        id,
        store,
        cells: capture,
        commands,
        languages,
        present: run => presentCells(notebookOf(run)),
        newest: run => newestRun(run),
        trans
      });
      models.set(widget, model);
      const neighbour = tracker.currentWidget;
      const beside = neighbour ?? notebooks.currentWidget;
      if (labShell) {
        labShell.add(widget, 'main', {
          mode: neighbour ? 'tab-after' : 'split-right',
          ref: beside?.id ?? null,
          type: 'Backtrail Run'
        });
      } else {
        // The main area of Notebook 7 has room for the notebook alone; below it there may be more.
        widget.addClass('bt-mod-below');
        shell.add(widget, 'down');
      }
      if (!widget.isAttached) {
        widget.dispose();
        Notification.info(
          trans.__('There is no room for a run on this page: open the notebook in JupyterLab.'),
          { autoClose: 8000 }
        );
        return undefined;
      }
      await tracker.add(widget);
      shell.activateById(widget.id);
      return model;
    };

    commands.addCommand(CommandIDs.openRun, {
      label: trans.__('Open Run'),
      caption: trans.__('Show the plots, params, cells and code of the run'),
      icon: backtrailIcon,
      describedBy: describeRun(trans),
      execute: async args => {
        await open(args);
      }
    });

    commands.addCommand(CommandIDs.verify, {
      label: trans.__('Verify Run'),
      caption: trans.__('Run the cells of the run once more, apart from your files, and compare'),
      describedBy: describeRun(trans),
      execute: async args => {
        const model = await open(args);
        if (model) {
          model.tab = 'repeat';
          // What it comes to is shown in the tab.
          void model.repeat.verify();
        }
      }
    });

    void restorer?.restore(tracker, {
      command: CommandIDs.openRun,
      args: widget => ({ run: models.get(widget)?.id ?? '' }),
      name: widget => models.get(widget)?.id ?? ''
    });
  }
};
