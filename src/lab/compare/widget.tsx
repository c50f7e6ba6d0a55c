import { MainAreaWidget, ReactWidget } from '@jupyterlab/apputils';
import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { Message } from '@lumino/messaging';
import type { JSX } from 'react';
import { backtrailIcon } from '../icon.js';
import { runTitle } from '../store/title.js';
import type { IRunStore } from '../tokens.js';
import { CompareModel } from './model.js';
import { CompareView } from './view.js';
import '../../../style/views.css';

/** What a comparison is made with. */
export interface ICompareOptions {
  readonly model: CompareModel;
  readonly commands: CommandRegistry;
  /** Colours sources; without it they are plain. */
  readonly languages: IEditorLanguageRegistry | null;
  readonly trans: TranslationBundle;
}

/** The content of a comparison; tells its model whether it can be seen. */
class CompareContent extends ReactWidget {
  constructor(options: ICompareOptions) {
    super();
    this.addClass('bt-RunView');
    this.addClass('bt-Compare');
    this.node.tabIndex = -1;
    this._options = options;
  }

  override dispose(): void {
    this._options.model.dispose();
    super.dispose();
  }

  protected override render(): JSX.Element {
    return <CompareView {...this._options} />;
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

  private _options: ICompareOptions;
}

let made = 0;

/** Makes the widget that shows runs side by side in the main area. */
export function createCompare(
  options: Omit<ICompareOptions, 'model'> & {
    readonly ids: readonly string[];
    readonly store: IRunStore;
  }
): MainAreaWidget {
  const { ids, store, commands, languages, trans } = options;
  const model = new CompareModel(ids, store);
  const content = new CompareContent({ model, commands, languages, trans });
  const widget = new MainAreaWidget({ content });
  widget.toolbar.hide();
  widget.id = `backtrail-compare-${++made}`;
  widget.title.icon = backtrailIcon;
  widget.title.closable = true;
  widget.title.label = trans.__('Compare %1 runs', ids.length);
  model.changed.connect(() => {
    widget.title.caption = (model.materials ?? []).map(({ run }) => runTitle(run)).join('\n');
  });
  return widget;
}
