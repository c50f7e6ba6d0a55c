import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { ICapture, IRunStore, SETTINGS } from '../tokens.js';
import { NotebookMarker } from './marker.js';

/** Marks the cells of a notebook: run in the open run, stale, failed. */
export const cellMarksPlugin: JupyterFrontEndPlugin<void> = {
  id: 'backtrail:cellmarks',
  description:
    'Marks the cells that ran in the open run, those that failed, and those out of date.',
  autoStart: true,
  requires: [ICapture, IRunStore, INotebookTracker],
  optional: [ISettingRegistry, ITranslator],
  activate: (
    _app: JupyterFrontEnd,
    capture: ICapture,
    store: IRunStore,
    notebooks: INotebookTracker,
    settingRegistry: ISettingRegistry | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('backtrail');
    const markers = new Map<NotebookPanel, NotebookMarker>();
    let isOn = true;
    const update = (panel: NotebookPanel): void => {
      const captured = capture.of(panel);
      if (!captured || panel.isDisposed) {
        return;
      }
      let marker = markers.get(panel);
      if (!marker) {
        const made = new NotebookMarker(captured, store.client, trans);
        marker = made;
        markers.set(panel, made);
        panel.disposed.connect(() => {
          made.dispose();
          markers.delete(panel);
        });
      }
      marker.update(isOn);
    };
    capture.changed.connect((_, { panel }) => update(panel));
    notebooks.forEach(update);
    void settingRegistry?.load(SETTINGS).then(
      settings => {
        const apply = (): void => {
          isOn = settings.get('cellMarks').composite !== false;
          notebooks.forEach(update);
        };
        settings.changed.connect(apply);
        apply();
      },
      () => {
        // The attach plugin says that the settings cannot be read.
      }
    );
  }
};
