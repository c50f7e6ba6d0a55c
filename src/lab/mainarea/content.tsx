import { MainAreaWidget, ReactWidget } from '@jupyterlab/apputils';
import type { IDisposable } from '@lumino/disposable';
import type { Message } from '@lumino/messaging';
import type { ComponentType, JSX } from 'react';
import { backtrailIcon } from '../icon.js';
import '../../../style/views.css';

/** What a view of the main area shows; works only while it is looked at. */
export interface IViewModel extends IDisposable {
  /** Whether anybody looks. */
  visible: boolean;
}

/** What the component of a view is made with. */
export interface IViewOptions {
  readonly model: IViewModel;
}

/** The content of a view of the main area; tells its model whether it can be seen. */
class ViewContent<Options extends IViewOptions> extends ReactWidget {
  constructor(view: ComponentType<Options>, options: Options, className: string) {
    super();
    this.addClass('bt-RunView');
    if (className) {
      this.addClass(className);
    }
    this.node.tabIndex = -1;
    this._options = options;
    this._view = view;
  }

  override dispose(): void {
    this._options.model.dispose();
    super.dispose();
  }

  protected override render(): JSX.Element {
    const View = this._view;
    return <View {...this._options} />;
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

  private _options: Options;
  private _view: ComponentType<Options>;
}

/** What the shell is told of a view. */
export interface IAbout {
  /** Its id in the page; one that nothing else has when it is left out. */
  readonly id?: string;
  /** The title of its tab. */
  readonly label: string;
  readonly caption?: string;
  /** The class that tells its kind. */
  readonly className?: string;
}

let made = 0;

/**
 * Makes a view for the main area. It owns its model.
 *
 * @param view - the component that draws it
 * @param options - what the component is made with
 * @param about - what the shell is told of it
 */
export function createView<Options extends IViewOptions>(
  view: ComponentType<Options>,
  options: Options,
  about: IAbout
): MainAreaWidget {
  const { id = `backtrail-view-${++made}`, label, caption = '', className = '' } = about;
  const widget = new MainAreaWidget({ content: new ViewContent(view, options, className) });
  // The actions stand beside what they act on.
  widget.toolbar.hide();
  widget.id = id;
  widget.title.icon = backtrailIcon;
  widget.title.closable = true;
  widget.title.label = label;
  widget.title.caption = caption;
  return widget;
}
