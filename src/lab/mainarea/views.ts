import type { ILabShell, ILayoutRestorer, JupyterFrontEnd } from '@jupyterlab/application';
import { Notification, WidgetTracker, type MainAreaWidget } from '@jupyterlab/apputils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { DockLayout } from '@lumino/widgets';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

/**
 * The views of one kind in the main area: opens them, finds those that are open, brings them back after a reload.
 *
 * #### Notes
 * What a view is made of is fetched when the first one is opened, not when JupyterLab starts.
 */
export class Views<Shown> {
  constructor(options: Views.IOptions<Shown>) {
    this._options = options;
    this._tracker = new WidgetTracker<MainAreaWidget>({ namespace: options.namespace });
  }

  /** The one that was used last. */
  get current(): MainAreaWidget | null {
    return this._tracker.currentWidget;
  }

  /**
   * Shows something; what is shown already is brought to the front.
   *
   * @param make - makes a widget where there is none that shows it
   * @param place - beside the last one of this kind, else beside the notebook, when it is left out
   * @returns the widget, or undefined where the page has no room for one
   */
  async open(
    shown: Shown,
    make: () => Promise<MainAreaWidget>,
    place?: Views.IPlace
  ): Promise<MainAreaWidget | undefined> {
    const { app, labShell, notebooks, trans, type } = this._options;
    const found = this._find(shown);
    if (found) {
      app.shell.activateById(found.id);
      return found;
    }
    const widget = await make();
    const other = this._find(shown);
    if (other) {
      // Somebody asked twice while it was fetched.
      widget.dispose();
      app.shell.activateById(other.id);
      return other;
    }
    this._shown.set(widget, shown);
    if (labShell) {
      const ref = this.current?.id ?? notebooks.currentWidget?.id ?? null;
      labShell.add(widget, 'main', { mode: 'tab-after', ref, ...place, type });
    } else {
      // The main area of Notebook 7 has room for the notebook alone; below it there may be more.
      widget.addClass('bt-mod-below');
      app.shell.add(widget, 'down');
    }
    if (!widget.isAttached) {
      widget.dispose();
      Notification.info(
        trans.__('There is no room for runs on this page: open the notebook in JupyterLab.'),
        { autoClose: 8000 }
      );
      return undefined;
    }
    await this._tracker.add(widget);
    app.shell.activateById(widget.id);
    return widget;
  }

  /**
   * Brings back, when the page is loaded again, what is open when it goes.
   *
   * @param command - shows something by its arguments
   * @param args - the arguments by which it shows this
   */
  restore(
    restorer: ILayoutRestorer | null,
    command: string,
    args: (shown: Shown) => ReadonlyPartialJSONObject
  ): void {
    const { nameOf } = this._options;
    const of = <Of>(told: (shown: Shown) => Of, none: Of, widget: MainAreaWidget): Of => {
      const shown = this._shown.get(widget);
      return shown === undefined ? none : told(shown);
    };
    void restorer?.restore(this._tracker, {
      command,
      args: widget => of(args, {}, widget),
      name: widget => of(nameOf, '', widget)
    });
  }

  private _find(shown: Shown): MainAreaWidget | undefined {
    const { nameOf } = this._options;
    const name = nameOf(shown);
    return this._tracker.find(widget => {
      const other = this._shown.get(widget);
      return other !== undefined && nameOf(other) === name;
    });
  }

  private _options: Views.IOptions<Shown>;
  private _shown = new WeakMap<MainAreaWidget, Shown>();
  private _tracker: WidgetTracker<MainAreaWidget>;
}

/** Types of the views. */
export namespace Views {
  export interface IOptions<Shown> {
    readonly app: JupyterFrontEnd;
    readonly notebooks: INotebookTracker;
    /** Null on a page without a dock, as that of Notebook 7. */
    readonly labShell: ILabShell | null;
    readonly trans: TranslationBundle;
    /** Under which the page remembers what was open. */
    readonly namespace: string;
    /** What the views are to the shell. */
    readonly type: string;
    /** A name that is the same for what is the same. */
    readonly nameOf: (shown: Shown) => string;
  }

  /** Where a view is put. */
  export interface IPlace {
    readonly mode?: DockLayout.InsertMode;
    /** The id of the widget beside which it stands. */
    readonly ref?: string | null;
  }
}
