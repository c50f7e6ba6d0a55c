import { Time } from '@jupyterlab/coreutils';
import { ellipsesIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { memo, type MouseEvent, type JSX } from 'react';
import { formatDuration, formatNumber, formatTime, formatValue } from '../format.js';
import { statusSentence, statusWord } from '../status.js';
import type { IRunSummary } from '../store/protocol.js';
import { runTitle } from '../store/title.js';
import type { IRunStore } from '../tokens.js';
import { openContextMenu } from './contextmenu.js';
import { changedParams, mainMetrics, runSeconds } from './rows.js';
import { Sparkline } from './sparkline.js';

/** One run in the table. */
export const RunRow = memo(function RunRow(props: {
  run: IRunSummary;
  before: IRunSummary | undefined;
  /** The position in the table, from 0. */
  index: number;
  /** How far down it stands, in pixels. */
  top: number;
  isSelected: boolean;
  /** Whether one of its cells runs. */
  isBusy: boolean;
  /** The time for which `started` and `duration` are said, in milliseconds. */
  now: number;
  /** Whether the notebook's name has to be said. */
  withNotebook: boolean;
  store: IRunStore;
  trans: TranslationBundle;
  onSelect: () => void;
  onOpen: () => void;
}): JSX.Element {
  const { run, trans } = props;
  const seconds = runSeconds(run, props.now);
  const metrics = mainMetrics(run, 2);
  const changes = changedParams(run, props.before);
  const word = statusWord(run.status, trans);
  const title = runTitle(run);
  const paramText = changes.map(change => `${change.key} = ${formatValue(change.value)}`);
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
      onMouseDown={props.onSelect}
      onDoubleClick={props.onOpen}
    >
      <span
        className="bt-Run-status"
        role="gridcell"
        title={`${word}. ${statusSentence(run.status, trans)}`}
      >
        <span
          className="bt-Mark"
          data-mark={run.status}
          data-busy={props.isBusy || undefined}
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
            props.onOpen();
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
      <span className="bt-Run-metrics" role="gridcell">
        {metrics[0] !== undefined && (
          <Sparkline
            store={props.store}
            run={run.id}
            metric={metrics[0]}
            count={run.metrics[metrics[0]].count}
          />
        )}
        {metrics.map(key => (
          <span className="bt-Run-metric" key={key} title={metricTitle(run, key, trans)}>
            <small>{key}</small> {formatNumber(run.metrics[key].last)}
          </span>
        ))}
      </span>
      <span className="bt-Run-params" role="gridcell" title={paramText.join('\n')}>
        {changes.map(change => (
          <span
            className="bt-Param"
            key={change.key}
            data-gone={change.value === undefined || undefined}
          >
            <small>{change.key}</small> {formatValue(change.value)}
          </span>
        ))}
      </span>
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
      <Commit run={run} trans={trans} />
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

function metricTitle(run: IRunSummary, key: string, trans: TranslationBundle): string {
  const metric = run.metrics[key];
  return trans.__(
    '%1: last %2, least %3, greatest %4, %5 points',
    key,
    formatNumber(metric.last, 6),
    formatNumber(metric.min, 6),
    formatNumber(metric.max, 6),
    metric.count
  );
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
