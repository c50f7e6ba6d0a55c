import type { Cell } from '@jupyterlab/cells';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import type { BacktrailClient } from '../store/client.js';
import type { IFollowMessage } from '../store/protocol.js';
import type { INotebookCapture } from '../tokens.js';
import { SessionMarks, type IMark } from './marks.js';
import { heading, tooltipOf } from './tooltip.js';

/** How long changes of the notebook are collected before the marks are looked at again, in milliseconds. */
const PAUSE = 250;

/** Draws the marks of one notebook. */
export class NotebookMarker implements IDisposable {
  constructor(
    capture: INotebookCapture,
    client: Pick<BacktrailClient, 'follow'>,
    trans: TranslationBundle
  ) {
    this._capture = capture;
    this._client = client;
    this._trans = trans;
    capture.panel.content.modelContentChanged.connect(this._later);
    capture.panel.content.cellInViewportChanged.connect(this._later);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** The state of the capture, or the setting, may have changed. */
  update(isOn: boolean): void {
    const { state } = this._capture;
    const session = isOn && state.kind === 'recording' ? (state.reply?.session ?? null) : null;
    if (session === this._session || this._isDisposed) {
      return;
    }
    this._session = session;
    this._follow?.dispose();
    this._follow = null;
    this._marks = new SessionMarks();
    this._draw();
    if (session) {
      this._follow = this._client.follow(
        { follow: 'cells', session },
        { message: message => this._onMessage(message) }
      );
    }
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    clearTimeout(this._timer);
    this._follow?.dispose();
    const { panel } = this._capture;
    if (!panel.isDisposed) {
      panel.content.modelContentChanged.disconnect(this._later);
      panel.content.cellInViewportChanged.disconnect(this._later);
    }
  }

  private _onMessage({ cells }: IFollowMessage): void {
    if (!cells) {
      return;
    }
    if (cells.first) {
      this._marks = new SessionMarks();
    }
    this._marks.feed(cells.executions);
    this._openSince = cells.openSince;
    this._draw();
  }

  /** A bound function, so that signals can be told to forget it. */
  private readonly _later = (): void => {
    this._timer ??= setTimeout(() => {
      this._timer = undefined;
      this._draw();
    }, PAUSE);
  };

  private _draw(): void {
    const { panel } = this._capture;
    if (panel.isDisposed) {
      return;
    }
    for (const cell of panel.content.widgets) {
      const { model } = cell;
      if (model.type === 'code') {
        const source = model.sharedModel.getSource();
        this._mark(cell, this._marks.of(model.id, source, this._openSince));
      }
    }
  }

  /** Puts a mark on a cell, or takes it away. A cell that was not drawn yet gets it when it is. */
  private _mark(cell: Cell, mark: IMark | undefined): void {
    const area = cell.inputArea?.node;
    let node = this._nodes.get(cell);
    if (!mark || mark.kind === 'running' || !area) {
      node?.remove();
      return;
    }
    if (!node) {
      node = document.createElement('span');
      node.className = 'bt-CellMark';
      node.setAttribute('role', 'img');
      this._nodes.set(cell, node);
    }
    const tooltip = tooltipOf(mark, this._trans);
    if (node.title !== tooltip) {
      node.title = tooltip;
      node.setAttribute('aria-label', heading(mark, this._trans));
      node.dataset['mark'] = mark.kind;
    }
    if (node.parentElement !== area) {
      area.append(node);
    }
  }

  private _capture: INotebookCapture;
  private _client: Pick<BacktrailClient, 'follow'>;
  private _follow: IDisposable | null = null;
  private _isDisposed = false;
  private _marks = new SessionMarks();
  private _nodes = new WeakMap<Cell, HTMLElement>();
  private _openSince: number | null = null;
  private _session: string | null = null;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _trans: TranslationBundle;
}
