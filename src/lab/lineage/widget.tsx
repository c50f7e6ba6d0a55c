import { MainAreaWidget, ReactWidget } from '@jupyterlab/apputils';
import type { Message } from '@lumino/messaging';
import type { JSX } from 'react';
import { backtrailIcon } from '../icon.js';
import { runTitle } from '../store/title.js';
import type { IRunStore } from '../tokens.js';
import { LineageModel } from './model.js';
import type { ITreeActions } from './treeview.js';
import { LineageView, type ILineageViewOptions } from './view.js';
import '../../../style/views.css';

/** The content of a lineage; asks anew whenever it is shown. */
class LineageContent extends ReactWidget {
  constructor(options: ILineageViewOptions) {
    super();
    this.addClass('bt-RunView');
    this.addClass('bt-Lineage');
    this.node.tabIndex = -1;
    this._options = options;
  }

  override dispose(): void {
    this._options.model.dispose();
    super.dispose();
  }

  protected override render(): JSX.Element {
    return <LineageView {...this._options} />;
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    void this._options.model.refresh();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    if (this.isVisible) {
      void this._options.model.refresh();
    }
  }

  private _options: ILineageViewOptions;
}

let made = 0;

/** Makes the widget that shows the lineage of a run in the main area. */
export function createLineage(
  options: ITreeActions & { readonly id: string; readonly store: IRunStore }
): MainAreaWidget {
  const { id, store, trans, openRun, openLineage, which } = options;
  const model = new LineageModel(id, store.client);
  const content = new LineageContent({ model, trans, openRun, openLineage, which });
  const widget = new MainAreaWidget({ content });
  widget.toolbar.hide();
  widget.id = `backtrail-lineage-${++made}`;
  widget.title.icon = backtrailIcon;
  widget.title.closable = true;
  widget.title.label = trans.__('Lineage');
  model.changed.connect(() => {
    if (model.lineage) {
      widget.title.label = trans.__('Lineage of %1', runTitle(model.lineage.run));
    }
  });
  return widget;
}
