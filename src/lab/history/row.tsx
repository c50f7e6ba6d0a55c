import { Time } from '@jupyterlab/coreutils';
import { ellipsesIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { memo, type MouseEvent, type JSX } from 'react';
import type { IActivity } from '../attach/activity.js';
import { formatDuration, formatTime, formatValue } from '../format.js';
import { shownStatus, statusSentence, statusWord } from '../status.js';
import type { IRunSummary } from '../store/protocol.js';
import { runTitle } from '../store/title.js';
import type { IRunStore } from '../tokens.js';
import { openContextMenu } from './contextmenu.js';
import type { IRowLayout } from './rowlayout.js';
import { RowMetrics, RowParams } from './rowparts.js';
import { runSeconds } from './rows.js';
import type { TextWidth } from './textwidth.js';

/** One run in the table. */
export const RunRow = memo(function RunRow(props: {
  run: IRunSummary;
  before: IRunSummary | undefined;
  /** The position in the table, from 0. */
  index: number;
  /** How far down it stands, in pixels. */
  top: number;
  isSelected: boolean;
  /** What is known of the cells of its kernel. */
  activity: IActivity | null;
  layout: IRowLayout;
  /** Measures texts; null before the table is in the page. */
  widths: TextWidth | null;
  /** Whether commits are shown: they are not when no run has one. */
  hasCommit: boolean;
  /** The time for which `started` and `duration` are said, in milliseconds. */
  now: number;
  /** Whether the notebook's name has to be said. */
  withNotebook: boolean;
  store: IRunStore;
  trans: TranslationBundle;
  onSelect: (run: string) => void;
  onOpen: (run: string) => void;
}): JSX.Element {
  const { run, trans } = props;
  const { layout, widths } = props;
  const status = shownStatus(run.status, props.activity);
  const seconds = runSeconds(run, props.now, props.activity);
  const word = statusWord(status, trans);
  const title = runTitle(run);
  return (
    <div
      className="bt-Run"
      role="row"
      id={`bt-run-${run.id}`}
      data-bt-run={run.id}
      data-archived={run.archived || undefined}
      aria-rowindex={props.index + 1}
      aria-selected={props.isSelected}
      style={{ top: props.top }}
      onMouseDown={() => props.onSelect(run.id)}
      onDoubleClick={() => props.onOpen(run.id)}
    >
      <span
        className="bt-Run-status"
        role="gridcell"
        title={`${word}. ${statusSentence(status, trans)}`}
      >
        <span
          className="bt-Mark"
          data-mark={run.status}
          data-busy={props.activity?.isBusy || undefined}
          aria-hidden="true"
        />
        <span className="bt-visually-hidden">{word}</span>
      </span>
      <span className="bt-Run-name" role="gridcell">
        <a
          tabIndex={-1}
          title={run.note ? `${title}\n${run.note}` : title}
          onClick={event => {
            event.preventDefault();
            props.onOpen(run.id);
          }}
        >
          {title}
        </a>
        {props.withNotebook && <small>{run.notebook.name}</small>}
        {Object.entries(run.tags).map(([key, value]) => (
          <span className="bt-Tag" key={key} title={`${key} = ${formatValue(value)}`}>
            {value === '' || value === true ? key : `${key}: ${formatValue(value)}`}
          </span>
        ))}
      </span>
      <RowMetrics {...{ run, layout, widths, store: props.store, trans }} />
      <RowParams {...{ run, layout, widths, before: props.before, trans }} />
      <span
        className="bt-Run-started"
        role="gridcell"
        title={run.started ? formatTime(run.started) : undefined}
      >
        {run.started && Time.formatHuman(new Date(run.started), 'narrow')}
      </span>
      <span className="bt-Run-duration" role="gridcell">
        {seconds === null ? '' : formatDuration(seconds)}
      </span>
      {props.hasCommit && <Commit run={run} trans={trans} />}
      <span className="bt-Run-actions" role="gridcell">
        <button
          type="button"
          tabIndex={-1}
          className="bt-IconButton"
          title={trans.__('What can be done with this run')}
          aria-label={trans.__('Actions of run %1', title)}
          aria-haspopup="menu"
          onClick={openMenu}
        >
          <ellipsesIcon.react tag="span" width="16px" height="16px" />
        </button>
      </span>
    </div>
  );
});

/** The menu of a button is the context menu of what it stands in. */
function openMenu(event: MouseEvent<HTMLElement>): void {
  const { left, bottom } = event.currentTarget.getBoundingClientRect();
  openContextMenu(event.currentTarget, left, bottom);
}

function Commit({ run, trans }: { run: IRunSummary; trans: TranslationBundle }): JSX.Element {
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
