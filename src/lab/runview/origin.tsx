import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';
import type { RunSummary } from '../../runlog/index.js';

/** Where a param or a metric comes from that nobody logged by hand; nothing for those that were. */
export function Origin({
  of,
  trans
}: {
  of: RunSummary['origins']['metrics'][string] | undefined;
  trans: TranslationBundle;
}): JSX.Element | null {
  if (!of) {
    return null;
  }
  const title =
    of.exact === false
      ? trans.__('Captured from: %1. Read from rounded text, or guessed.', of.origin)
      : trans.__('Captured from: %1', of.origin);
  return (
    <span className="bt-Origin" title={title}>
      {of.exact === false ? `≈ ${of.origin}` : of.origin}
    </span>
  );
}
