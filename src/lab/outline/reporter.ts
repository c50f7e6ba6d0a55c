import type { IDisposable } from '@lumino/disposable';
import type { BacktrailClient } from '../store/client.js';
import type { INotebookCapture } from '../tokens.js';
import { outlineOf } from './outline.js';

/** How long things have to be quiet before they are reported, in milliseconds. */
const QUIET = 1000;

/** Reports the outline of one notebook to the server, when it is not what was reported last. */
export class OutlineReporter implements IDisposable {
  /** @param path - the notebook's contents path now */
  constructor(
    capture: INotebookCapture,
    client: Pick<BacktrailClient, 'notebook'>,
    path: () => string
  ) {
    this._capture = capture;
    this._client = client;
    this._path = path;
  }

  /** Something may have changed. */
  note(): void {
    clearTimeout(this._timer);
    this._timer = setTimeout(() => void this._report(), QUIET);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    clearTimeout(this._timer);
  }

  private async _report(): Promise<void> {
    const { panel, state } = this._capture;
    const session = state.kind === 'recording' ? state.reply?.session : undefined;
    if (!session || this._isDisposed || panel.isDisposed || !panel.model) {
      return;
    }
    const body = { session, path: this._path(), outline: outlineOf(panel.model.cells) };
    const text = JSON.stringify(body);
    if (text === this._reported) {
      return;
    }
    this._reported = text;
    try {
      await this._client.notebook(body);
    } catch {
      // The runs are recorded all the same; the next change tries again.
      this._reported = '';
    }
  }

  private _capture: INotebookCapture;
  private _client: Pick<BacktrailClient, 'notebook'>;
  private _isDisposed = false;
  private _path: () => string;
  private _reported = '';
  private _timer: ReturnType<typeof setTimeout> | undefined;
}
