import type { NotebookPanel } from '@jupyterlab/notebook';
import { Signal, type ISignal } from '@lumino/signaling';
import type { ICapture, INotebookCapture } from '../tokens.js';
import type { IActivity } from './activity.js';
import type { NotebookCapture } from './notebookcapture.js';

/** The captures of all open notebooks. */
export class Capture implements ICapture {
  /** @param create - makes the capture of a notebook that was opened */
  constructor(create: (panel: NotebookPanel) => NotebookCapture) {
    this._create = create;
  }

  get changed(): ISignal<this, INotebookCapture> {
    return this._changed;
  }

  get activityChanged(): ISignal<this, void> {
    return this._activityChanged;
  }

  activity(session: string | null): IActivity | null {
    for (const capture of session ? this._captures.values() : []) {
      if (capture.state.reply?.session === session) {
        return capture.activity;
      }
    }
    return null;
  }

  get everywhere(): boolean {
    return this._everywhere;
  }

  set everywhere(value: boolean) {
    this._everywhere = value;
    this.refresh();
  }

  of(panel: NotebookPanel | null): NotebookCapture | null {
    return (panel && this._captures.get(panel)) ?? null;
  }

  /** A notebook was opened. */
  add(panel: NotebookPanel): void {
    if (this._captures.has(panel) || panel.isDisposed) {
      return;
    }
    const capture = this._create(panel);
    this._captures.set(panel, capture);
    capture.changed.connect(() => {
      this._changed.emit(capture);
      this._activityChanged.emit();
    });
    capture.activityChanged.connect(() => this._activityChanged.emit());
    panel.disposed.connect(() => {
      this._captures.delete(panel);
      this._activityChanged.emit();
    });
  }

  /** Ask all trackers again, after the settings changed. */
  refresh(): void {
    for (const capture of this._captures.values()) {
      capture.refresh();
    }
  }

  private _activityChanged = new Signal<this, void>(this);
  private _captures = new Map<NotebookPanel, NotebookCapture>();
  private _changed = new Signal<this, INotebookCapture>(this);
  private _create: (panel: NotebookPanel) => NotebookCapture;
  private _everywhere = true;
}
