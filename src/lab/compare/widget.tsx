import type { MainAreaWidget } from '@jupyterlab/apputils';
import { createView } from '../mainarea/content.js';
import { runTitle } from '../store/title.js';
import type { IRunStore } from '../tokens.js';
import { CompareModel } from './model.js';
import { CompareView, type ICompareOptions } from './view.js';

/** Makes the widget that shows runs side by side in the main area. */
export function createCompare(
  options: Omit<ICompareOptions, 'model'> & {
    readonly ids: readonly string[];
    readonly store: IRunStore;
  }
): MainAreaWidget {
  const { ids, store, commands, languages, trans } = options;
  const model = new CompareModel(ids, store);
  const widget = createView(
    CompareView,
    { model, commands, languages, trans },
    { label: trans.__('Compare %1 runs', ids.length), className: 'bt-Compare' }
  );
  model.changed.connect(() => {
    widget.title.caption = (model.materials ?? []).map(({ run }) => runTitle(run)).join('\n');
  });
  return widget;
}
