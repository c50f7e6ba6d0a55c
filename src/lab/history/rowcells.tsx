import { Time } from '@jupyterlab/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';
import { reader, splitKey } from '../../runlog/filter.js';
import type { IActivity } from '../attach/activity.js';
import { formatDuration, formatTime, formatValue } from '../format.js';
import { Badge } from '../runview/badge.js';
import type { IRunSummary } from '../store/protocol.js';
import type { IColumn } from './columns.js';
import { runSeconds } from './rows.js';

/** When a run began, in the words of people. */
export function Started({ run }: { run: IRunSummary }): JSX.Element {
  const { started } = run;
  return (
    <span
      className="bt-Run-started"
      role="gridcell"
      title={started ? formatTime(started) : undefined}
    >
      {started && Time.formatHuman(new Date(started), 'narrow')}
    </span>
  );
}

/** How long it took, or has taken. */
export function Duration(props: {
  run: IRunSummary;
  now: number;
  activity: IActivity | null;
}): JSX.Element {
  const seconds = runSeconds(props.run, props.now, props.activity);
  return (
    <span className="bt-Run-duration" role="gridcell">
      {seconds === null ? '' : formatDuration(seconds)}
    </span>
  );
}

/** The commit, with a dot where there were changes besides. */
export function Commit({
  run,
  trans
}: {
  run: IRunSummary;
  trans: TranslationBundle;
}): JSX.Element {
  const { code } = run;
  if (!code?.commit) {
    return (
      <span className="bt-Run-commit" role="gridcell" title={code?.reason ?? undefined}></span>
    );
  }
  const where = code.branch ? trans.__('Commit %1 on %2', code.commit, code.branch) : code.commit;
  const dirty = trans.__('with changes that were not committed');
  return (
    <span
      className="bt-Run-commit"
      role="gridcell"
      title={code.dirty ? `${where}, ${dirty}` : where}
    >
      <code>{code.commit.slice(0, 7)}</code>
      {code.dirty && <span className="bt-Dirty" role="img" aria-label={dirty} />}
    </span>
  );
}

/** The seeds, each once. */
export function Seed({ run }: { run: IRunSummary }): JSX.Element {
  const values = [...new Set(run.seeds.map(({ value }) => formatValue(value)))];
  const title = run.seeds.map(({ library, value }) => `${library}: ${formatValue(value)}`);
  return (
    <span className="bt-Run-cell" role="gridcell" title={title.join('\n') || undefined}>
      {values.join(', ')}
    </span>
  );
}

/** What the last replay came to; nothing where none was compared. */
export function Verified({
  run,
  trans
}: {
  run: IRunSummary;
  trans: TranslationBundle;
}): JSX.Element {
  return (
    <span className="bt-Run-cell" role="gridcell">
      <Badge verified={run.verified} isOutdated={run.verified?.outdated === true} trans={trans} />
    </span>
  );
}

/** The name of its notebook. */
export function Notebook({ run }: { run: IRunSummary }): JSX.Element {
  return (
    <span className="bt-Run-cell" role="gridcell" title={run.notebook.path ?? undefined}>
      {run.notebook.name}
    </span>
  );
}

/** The tags of a run, each as it is said. */
export function tagTexts(run: IRunSummary): readonly string[] {
  return Object.entries(run.tags).map(([key, value]) =>
    value === '' || value === true ? key : `${key}: ${formatValue(value)}`
  );
}

/** Its tags; in a column of their own, or behind the name. */
export function Tags({ run, isInline }: { run: IRunSummary; isInline?: boolean }): JSX.Element {
  const tags = tagTexts(run).map(text => (
    <span className="bt-Tag" key={text} title={text}>
      {text}
    </span>
  ));
  return isInline ? (
    <>{tags}</>
  ) : (
    <span className="bt-Run-cell" role="gridcell">
      {tags}
    </span>
  );
}

/** The value of one key. */
export function Value({ run, column }: { run: IRunSummary; column: IColumn }): JSX.Element {
  const value = reader(splitKey(column.id))(run);
  const text = value === undefined || value === null ? '' : textOf(value);
  return (
    <span
      className="bt-Run-cell"
      role="gridcell"
      data-number={column.isNumber || undefined}
      title={text}
    >
      {text}
    </span>
  );
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.map(formatValue).join(', ') : formatValue(value);
}
