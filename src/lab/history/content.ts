import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ICapture, IRunStore } from '../tokens.js';
import { HistoryModel } from './model.js';
import type { IPanelContent } from './panel.js';
import { RunsView } from './view.js';

/**
 * Makes what stands in the runs panel: the runs of the active notebook, whichever that is.
 *
 * @param settings - where the choices of the user are kept; null where they hold for this page
 */
export async function createContent(options: {
  readonly app: JupyterFrontEnd;
  readonly store: IRunStore;
  readonly capture: ICapture;
  readonly notebooks: INotebookTracker;
  readonly settings: Promise<ISettingRegistry.ISettings> | null;
  readonly trans: TranslationBundle;
}): Promise<IPanelContent> {
  const { app, store, capture, notebooks, settings, trans } = options;
  const { contents } = app.serviceManager;
  const model = new HistoryModel(store, capture);
  const kept = await settings?.catch(() => undefined);
  if (kept) {
    model.preferences.connect(kept);
  }
  let current: NotebookPanel | null = null;
  const follow = (): void => {
    current?.context.pathChanged.disconnect(follow);
    current = notebooks.currentWidget;
    current?.context.pathChanged.connect(follow);
    model.notebook = current ? contents.localPath(current.context.path) : '';
    model.capture = capture.of(current)?.state ?? null;
  };
  notebooks.currentChanged.connect(follow);
  capture.changed.connect((_, changed) => {
    if (changed.panel === current) {
      model.capture = changed.state;
    }
  });
  follow();
  return { model, view: new RunsView({ model, commands: app.commands, trans }) };
}
