import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import { Panel, type Widget } from '@lumino/widgets';
import type { HistoryModel } from './model.js';

/** How long a command palette takes to close, in milliseconds. */
const PALETTE_CLOSES = 80;

/** What stands in the panel. */
export interface IPanelContent {
  readonly model: HistoryModel;
  readonly view: Widget;
}

/** Pixels that the panel has at least in a sidebar. */
const WIDTH = 300;

/**
 * The place of the runs panel in the sidebar.
 *
 * #### Notes
 * Holds nothing until it is first shown: what it is made of is fetched then, not when JupyterLab
 * starts.
 */
export class RunsPanel extends Panel {
  constructor(options: RunsPanel.IOptions) {
    super();
    this.addClass('bt-RunsPanel');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', options.trans.__('Runs'));
    // JupyterLab looks for the least width when it lays the sidebar out, before the looks are there.
    this.node.style.minWidth = `${WIDTH}px`;
    this._options = options;
  }

  /**
   * Fetches what the panel is made of; once is enough.
   *
   * @returns its model; null where it cannot be had, which the panel says
   */
  load(): Promise<HistoryModel | null> {
    if (this._loading) {
      return this._loading;
    }
    this.node.textContent = this._options.trans.__('Loading…');
    this._loading = this._options.make().then(
      ({ model, view }) => {
        this.node.textContent = '';
        if (this.isDisposed) {
          model.dispose();
          return null;
        }
        this._model = model;
        this._model.visible = this.isVisible;
        this.addWidget(view);
        return model;
      },
      () => {
        this._loading = null;
        this.node.textContent = this._options.trans.__(
          'The panel could not be loaded: reload the page.'
        );
        return null;
      }
    );
    return this._loading;
  }

  override dispose(): void {
    this._model?.dispose();
    super.dispose();
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this._look();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    this._look();
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this._hide();
  }

  protected override onBeforeDetach(message: Message): void {
    super.onBeforeDetach(message);
    this._hide();
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this._focus();
    // A command palette gives the focus back to where it was when it closes, which is after that.
    setTimeout(() => {
      const { activeElement } = document;
      // Who has opened the palette again meanwhile is not disturbed.
      const palette = activeElement?.closest('.lm-CommandPalette') ?? null;
      if (this.isVisible && palette === null && !this.node.contains(activeElement)) {
        this._focus();
      }
    }, PALETTE_CLOSES);
  }

  /** To the table of runs, wherever it stands; to the first control while there is none. */
  private _focus(): void {
    (
      this.node.querySelector<HTMLElement>('[role="grid"]') ??
      this.node.querySelector<HTMLElement>('select, button')
    )?.focus();
  }

  private _look(): void {
    if (!this.isVisible) {
      return;
    }
    if (this._model) {
      this._model.visible = true;
    }
    void this.load();
  }

  private _hide(): void {
    if (this._model) {
      this._model.visible = false;
    }
  }

  private _loading: Promise<HistoryModel | null> | null = null;
  private _model: HistoryModel | null = null;
  private _options: RunsPanel.IOptions;
}

/** Types of the panel. */
export namespace RunsPanel {
  export interface IOptions {
    /** Makes what the panel holds. */
    readonly make: () => Promise<IPanelContent>;
    readonly trans: TranslationBundle;
  }
}
