import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useState, type JSX, type MouseEvent } from 'react';
import { useNow, useSize } from '../react.js';
import { shownStatus } from '../status.js';
import { CommandIDs } from '../tokens.js';
import { chosenColumns } from './columns.js';
import { columnTitle, GridHeader } from './header.js';
import { gridKeys, nameSelection } from './keys.js';
import type { HistoryModel } from './model.js';
import { RunRow } from './row.js';
import { rowLayout } from './rowlayout.js';
import { onScrolled } from './sparkline.js';
import { TextWidth } from './textwidth.js';

/** The titles above the columns, in pixels; the style sheet has the same. */
const HEAD = 27;

/** Rows beyond both edges, so that scrolling by a wheel notch shows no gap. */
const SPARE = 8;

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
  const { width } = useSize(scroller);
  const { runs, listed, selection } = model;
  const { table } = model.preferences;
  const withNotebook = model.scope !== 'notebook';
  const columns = useMemo(
    () => chosenColumns(table, listed, withNotebook),
    [table.columns, listed, withNotebook]
  );
  // While an edge is dragged only the table knows; where it was let go is kept.
  const [dragged, setDragged] = useState<Readonly<Record<string, number>>>({});
  const layout = useMemo(
    () => rowLayout(width, columns, { ...table.widths, ...dragged }),
    [width, columns, table.widths, dragged]
  );
  const onResize = useCallback(
    (id: string, to: number | null, isDone: boolean): void => {
      if (!isDone && to !== null) {
        setDragged({ [id]: to });
        return;
      }
      const { table: before } = model.preferences;
      const others = Object.entries(before.widths).filter(([one]) => one !== id);
      setDragged({});
      model.preferences.table = {
        ...before,
        widths: Object.fromEntries(to === null ? others : [...others, [id, to]])
      };
    },
    [model]
  );
  // The font may be another one with another theme, and then the table has another size or is new.
  const widths = useMemo(() => (scroller ? new TextWidth(scroller) : null), [scroller, width]);
  const { isWide, height: rowHeight } = layout;
  const head = isWide ? HEAD : 0;
  const rows = useVirtualizer({
    count: runs.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: SPARE,
    scrollMargin: head,
    scrollPaddingStart: head
  });
  useEffect(() => rows.measure(), [rows, rowHeight]);
  useEffect(() => {
    scroller?.addEventListener('scroll', onScrolled, { passive: true });
    return () => scroller?.removeEventListener('scroll', onScrolled);
  }, [scroller]);
  const now = useNow(model.visible);

  // The same functions for every row and every time: rows that did not change are left as they are.
  const onSelect = useCallback(
    (run: string, event: MouseEvent): void =>
      model.select(selected => {
        if (event.shiftKey) {
          // What is between two clicks is rows, and no text.
          event.preventDefault();
          event.currentTarget.closest<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true });
          selected.extendTo(run);
        } else if (event.ctrlKey || event.metaKey) {
          selected.toggle(run);
        } else if (event.button === 0 || !selected.has(run)) {
          // The menu of a row that is selected with others is that of all of them.
          selected.set(run);
        }
      }),
    [model]
  );
  const onOpen = useCallback(
    (run: string): void => void commands.execute(CommandIDs.openRun, { run }),
    [commands]
  );

  // The row of the keyboard stays in sight when it is moved by a key.
  useEffect(() => {
    const at = runs.findIndex(run => run.id === model.selected);
    if (at >= 0) {
      rows.scrollToIndex(at, { align: 'auto' });
    }
  }, [model.selected, rowHeight]);

  const sorted = model.sort && columns.find(column => column.sort === model.sort?.key);
  return (
    <div
      ref={setScroller}
      className="bt-Grid"
      data-layout={isWide ? 'wide' : 'narrow'}
      style={{ ['--bt-columns' as string]: layout.template || undefined }}
      role="grid"
      tabIndex={0}
      aria-multiselectable="true"
      aria-label={
        model.sort
          ? trans.__('Runs, sorted by %1', sorted ? columnTitle(sorted, trans) : model.sort.key)
          : trans.__('Runs, newest first')
      }
      aria-rowcount={runs.length + (isWide ? 1 : 0)}
      aria-activedescendant={model.selected ? `bt-run-${model.selected}` : undefined}
      onKeyDown={event => gridKeys(event, model, commands, scroller?.clientHeight ?? 0, rowHeight)}
      onContextMenu={event => nameSelection(event.target, selection)}
      onFocus={event => {
        if (!model.selected && event.target === event.currentTarget) {
          model.move(0);
        }
      }}
    >
      {isWide && (
        <div role="rowgroup" className="bt-Grid-heads" style={{ width: layout.width }}>
          <GridHeader model={model} layout={layout} onResize={onResize} trans={trans} />
        </div>
      )}
      <div
        className="bt-Grid-space"
        role="rowgroup"
        style={{ height: rows.getTotalSize(), width: isWide ? layout.width : undefined }}
      >
        {rows.getVirtualItems().map(({ index, start }) => {
          const run = runs[index];
          if (!run) {
            return null;
          }
          const activity = model.activity(run);
          const isGoing = shownStatus(run.status, activity) === 'running';
          return (
            <RunRow
              key={run.id}
              run={run}
              before={model.before.get(run.id)}
              index={index + (isWide ? 1 : 0)}
              top={start - head}
              isSelected={selection.has(run.id)}
              isCurrent={run.id === model.selected}
              activity={activity}
              layout={layout}
              widths={widths}
              sortedBy={model.sort?.key ?? ''}
              now={isGoing ? now : Math.floor(now / 30_000) * 30_000}
              withNotebook={withNotebook}
              store={model.store}
              trans={trans}
              onSelect={onSelect}
              onOpen={onOpen}
            />
          );
        })}
      </div>
    </div>
  );
}
