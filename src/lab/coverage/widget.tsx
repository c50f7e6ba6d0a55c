import type { MainAreaWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { RunFilter } from '../history/runfilter.js';
import { createView } from '../mainarea/content.js';
import type { IRunStore } from '../tokens.js';
import { CoverageModel, type ICoverageScope } from './model.js';
import { CoverageView } from './view.js';

/** Makes the widget that shows in the main area what was tried. */
export function createCoverage(options: {
  readonly scope: ICoverageScope;
  readonly store: IRunStore;
  readonly show: (filter: string) => void;
  readonly trans: TranslationBundle;
}): MainAreaWidget {
  const { scope, store, show, trans } = options;
  const model = new CoverageModel(scope, store, (text, runs) =>
    new RunFilter(text, store.ancestry).apply(runs)
  );
  return createView(
    CoverageView,
    { model, show, trans },
    {
      label: trans.__('What was tried'),
      caption: [scope.path, scope.filter].filter(Boolean).join('\n'),
      className: 'bt-Coverage'
    }
  );
}
