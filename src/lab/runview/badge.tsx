import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';
import { formatTime } from '../format.js';
import type { IRunSummary } from '../store/protocol.js';

/** What a verdict is called. */
export function verdictWord(verdict: string, trans: TranslationBundle): string {
  switch (verdict) {
    case 'identical':
      return trans.__('identical');
    case 'within tolerance':
      return trans.__('within tolerance');
    case 'nondeterministic':
      return trans.__('nondeterministic');
    case 'differs':
      return trans.__('differs');
    case 'could not run':
      return trans.__('could not run');
    default:
      return verdict;
  }
}

/** The sign of a verdict, in a square of 16 by 16. */
function sign(verdict: string): string {
  switch (verdict) {
    case 'identical':
      return 'M3.5 8.5l3 3 6-7';
    case 'within tolerance':
      return 'M3 7c2-3 4 1.5 5 0s3-1.5 5-.5M3 11c2-3 4 1.5 5 0s3-1.5 5-.5';
    case 'nondeterministic':
      return 'M2.5 8h3l5-4h3m-2-2l2 2-2 2M5.5 8l5 4h3m-2-2l2 2-2 2';
    case 'differs':
      return 'M3 6h10M3 10h10M10.5 3l-5 10';
    default:
      return 'M4 4l8 8M12 4l-8 8';
  }
}

/** The verdict of the last comparison of a replay with a run; nothing where there was none. */
export function Badge(props: {
  verified: IRunSummary['verified'];
  /** Whether the run went on after it was compared. */
  isOutdated?: boolean;
  /** Only the sign, with the word for screen readers. */
  isSmall?: boolean;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { verified, isOutdated = false, isSmall = false, trans } = props;
  if (!verified) {
    return null;
  }
  const word = verdictWord(verified.verdict, trans);
  const lines = [
    verified.says ?? '',
    isOutdated ? trans.__('The run has gone on since then.') : '',
    trans.__('Compared %1', formatTime(verified.at))
  ];
  return (
    <span
      className="bt-Badge"
      data-verdict={verified.verdict}
      data-outdated={isOutdated || undefined}
      title={lines.filter(Boolean).join('\n')}
    >
      <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
        <path d={sign(verified.verdict)} />
      </svg>
      <span className={isSmall ? 'bt-visually-hidden' : undefined}>{word}</span>
    </span>
  );
}
