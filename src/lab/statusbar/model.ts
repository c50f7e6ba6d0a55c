import type { ICaptureState } from '../attach/state.js';
import { runTitle } from '../store/title.js';

/** What the status bar says. */
export interface IStatus {
  /** Which mark stands in front, and in which colour. */
  readonly mark: 'recording' | 'off' | 'failed' | 'waiting';
  readonly text: string;
  /** The whole sentence, as the tooltip. */
  readonly title: string;
}

/** The part of a translation bundle that a status is made with. */
export interface IWords {
  __(text: string, ...args: (string | number)[]): string;
  _n(one: string, many: string, n: number, ...args: (string | number)[]): string;
}

/**
 * What the status bar says for a state of capture; null hides the item.
 *
 * @param metrics - how many metrics the open run has by now, where that is known better than
 *   from the tracker's last answer
 */
export function statusOf(state: ICaptureState, trans: IWords, metrics?: number): IStatus | null {
  switch (state.kind) {
    case 'none':
      return null;
    case 'waiting':
      return { mark: 'waiting', text: trans.__('waiting for the kernel'), title: state.message };
    case 'off':
      return {
        mark: 'off',
        text: trans.__('off'),
        title: trans.__('Runs of this notebook are not recorded. Click to see its earlier runs.')
      };
    case 'failed':
    case 'unsupported':
      return {
        mark: 'failed',
        text: trans.__('not recording: %1', firstClause(state.message)),
        title: state.message
      };
    case 'recording': {
      const run = state.reply?.run;
      if (!run) {
        const name = state.reply?.notebook ?? '';
        return { mark: 'recording', text: name, title: trans.__('Recording. Run a cell.') };
      }
      const name = runTitle(run);
      const count = metrics ?? run.metrics;
      const text = count ? `${name} · ${trans._n('%1 metric', '%1 metrics', count)}` : name;
      return {
        mark: 'recording',
        text,
        title: trans.__('Recording run %1. Click to see the runs of this notebook.', name)
      };
    }
  }
}

/** As much of a sentence as has room in a status bar: up to its first colon or full stop. */
function firstClause(sentence: string): string {
  const clause = sentence.split(/[:.](?:\s|$)/, 1)[0] ?? '';
  const short = clause || sentence;
  return short.length > 60 ? `${short.slice(0, 59)}…` : short;
}
