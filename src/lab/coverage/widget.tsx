import { MainAreaWidget, ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import type { JSX } from 'react';
import { RunFilter } from '../history/runfilter.js';
import { backtrailIcon } from '../icon.js';
import type { IRunStore } from '../tokens.js';
import { CoverageModel, type ICoverageScope } from './model.js';
import { CoverageView, type ICoverageViewOptions } from './view.js';
import '../../../style/views.css';

/** The content of a heat map; tells its model whether it can be seen. */
class CoverageContent extends ReactWidget {
  constructor(options: ICoverageViewOptions) {
    super();
    this.addClass('bt-RunView');
    this.addClass('bt-Coverage');
    this.node.tabIndex = -1;
    this._options = options;
  }

  override dispose(): void {
    this._options.model.dispose();
    super.dispose();
  }

  protected override render(): JSX.Element {
    return <CoverageView {...this._options} />;
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this._options.model.visible = this.isVisible;
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    this._options.model.visible = this.isVisible;
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this._options.model.visible = false;
  }

  protected override onBeforeDetach(message: Message): void {
    this._options.model.visible = false;
    super.onBeforeDetach(message);
  }

  private _options: ICoverageViewOptions;
}

let made = 0;

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
  const widget = new MainAreaWidget({ content: new CoverageContent({ model, show, trans }) });
  widget.toolbar.hide();
  widget.id = `backtrail-coverage-${++made}`;
  widget.title.icon = backtrailIcon;
  widget.title.closable = true;
  widget.title.label = trans.__('What was tried');
  widget.title.caption = [scope.path, scope.filter].filter(Boolean).join('\n');
  return widget;
}
