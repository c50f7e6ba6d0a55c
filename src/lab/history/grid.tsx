import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { useCallback, useEffect, useMemo, useState, type KeyboardEvent, type JSX } from 'react';
import { useNow, useSize } from '../react.js';
import { shownStatus } from '../status.js';
import { CommandIDs } from '../tokens.js';
import { openContextMenu } from './contextmenu.js';
import type { HistoryModel } from './model.js';
import { RunRow } from './row.js';
import { rowLayout } from './rowlayout.js';
import { TextWidth } from './textwidth.js';
import { visibleRows } from './window.js';

/**
 * The table of runs.
 *
 * #### Notes
 * Rows have one height, and only those that can be seen are in the document, so ten thousand runs
 * cost no more than thirty.
 */
export function RunGrid({
  model,
  trans,
  commands
}: {
  model: HistoryModel;
  trans: TranslationBundle;
  commands: CommandRegistry;
}): JSX.Element {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const [top, setTop] = useState(0);
  const { width, height } = useSize(scroller);
  const { runs } = model;
  const { hasCommits } = model;
  const layout = useMemo(() => rowLayout(width, hasCommits), [width, hasCommits]);
  // The font may be another one with another theme, and then the table has another size or is new.
  const widths = useMemo(() => (scroller ? new TextWidth(scroller) : null), [scroller, width]);
  const { isWide, height: rowHeight } = layout;
  const { from, to } = visibleRows(runs.length, rowHeight, top, height || 600);
  const shown = runs.slice(from, to);
  const now = useNow(model.visible);

  // The same functions for every row and every time: rows that did not change are left as they are.
  const onSelect = useCallback(
    (run: string): void => {
      model.selected = run;
    },
    [model]
  );
  const onOpen = useCallback(
    (run: string): void => void commands.execute(CommandIDs.openRun, { run }),
    [commands]
  );

  // The selected row stays in sight when it is moved by a key.
  const selectedAt = runs.findIndex(run => run.id === model.selected);
  useEffect(() => {
    if (!scroller || selectedAt < 0) {
      return;
    }
    const [upper, lower] = [selectedAt * rowHeight, (selectedAt + 1) * rowHeight];
    if (upper < scroller.scrollTop) {
      scroller.scrollTop = upper;
    } else if (lower > scroller.scrollTop + scroller.clientHeight) {
      scroller.scrollTop = lower - scroller.clientHeight;
    }
  }, [model.selected, rowHeight]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(height / rowHeight) - 1);
    const by: { [key: string]: number } = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -Infinity,
      End: Infinity
    };
    const step = by[event.key];
    if (step !== undefined) {
      model.move(step);
    } else if (event.key === '/') {
      event.currentTarget
        .closest('.bt-Runs')
        ?.querySelector<HTMLInputElement>('.bt-Filter-input')
        ?.focus();
    } else if (event.key === 'Enter' && model.selected) {
      void commands.execute(CommandIDs.openRun, { run: model.selected });
    } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      openMenuOf(model.selected);
    } else if (event.key === 'F2' && model.selected) {
      void commands.execute(CommandIDs.renameRun, { run: model.selected });
    } else if (event.key === 'Delete' && model.selected) {
      void commands.execute(CommandIDs.archiveRun, { run: model.selected });
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      className="bt-Grid"
      data-layout={isWide ? 'wide' : 'narrow'}
      style={{ ['--bt-columns' as string]: layout.columns || undefined }}
    >
      {isWide && (
        <div className="bt-Grid-head" aria-hidden="true">
          <span />
          <span>{trans.__('Run')}</span>
          <span>{trans.__('Metrics')}</span>
          <span>{trans.__('Changed params')}</span>
          <span>{trans.__('Started')}</span>
          <span>{trans.__('Duration')}</span>
          {hasCommits && <span>{trans.__('Commit')}</span>}
          <span />
        </div>
      )}
      <div
        ref={setScroller}
        className="bt-Grid-rows"
        role="grid"
        tabIndex={0}
        aria-label={trans.__('Runs, newest first')}
        aria-rowcount={runs.length}
        aria-activedescendant={model.selected ? `bt-run-${model.selected}` : undefined}
        onScroll={event => setTop(event.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
        onFocus={() => {
          if (!model.selected) {
            model.move(0);
          }
        }}
      >
        <div className="bt-Grid-space" role="rowgroup" style={{ height: runs.length * rowHeight }}>
          {shown.map((run, index) => {
            const activity = model.activity(run);
            const isGoing = shownStatus(run.status, activity) === 'running';
            return (
              <RunRow
                key={run.id}
                run={run}
                before={model.before.get(run.id)}
                index={from + index}
                top={(from + index) * rowHeight}
                isSelected={run.id === model.selected}
                activity={activity}
                layout={layout}
                widths={widths}
                hasCommit={hasCommits}
                now={isGoing ? now : Math.floor(now / 30_000) * 30_000}
                withNotebook={model.scope !== 'notebook'}
                store={model.store}
                trans={trans}
                onSelect={onSelect}
                onOpen={onOpen}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Opens the menu of a run at its row, as a right click there does. */
function openMenuOf(run: string | null): void {
  const row = document.getElementById(`bt-run-${run}`);
  if (row) {
    const { left, bottom } = row.getBoundingClientRect();
    openContextMenu(row, left + 24, bottom - 8);
  }
}
