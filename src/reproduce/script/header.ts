/**
 * The head of a script: what it repeats and what it needs, for people and for tools that run scripts.
 */

import type { RunSummary } from '../../runlog/index.js';
import { threadsOf } from '../variables.js';
import { oneLine } from './quote.js';

/** Inline script metadata (PEP 723), by which `uv run` and its like bring the versions of the record. */
export function metadata(
  python: string | null,
  packages: ReadonlyArray<readonly [name: string, version: string]>
): string {
  const minor = /^(\d+)\.(\d+)/.exec(python ?? '')?.[0];
  return [
    '# /// script',
    ...(minor ? [`# requires-python = "==${minor}.*"`] : []),
    '# dependencies = [',
    ...packages.map(requirement),
    '# ]',
    '# ///'
  ].join('\n');
}

/** An index has no local versions such as `2.9.0+cu126`: the public one stands, and the other beside it. */
function requirement([name, version]: readonly [string, string]): string {
  if (!/^[\w.-]+$/.test(name) || !/^[\w.!+-]+$/.test(version)) {
    return `#   # ${oneLine(`${name} ${version}`)}`;
  }
  const [release = '', local] = version.split('+');
  return `#   "${name}==${release}",${local ? `  # ${version}` : ''}`;
}

/** What the script repeats, as comment lines. */
export function description(run: RunSummary, notes: ReadonlyArray<string>): string {
  const lines = [
    `Run "${oneLine(run.name ?? run.id)}" of ${notebookName(run)}`,
    '',
    field('run', run.id),
    field('notebook', notebookName(run)),
    field('experiment', run.experiment),
    field('when', when(run)),
    field('status', run.status),
    field('kernel', [run.kernel?.language, run.kernel?.version].filter(Boolean).join(' ')),
    field('hash seed', run.environment?.variables?.PYTHONHASHSEED),
    field('threads', threads(run)),
    ...code(run),
    ...list('params', Object.entries(run.params), value => JSON.stringify(value) ?? 'null'),
    ...list('metrics', Object.entries(run.metrics), metric => String(metric.last)),
    '',
    ...notes
  ];
  return lines
    .filter(line => line !== undefined)
    .map(line => (line === '' ? '#' : `# ${line}`))
    .join('\n');
}

/** The file name of the notebook. */
export function notebookName(run: RunSummary): string {
  const path = run.notebook.path ?? '';
  return oneLine(path.split(/[\\/]/).pop() || `${run.notebook.name ?? 'notebook'}.ipynb`);
}

function when(run: RunSummary): string {
  const started = run.started?.replace('T', ' ').replace(/\.\d+Z$/, ' UTC') ?? '';
  return run.duration === null ? started : `${started}, ${Number(run.duration.toPrecision(3))} s`;
}

function threads({ environment }: RunSummary): string {
  const counts = Object.entries(threadsOf(environment));
  return counts.map(([library, count]) => `${library} ${count}`).join(', ');
}

function code(run: RunSummary): Array<string | undefined> {
  const { code } = run;
  if (!code) {
    return [];
  }
  if (!code.commit) {
    return [field('commit', code.reason ? `none: ${code.reason}` : 'none')];
  }
  const branch = code.branch ? ` on ${code.branch}` : '';
  const clean = code.dirty === false ? ', nothing changed since' : '';
  const dirty = code.dirty ? ', with changes that were not committed' : '';
  return [
    field('commit', `${code.commit}${branch}${clean}${dirty}`),
    field(
      'code',
      code.dirty || Object.keys(code.untracked ?? {}).length > 0
        ? `as it was: backtrail export ${run.id} --format code -o DIR`
        : ''
    ),
    field('diff', code.diff ? `runs/blobs/sha256/${code.diff.slice(0, 2)}/${code.diff}` : '')
  ];
}

function field(name: string, value: string | null | undefined): string | undefined {
  return value ? `${name.padEnd(11)}${oneLine(value)}` : undefined;
}

function list<T>(
  name: string,
  entries: Array<[string, T]>,
  text: (value: T) => string
): Array<string | undefined> {
  return entries.map(
    ([key, value], index) =>
      `${(index ? '' : name).padEnd(11)}${oneLine(`${key} = ${text(value)}`)}`
  );
}
