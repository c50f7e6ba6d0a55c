import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import type { IRunSummary } from '../store/protocol.js';
import { runTitle } from '../store/title.js';
import '../../../style/views.css';

/** A field of several lines; Enter makes a line and does not close the dialog. */
class NoteField extends Widget implements Dialog.IBodyWidget {
  constructor(text: string, label: string) {
    super();
    this._field = document.createElement('textarea');
    this._field.className = 'jp-mod-styled bt-NoteField';
    this._field.value = text;
    this._field.rows = 6;
    this._field.setAttribute('aria-label', label);
    this._field.addEventListener('keydown', event => {
      if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
        event.stopPropagation();
      }
    });
    this.node.append(this._field);
  }

  getValue(): string {
    return this._field.value;
  }

  private _field: HTMLTextAreaElement;
}

/** Asks for the note of a run; null when it was canceled. */
export async function askNote(run: IRunSummary, trans: TranslationBundle): Promise<string | null> {
  const title = trans.__('Note on run %1', runTitle(run));
  const { button, value } = await showDialog({
    title,
    body: new NoteField(run.note ?? '', title),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.okButton({ label: trans.__('Save') })
    ],
    focusNodeSelector: 'textarea'
  });
  return button.accept ? (value ?? '').trim() : null;
}
