import type { JupyterFrontEnd } from '@jupyterlab/application';
import { NotebookActions, type INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import type { ICapture, IRunStore } from '../tokens.js';
import { OutlineReporter } from './reporter.js';

/** Reports the outlines of all open notebooks from now on. */
export function reportOutlines(
  app: JupyterFrontEnd,
  capture: ICapture,
  store: IRunStore,
  notebooks: INotebookTracker
): void {
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
  // What is open already has run, perhaps.
  notebooks.forEach(panel => reporterOf(panel)?.note());
  capture.changed.connect((_, { panel }) => reporterOf(panel)?.note());
  NotebookActions.executed.connect((_, { notebook }) => {
    const panel = notebooks.find(candidate => candidate.content === notebook);
    if (panel) {
      reporterOf(panel)?.note();
    }
  });
}
