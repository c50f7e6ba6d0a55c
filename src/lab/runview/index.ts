import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILabShell, ILayoutRestorer } from '@jupyterlab/application';
import { Notification, type MainAreaWidget } from '@jupyterlab/apputils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { describeRun, runOf } from '../actions/target.js';
import { backtrailIcon } from '../icon.js';
import { editorLanguages } from '../mainarea/languages.js';
import { Views } from '../mainarea/views.js';
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
  optional: [ILabShell, ILayoutRestorer, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    store: IRunStore,
    capture: ICapture,
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
      namespace: 'backtrail-runs',
      type: 'Backtrail Run',
      nameOf: id => id
    });
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

    const make = async (id: string): Promise<MainAreaWidget> => {
      const { createRunView } = await import('./widget.js');
      const { widget, model } = createRunView({
        id,
        store,
        cells: capture,
        commands,
        languages: await editorLanguages(app),
        present: run => presentCells(notebookOf(run)),
        newest: run => newestRun(run),
        trans
      });
      models.set(widget, model);
      return widget;
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
      // The first one takes half of the notebook's place, so that both are seen.
      const place = views.current ? {} : { mode: 'split-right' as const };
      const widget = await views.open(id, () => make(id), place);
      return widget && models.get(widget);
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

    views.restore(restorer, CommandIDs.openRun, run => ({ run }));
  }
};
