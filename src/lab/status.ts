import type { TranslationBundle } from '@jupyterlab/translation';
import type { IActivity } from './attach/activity.js';

/**
 * The status of a run as it is shown: that of its log, and `open` for a run that goes on by its log
 * while its kernel is known to wait for the next cell.
 */
export function shownStatus(status: string, activity: IActivity | null): string {
  return status === 'running' && activity?.isBusy === false ? 'open' : status;
}

/** The word for a status. */
export function statusWord(status: string, trans: TranslationBundle): string {
  switch (status) {
    case 'running':
      return trans.__('running');
    case 'open':
      return trans.__('open');
    case 'finished':
      return trans.__('finished');
    case 'failed':
      return trans.__('failed');
    case 'interrupted':
      return trans.__('interrupted');
    case 'killed':
      return trans.__('killed');
    default:
      return trans.__('unknown');
  }
}

/** What a status means, as a sentence. */
export function statusSentence(status: string, trans: TranslationBundle): string {
  switch (status) {
    case 'running':
      return trans.__('The run is going on.');
    case 'open':
      return trans.__('No cell runs now; what the next cell logs belongs to this run.');
    case 'finished':
      return trans.__('The run ended in an orderly way.');
    case 'failed':
      return trans.__('The last cell of the run failed.');
    case 'interrupted':
      return trans.__('The last cell of the run was interrupted.');
    case 'killed':
      return trans.__('The kernel went away before the run ended. What it had logged is here.');
    default:
      return trans.__(
        'The run was recorded on another machine, so it cannot be told whether it still goes on.'
      );
  }
}
