import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { Menu } from '@lumino/widgets';
import { CommandIDs, ICapture } from '../tokens.js';
import { StatusItem } from './item.js';
import { statusOf } from './model.js';

/** Says in the status bar whether the notebook is being recorded. */
export const statusBarPlugin: JupyterFrontEndPlugin<void> = {
  id: 'backtrail:statusbar',
  description: 'Shows in the status bar whether the active notebook is being recorded.',
  autoStart: true,
  requires: [ICapture, INotebookTracker, IStatusBar],
  optional: [ITranslator],
  activate: (
    { commands }: JupyterFrontEnd,
    capture: ICapture,
    notebooks: INotebookTracker,
    statusBar: IStatusBar,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('backtrail');
    const menu = new Menu({ commands });
    menu.title.label = 'Backtrail';
    menu.addItem({ command: CommandIDs.showPanel });
    menu.addItem({ command: CommandIDs.newRun });
    menu.addItem({ type: 'separator' });
    menu.addItem({ command: CommandIDs.toggleCaptureNotebook });
    menu.addItem({ command: CommandIDs.toggleCapture });

    const item = new StatusItem({
      open: () => void commands.execute(CommandIDs.showPanel),
      menu: (x, y) => menu.open(x, y)
    });
    const update = (): void => {
      const current = capture.of(notebooks.currentWidget);
      item.status = current && statusOf(current.state, trans);
    };
    capture.changed.connect(update);
    notebooks.currentChanged.connect(update);
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
