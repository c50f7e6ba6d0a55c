import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker, NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import { ICapture, IRunStore } from '../tokens.js';
import { OutlineReporter } from './reporter.js';

/** Takes into the record what only the browser knows of a notebook. */
export const outlinePlugin: JupyterFrontEndPlugin<void> = {
  id: 'backtrail:outline',
  description: 'Records the order of a notebook’s cells, its markdown, and its renames.',
  autoStart: true,
  requires: [ICapture, IRunStore, INotebookTracker],
  activate: (
    app: JupyterFrontEnd,
    capture: ICapture,
    store: IRunStore,
    notebooks: INotebookTracker
  ): void => {
    const reporters = new Map<NotebookPanel, OutlineReporter>();
    const reporterOf = (panel: NotebookPanel): OutlineReporter | null => {
      const known = reporters.get(panel);
      const captured = capture.of(panel);
      if (known || !captured || panel.isDisposed) {
        return known ?? null;
      }
      const reporter = new OutlineReporter(captured, store.client, () =>
        app.serviceManager.contents.localPath(panel.context.path)
      );
      reporters.set(panel, reporter);
      panel.context.saveState.connect((_, state) => {
        if (state === 'completed') {
          reporter.note();
        }
      });
      panel.context.pathChanged.connect(() => reporter.note());
      panel.disposed.connect(() => {
        reporter.dispose();
        reporters.delete(panel);
      });
      return reporter;
    };
    capture.changed.connect((_, { panel }) => reporterOf(panel)?.note());
    NotebookActions.executed.connect((_, { notebook }) => {
      const panel = notebooks.find(candidate => candidate.content === notebook);
      if (panel) {
        reporterOf(panel)?.note();
      }
    });
  }
};
