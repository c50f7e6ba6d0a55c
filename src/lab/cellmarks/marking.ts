import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import { SETTINGS, type ICapture, type IRunStore } from '../tokens.js';
import { NotebookMarker } from './marker.js';

/** Marks the cells of all open notebooks from now on, where the settings do not say otherwise. */
export function markCells(options: {
  readonly capture: ICapture;
  readonly store: IRunStore;
  readonly notebooks: INotebookTracker;
  readonly settingRegistry: ISettingRegistry | null;
  readonly trans: TranslationBundle;
}): void {
  const { capture, store, notebooks, settingRegistry, trans } = options;
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
