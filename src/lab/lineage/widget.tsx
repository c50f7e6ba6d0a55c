import type { MainAreaWidget } from '@jupyterlab/apputils';
import { createView } from '../mainarea/content.js';
import { runTitle } from '../store/title.js';
import type { IRunStore } from '../tokens.js';
import { LineageModel } from './model.js';
import type { ITreeActions } from './treeview.js';
import { LineageView } from './view.js';

/** Makes the widget that shows the lineage of a run in the main area. */
export function createLineage(
  options: ITreeActions & { readonly id: string; readonly store: IRunStore }
): MainAreaWidget {
  const { id, store, trans, openRun, openLineage, which } = options;
  const model = new LineageModel(id, store.client);
  const widget = createView(
    LineageView,
    { model, trans, openRun, openLineage, which },
    { label: trans.__('Lineage'), className: 'bt-Lineage' }
  );
  model.changed.connect(() => {
    if (model.lineage) {
      widget.title.label = trans.__('Lineage of %1', runTitle(model.lineage.run));
    }
  });
  return widget;
}
