import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { MenuSvg } from '@jupyterlab/ui-components';
import { CommandIDs, ICapture, IRunStore } from '../tokens.js';
import { MetricCounter } from './counter.js';
import { StatusItem } from './item.js';
import { statusOf } from './model.js';

/** Says in the status bar whether the notebook is being recorded. */
export const statusBarPlugin: JupyterFrontEndPlugin<void> = {
  id: 'backtrail:statusbar',
  description: 'Shows in the status bar whether the active notebook is being recorded.',
  autoStart: true,
  requires: [ICapture, IRunStore, INotebookTracker],
  // Notebook 7 has no status bar.
  optional: [IStatusBar, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    capture: ICapture,
    store: IRunStore,
    notebooks: INotebookTracker,
    statusBar: IStatusBar | null,
    translator: ITranslator | null
  ): void => {
    if (!statusBar) {
      return;
    }
    const trans = (translator ?? nullTranslator).load('backtrail');
    const { commands } = app;
    const menu = new MenuSvg({ commands });
    menu.title.label = trans.__('Backtrail');
    menu.addItem({ command: CommandIDs.showPanel });
    menu.addItem({ command: CommandIDs.newRun });
    menu.addItem({ type: 'separator' });
    menu.addItem({ command: CommandIDs.toggleCaptureNotebook });
    menu.addItem({ command: CommandIDs.toggleCapture });

    const item = new StatusItem({
      open: () => void commands.execute(CommandIDs.showPanel),
      menu: (x, y) => menu.open(x, y)
    });
    const counter = new MetricCounter(store.client);
    let panel: NotebookPanel | null = null;
    const update = (): void => {
      const current = capture.of(panel);
      const run = current?.state.reply?.run?.id ?? null;
      counter.watch(run, panel?.sessionContext.session?.kernel?.status === 'busy');
      item.status = current && statusOf(current.state, trans, counter.metrics);
    };
    counter.changed.connect(update);
    // A cell may end a run and open another; only the tracker knows which one is open now.
    counter.ended.connect(() => capture.of(panel)?.refresh());
    capture.changed.connect(update);
    notebooks.currentChanged.connect((_, now) => {
      panel?.sessionContext.statusChanged.disconnect(update);
      panel = now;
      panel?.sessionContext.statusChanged.connect(update);
      update();
    });
    statusBar.registerStatusItem('backtrail:status', {
      item,
      align: 'left',
      rank: 3,
      isActive: () => item.status !== null,
      activeStateChanged: item.activeChanged
    });
    update();
  }
};
