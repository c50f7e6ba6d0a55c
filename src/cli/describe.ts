/**
 * A run in a few lines.
 */

import type { RunSummary } from '../runlog/index.js';
import { printable, shown, span } from './table.js';

/** What a run is known by: where, how it ended, params, metrics, seeds, commit; a line each, none for what there is not. */
export function runFacts(run: Omit<RunSummary, 'cells'>): string[] {
  const facts: [string, string][] = [
    ['notebook', run.notebook.path ?? run.notebook.name ?? ''],
    [
      'status',
      [run.status, run.duration === null ? '' : span(run.duration)].filter(Boolean).join(', ')
    ],
    ['stage', run.stage ?? ''],
    ['params', pairs(run.params)],
    [
      'metrics',
      pairs(Object.fromEntries(Object.entries(run.metrics).map(([key, { last }]) => [key, last])))
    ],
    ['seeds', run.seeds.map(({ library, value }) => `${library} ${shown(value)}`).join(', ')],
    ['commit', commitOf(run)]
  ];
  return facts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name.padEnd(8)}  ${printable(value)}`);
}

/** The commit of a run's code, or why there is none. */
export function commitOf({ code }: Pick<RunSummary, 'code'>): string {
  if (!code) {
    return '';
  }
  return code.commit
    ? `${code.commit}${code.branch ? ` on ${code.branch}` : ''}${code.dirty ? ', with changes' : ''}`
    : (code.reason ?? '');
}

function pairs(record: Readonly<Record<string, unknown>>): string {
  return Object.entries(record)
    .map(([key, value]) => `${key} ${shown(value)}`)
    .join(', ');
}
