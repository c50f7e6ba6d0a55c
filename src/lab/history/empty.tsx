import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';
import { backtrailIcon } from '../icon.js';
import type { HistoryModel } from './model.js';

/** What stands where there are no runs: why, and what to do. */
export function Empty({
  model,
  trans
}: {
  model: HistoryModel;
  trans: TranslationBundle;
}): JSX.Element {
  const { list, capture } = model;
  const { title, text, isError } = ((): { title: string; text: string; isError?: boolean } => {
    if (list?.state === 'failed') {
      return { title: trans.__('The runs cannot be shown'), text: list.error, isError: true };
    }
    if (!list) {
      return {
        title: trans.__('No notebook is open'),
        text: trans.__('Open a notebook to see its runs, or choose “Everything” above.')
      };
    }
    if (list.state === 'loading') {
      return { title: trans.__('Loading…'), text: '' };
    }
    if (capture?.kind === 'failed' || capture?.kind === 'unsupported') {
      return { title: trans.__('Not recording'), text: capture.message, isError: true };
    }
    if (model.scope === 'notebook' && capture?.kind === 'off') {
      return {
        title: trans.__('Recording is off'),
        text: trans.__('Turn it on by “Record This Notebook” in the Run menu, then run a cell.')
      };
    }
    if (model.archived > 0) {
      return {
        title: trans.__('All runs are archived'),
        text: trans.__('Tick “Archived” above to see them.')
      };
    }
    const isUnderWay = model.scope === 'notebook' && Boolean(capture?.reply?.run);
    return {
      title: isUnderWay ? trans.__('Nothing to list yet') : trans.__('No runs yet: run a cell'),
      text: [
        isUnderWay ? trans.__('The cells that ran are recorded.') : '',
        trans.__(
          'A run is listed as soon as something trains, prints a score, writes a file, or is logged by backtrail.log(…).'
        )
      ]
        .filter(Boolean)
        .join(' ')
    };
  })();
  return (
    <div className="bt-Empty" role={isError ? 'alert' : 'status'}>
      <backtrailIcon.react tag="span" className="bt-Empty-icon" width="40px" height="40px" />
      <h3>{title}</h3>
      {text && <p>{text}</p>}
    </div>
  );
}
