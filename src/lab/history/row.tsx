import { ellipsesIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { memo, type JSX, type MouseEvent } from 'react';
import type { IActivity } from '../attach/activity.js';
import { Badge } from '../runview/badge.js';
import { Shortened } from '../shortened.js';
import { statusSentence, statusWord, shownStatus } from '../status.js';
import type { IRunSummary } from '../store/protocol.js';
import { runTitle } from '../store/title.js';
import type { IRunStore } from '../tokens.js';
import { CHOSEN, type IColumn } from './columns.js';
import { openContextMenu } from './contextmenu.js';
import {
  Commit,
  Duration,
  Notebook,
  Seed,
  Started,
  Tags,
  tagTexts,
  Value,
  Verified
} from './rowcells.js';
import type { IRowLayout } from './rowlayout.js';
import { RowMetrics, RowParams } from './rowparts.js';
import { changedParams } from './rows.js';
import type { TextWidth } from './textwidth.js';

/** What a row of the table shows, and what it is told. */
export interface IRowProps {
  readonly run: IRunSummary;
  readonly before: IRunSummary | undefined;
  /** The position in the table, from 0. */
  readonly index: number;
  /** How far down it stands, in pixels. */
  readonly top: number;
  readonly isSelected: boolean;
  /** Whether the keyboard stands on it. */
  readonly isCurrent: boolean;
  /** What is known of the cells of its kernel. */
  readonly activity: IActivity | null;
  readonly layout: IRowLayout;
  /** Measures texts; null before the table is in the page. */
  readonly widths: TextWidth | null;
  /** The key by which the runs are sorted; empty when they are not. */
  readonly sortedBy: string;
  /** The time for which `started` and `duration` are said, in milliseconds. */
  readonly now: number;
  /** Whether the notebook's name has to be said. */
  readonly withNotebook: boolean;
  readonly store: IRunStore;
  readonly trans: TranslationBundle;
  readonly onSelect: (run: string, event: MouseEvent) => void;
  readonly onOpen: (run: string) => void;
}

/** What rows of two lines have, in the order in which a screen reader says it. */
const NARROW = ['metrics', 'params', 'started', 'duration', 'commit'].map(id =>
  CHOSEN.find(column => column.id === id)!
);

/** One run in the table. */
export const RunRow = memo(function RunRow(props: IRowProps): JSX.Element {
  const { run, layout } = props;
  const chosen = layout.isWide ? layout.columns.slice(2, -1).map(({ column }) => column) : NARROW;
  return (
    <div
      className="bt-Run"
      role="row"
      id={`bt-run-${run.id}`}
      data-bt-run={run.id}
      data-archived={run.archived || undefined}
      data-current={props.isCurrent || undefined}
      aria-rowindex={props.index + 1}
      aria-selected={props.isSelected}
      style={{ transform: `translateY(${props.top}px)` }}
      onMouseDown={event => props.onSelect(run.id, event)}
      onDoubleClick={() => props.onOpen(run.id)}
    >
      <Status {...props} />
      <Name
        {...props}
        hasTags={!chosen.some(({ kind }) => kind === 'tags')}
        hasBadge={!chosen.some(({ kind }) => kind === 'verified')}
      />
      {chosen.map(column => (
        <Cell key={column.id} column={column} row={props} />
      ))}
      <Actions {...props} />
    </div>
  );
});

function Cell({ column, row }: { column: IColumn; row: IRowProps }): JSX.Element {
  const { run, layout, widths, trans } = row;
  switch (column.kind) {
    case 'metrics':
      return (
        <RowMetrics
          {...{ run, layout, widths, trans }}
          first={row.sortedBy}
          store={row.store}
          isAlone={changedParams(run, row.before).length === 0}
        />
      );
    case 'params':
      return (
        <RowParams {...{ run, layout, widths, trans }} before={row.before} first={row.sortedBy} />
      );
    case 'started':
      return <Started run={run} />;
    case 'duration':
      return <Duration run={run} now={row.now} activity={row.activity} />;
    case 'commit':
      return <Commit run={run} trans={trans} />;
    case 'seed':
      return <Seed run={run} />;
    case 'verified':
      return <Verified run={run} trans={trans} />;
    case 'tags':
      return <Tags run={run} />;
    case 'notebook':
      return <Notebook run={run} />;
    default:
      return <Value run={run} column={column} />;
  }
}

function Status({ run, activity, trans }: IRowProps): JSX.Element {
  const status = shownStatus(run.status, activity);
  const word = statusWord(status, trans);
  return (
    <span
      className="bt-Run-status"
      role="gridcell"
      title={`${word}. ${statusSentence(status, trans)}`}
    >
      <span
        className="bt-Mark"
        data-mark={run.status}
        data-busy={activity?.isBusy || undefined}
        aria-hidden="true"
      />
      <span className="bt-visually-hidden">{word}</span>
    </span>
  );
}

/** The name, with what has no column of its own. */
function Name(
  props: IRowProps & { readonly hasTags: boolean; readonly hasBadge: boolean }
): JSX.Element {
  const { run, layout, withNotebook, onOpen, trans } = props;
  const title = runTitle(run);
  const isSaid = layout.isWide && layout.columns.some(({ column }) => column.kind === 'notebook');
  return (
    <span className="bt-Run-name" role="gridcell">
      <a
        tabIndex={-1}
        title={[title, ...tagTexts(run), ...(run.note ? [run.note] : [])].join('\n')}
        onClick={event => {
          event.preventDefault();
          // With a key held down a click selects.
          if (!event.shiftKey && !event.ctrlKey && !event.metaKey) {
            onOpen(run.id);
          }
        }}
      >
        <Shortened text={title} />
      </a>
      {props.hasBadge && (
        <Badge
          verified={run.verified}
          isOutdated={run.verified?.outdated === true}
          isSmall
          trans={trans}
        />
      )}
      {withNotebook && !isSaid && <small>{run.notebook.name}</small>}
      {props.hasTags && <Tags run={run} isInline />}
    </span>
  );
}

function Actions({ run, trans }: IRowProps): JSX.Element {
  return (
    <span className="bt-Run-actions" role="gridcell">
      <button
        type="button"
        tabIndex={-1}
        className="bt-IconButton"
        title={trans.__('What can be done with this run')}
        aria-label={trans.__('Actions of run %1', runTitle(run))}
        aria-haspopup="menu"
        onClick={openMenu}
      >
        <ellipsesIcon.react tag="span" width="16px" height="16px" />
      </button>
    </span>
  );
}

/** The menu of a button is the context menu of what it stands in. */
function openMenu(event: MouseEvent<HTMLElement>): void {
  const { left, bottom } = event.currentTarget.getBoundingClientRect();
  openContextMenu(event.currentTarget, left, bottom);
}
