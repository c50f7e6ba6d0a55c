import type { TranslationBundle } from '@jupyterlab/translation';

/** The word for a status. */
export function statusWord(status: string, trans: TranslationBundle): string {
  switch (status) {
    case 'running':
      return trans.__('running');
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
