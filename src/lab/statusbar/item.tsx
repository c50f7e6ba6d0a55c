import { ReactWidget } from '@jupyterlab/apputils';
import { Signal } from '@lumino/signaling';
import type { JSX } from 'react';
import type { IStatus } from './model.js';

/** The item in the status bar: a mark, the run's name, and how many metrics it has. */
export class StatusItem extends ReactWidget {
  constructor(options: StatusItem.IOptions) {
    super();
    this.addClass('bt-StatusItem');
    this._options = options;
  }

  /** What it says; null shows nothing. */
  get status(): IStatus | null {
    return this._status;
  }

  set status(status: IStatus | null) {
    this._status = status;
    this.update();
    this.activeChanged.emit();
  }

  readonly activeChanged = new Signal<this, void>(this);

  protected override render(): JSX.Element | null {
    const status = this._status;
    return (
      status && (
        <button
          type="button"
          className="bt-StatusItem-button"
          title={status.title}
          aria-label={`Backtrail: ${status.text}. ${status.title}`}
          onClick={this._options.open}
          onContextMenu={event => {
            event.preventDefault();
            event.stopPropagation();
            this._options.menu(event.clientX, event.clientY);
          }}
          onKeyDown={event => {
            if (event.key === 'ArrowUp' || event.key === 'ContextMenu') {
              const { left, top } = event.currentTarget.getBoundingClientRect();
              event.preventDefault();
              this._options.menu(left, top);
            }
          }}
        >
          <span className="bt-Mark" data-mark={status.mark} aria-hidden="true" />
          <span className="bt-StatusItem-text">{status.text}</span>
        </button>
      )
    );
  }

  private _options: StatusItem.IOptions;
  private _status: IStatus | null = null;
}

/** Types of the status item. */
export namespace StatusItem {
  export interface IOptions {
    readonly open: () => void;
    /** Opens the menu at a place of the window. */
    readonly menu: (x: number, y: number) => void;
  }
}
