import { MainAreaWidget, ReactWidget } from '@jupyterlab/apputils';
import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { Message } from '@lumino/messaging';
import type { JSX } from 'react';
import { backtrailIcon } from '../icon.js';
import { loadPlotly } from '../plot/plotly.js';
import type { IRun } from '../store/protocol.js';
import { runTitle } from '../store/title.js';
import type { ICellActivity, IRunStore } from '../tokens.js';
import { RunModel } from './model.js';
import type { INewest } from './newest.js';
import type { Present } from './present.js';
import { RunView } from './view.js';
import '../../../style/views.css';

/** What a run view is made with. */
export interface IRunViewOptions {
  readonly model: RunModel;
  readonly commands: CommandRegistry;
  /** Colours sources; without it they are plain. */
  readonly languages: IEditorLanguageRegistry | null;
  /** The cells of a run's notebook as they read now; null where it is not open. */
  readonly present: (run: IRun) => Present | null;
  /** The run that tells what a run's notebook runs in now; null where nothing is known of it. */
  readonly newest: (run: IRun) => Promise<INewest | null>;
  readonly trans: TranslationBundle;
}

/** The content of a run view; tells its model whether it can be seen. */
class RunContent extends ReactWidget {
  constructor(options: IRunViewOptions) {
    super();
    this.addClass('bt-RunView');
    this.node.tabIndex = -1;
    this._options = options;
  }

  override dispose(): void {
    this._options.model.dispose();
    super.dispose();
  }

  protected override render(): JSX.Element {
    return <RunView {...this._options} />;
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

  private _options: IRunViewOptions;
}

/** Makes the widget that shows a run in the main area. */
export function createRunView(
  options: Omit<IRunViewOptions, 'model'> & {
    readonly id: string;
    readonly store: IRunStore;
    readonly cells: ICellActivity;
  }
): { readonly widget: MainAreaWidget; readonly model: RunModel } {
  const { id, store, cells, commands, languages, present, newest, trans } = options;
  // What draws is fetched while the server is asked for the run; who fails to get it tries again later.
  void Promise.all([import('../plot/charts.js'), loadPlotly()]).catch(() => undefined);
  const model = new RunModel(id, store, cells);
  const widget = new MainAreaWidget({
    content: new RunContent({ model, commands, languages, present, newest, trans })
  });
  // The actions stand beside the run's name.
  widget.toolbar.hide();
  widget.id = `backtrail-run-${model.id}`;
  widget.title.icon = backtrailIcon;
  widget.title.closable = true;
  const name = (): void => {
    // JupyterLab shows it elsewhere too, in all its length.
    widget.title.label = model.run ? shortened(runTitle(model.run)) : trans.__('Run');
    widget.title.caption = trans.__('Run %1', model.run ? runTitle(model.run) : model.id);
  };
  model.changed.connect(name);
  name();
  return { widget, model };
}

/** How many letters the title of a tab has at most. */
const TITLE = 60;

function shortened(text: string): string {
  const letters = Array.from(text);
  return letters.length > TITLE ? `${letters.slice(0, TITLE - 1).join('')}…` : text;
}
