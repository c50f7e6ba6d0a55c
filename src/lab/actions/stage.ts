import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import type { IRunSummary, RunEdit } from '../store/protocol.js';
import { runTitle } from '../store/title.js';
import '../../../style/views.css';

/** Stages that teams name most often; any other word will do. */
const USUAL = ['production', 'staging', 'candidate'];

type StageEdit = Extract<RunEdit, { event: 'stage' }>;

/** A stage and why; an empty stage takes the run out of the one it is in. */
class StageForm extends Widget implements Dialog.IBodyWidget<StageEdit> {
  constructor(run: IRunSummary, trans: TranslationBundle) {
    super();
    this.addClass('bt-StageForm');
    this._stage = this._field(trans.__('Stage (empty: none)'), run.stage ?? '');
    const usual = document.createElement('datalist');
    usual.id = `bt-stages-${run.id}`;
    usual.append(...USUAL.map(stage => new Option(stage, stage)));
    this._stage.setAttribute('list', usual.id);
    this.node.append(usual);
    this._reason = this._field(trans.__('Reason'), '');
  }

  getValue(): StageEdit {
    const stage = this._stage.value.trim() || null;
    return { event: 'stage', stage, reason: this._reason.value.trim() || null };
  }

  private _field(label: string, value: string): HTMLInputElement {
    const name = document.createElement('label');
    const field = document.createElement('input');
    field.className = 'jp-mod-styled';
    field.value = value;
    name.append(label, field);
    this.node.append(name);
    return field;
  }

  private _reason: HTMLInputElement;
  private _stage: HTMLInputElement;
}

/** Asks which stage a run is in from now on; null when it was canceled or stays as it is. */
export async function askStage(
  run: IRunSummary,
  trans: TranslationBundle
): Promise<StageEdit | null> {
  const { button, value } = await showDialog({
    title: trans.__('Stage of run %1', runTitle(run)),
    body: new StageForm(run, trans),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.okButton({ label: trans.__('Save') })
    ],
    focusNodeSelector: 'input'
  });
  return button.accept && value && (value.stage !== (run.stage ?? null) || value.reason)
    ? value
    : null;
}
