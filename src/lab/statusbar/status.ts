import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { IStatusBar } from '@jupyterlab/statusbar';
import type { TranslationBundle } from '@jupyterlab/translation';
import { MenuSvg } from '@jupyterlab/ui-components';
import { CommandIDs, type ICapture, type IRunStore } from '../tokens.js';
import { MetricCounter } from './counter.js';
import { StatusItem } from './item.js';
import { statusOf } from './model.js';

/** Says in the status bar, from now on, whether the active notebook is being recorded. */
export async function showStatus(
  app: JupyterFrontEnd,
  capture: ICapture,
  store: IRunStore,
  notebooks: INotebookTracker,
  trans: TranslationBundle
): Promise<void> {
  const statusBar = await app.resolveOptionalService(IStatusBar);
  // Notebook 7 has no status bar.
  if (!statusBar) {
    return;
  }
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
  item.disposed.connect(() => {
    menu.dispose();
    counter.dispose();
  });
  let panel: NotebookPanel | null = null;
  const update = (): void => {
    const current = capture.of(panel);
    const reply = current?.state.reply;
    const isBusy = panel?.sessionContext.session?.kernel?.status === 'busy';
    // A kernel of tslab calls itself idle while cells run.
    const activity = capture.activity(reply?.session ?? null);
    counter.watch(reply?.run?.id ?? null, isBusy || activity?.isBusy === true);
    item.status = current && statusOf(current.state, trans, counter.metrics);
  };
  counter.changed.connect(update);
  // A cell may end a run and open another; only the tracker knows which one is open now.
  counter.ended.connect(() => capture.of(panel)?.refresh());
  capture.changed.connect(update);
  capture.activityChanged.connect(update);
  const follow = (): void => {
    panel?.sessionContext.statusChanged.disconnect(update);
    panel = notebooks.currentWidget;
    panel?.sessionContext.statusChanged.connect(update);
    update();
  };
  notebooks.currentChanged.connect(follow);
  statusBar.registerStatusItem('backtrail:status', {
    item,
    align: 'left',
    rank: 3,
    isActive: () => item.status !== null,
    activeStateChanged: item.activeChanged
  });
  follow();
}
