import type { TranslationBundle } from '@jupyterlab/translation';
import { formatDuration, formatTime, formatValue } from '../format.js';
import type { IMark, Staleness } from './marks.js';

/** How many names a line lists. */
const NAMES = 8;

/** What a mark means, a line for each thing that is known. */
export function tooltipOf(mark: IMark, trans: TranslationBundle): string {
  const { execution } = mark;
  const lines = [heading(mark, trans), ...mark.stale.map(reason => sentence(reason, trans))];
  const at = execution.started ? formatTime(execution.started) : '';
  lines.push(
    typeof execution.duration === 'number'
      ? trans.__('Ran %1, took %2', at, formatDuration(execution.duration))
      : trans.__('Began %1', at)
  );
  const wrote = Object.keys(execution.wrote);
  const facts: [string, readonly string[]][] = [
    [trans.__('Read'), execution.reads],
    [trans.__('Set or changed'), wrote],
    [trans.__('Deleted'), execution.deleted],
    [
      trans.__('Seeds'),
      execution.seeds.map(({ library, value }) => `${library} ${formatValue(value)}`)
    ]
  ];
  for (const [label, names] of facts) {
    if (names.length) {
      lines.push(`${label}: ${listed(names, trans)}`);
    }
  }
  if (execution.drew && !execution.seeds.length) {
    lines.push(trans.__('Drew random numbers'));
  }
  return lines.join('\n');
}

/** What a mark says in a few words. */
export function heading(mark: IMark, trans: TranslationBundle): string {
  switch (mark.kind) {
    case 'running':
      return trans.__('Running');
    case 'failed':
      return mark.execution.status === 'interrupted'
        ? trans.__('Interrupted')
        : trans.__('Failed: %1', mark.execution.error ?? trans.__('unknown error'));
    case 'stale':
      return trans.__('Stale: what it shows may be out of date');
    case 'open':
      return trans.__('Ran in the open run');
    case 'earlier':
      return trans.__('Ran before the open run');
  }
}

function sentence(reason: Staleness, trans: TranslationBundle): string {
  if (reason.kind === 'edited') {
    return trans.__('It was edited since it ran.');
  }
  const by = `[${reason.by.count ?? '?'}]`;
  return reason.kind === 'deleted'
    ? trans.__('It read %1, which %2 deleted.', reason.name, by)
    : trans.__('It read %1, which %2 set or changed since.', reason.name, by);
}

function listed(names: readonly string[], trans: TranslationBundle): string {
  const shown = names.slice(0, NAMES).join(', ');
  return names.length > NAMES ? trans.__('%1 and %2 more', shown, names.length - NAMES) : shown;
}
