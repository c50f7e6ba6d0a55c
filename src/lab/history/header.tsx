import { caretDownIcon, caretUpIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { useRef, useState, type JSX, type KeyboardEvent, type PointerEvent } from 'react';
import { keyTitle, NARROWEST, type IColumn } from './columns.js';
import type { HistoryModel } from './model.js';
import type { IRowLayout } from './rowlayout.js';

/** By how many pixels a key makes a column wider. */
const KEY_STEP = 12;

/** What stands above a column. */
export function columnTitle({ id, kind }: IColumn, trans: TranslationBundle): string {
  switch (kind) {
    case 'status':
      return trans.__('Status');
    case 'name':
      return trans.__('Run');
    case 'metrics':
      return trans.__('Metrics');
    case 'params':
      return trans.__('Changed params');
    case 'started':
      return trans.__('Started');
    case 'duration':
      return trans.__('Duration');
    case 'commit':
      return trans.__('Commit');
    case 'seed':
      return trans.__('Seed');
    case 'verified':
      return trans.__('Repeats');
    case 'notebook':
      return trans.__('Notebook');
    case 'tags':
      return trans.__('Tags');
    case 'value':
      return keyTitle(id);
    case 'actions':
      return trans.__('Actions');
  }
}

/**
 * The titles of the columns: a click sorts, the right edge resizes.
 *
 * #### Notes
 * One of them is reached by Tab, the others from there by the arrows; with Shift the arrows make a
 * column narrower or wider.
 */
export function GridHeader(props: {
  model: HistoryModel;
  layout: IRowLayout;
  onResize: (id: string, width: number | null, isDone: boolean) => void;
  trans: TranslationBundle;
}): JSX.Element {
  const { model, layout, onResize, trans } = props;
  const { sort } = model;
  const [focused, setFocused] = useState('name');
  const row = useRef<HTMLDivElement>(null);

  const onSort = (column: IColumn): void => {
    if (column.sort === null) {
      return;
    }
    const isSame = sort?.key === column.sort;
    // Numbers and times are mostly wanted greatest first; the third click is as if there had been none.
    const first = column.kind === 'started' || column.kind === 'duration' || column.isNumber;
    model.sort = !isSame
      ? { key: column.sort, descending: first }
      : sort.descending === first
        ? { key: column.sort, descending: !first }
        : null;
  };

  const onKeyDown = (event: KeyboardEvent, at: number): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) {
      if (event.key === 'Enter' || event.key === ' ') {
        // The button's own; it is no matter of the rows.
        event.stopPropagation();
      }
      return;
    }
    const { column, width } = layout.columns[at];
    if (event.shiftKey) {
      onResize(column.id, Math.max(NARROWEST, width + by * KEY_STEP), true);
    } else {
      const next = row.current?.querySelectorAll<HTMLElement>('button')[at - 1 + by];
      next?.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="bt-Grid-head" role="row" aria-rowindex={1} ref={row}>
      {layout.columns.map(({ column, width }, at) => {
        const title = columnTitle(column, trans);
        if (column.kind === 'status' || column.kind === 'actions') {
          return (
            <span key={column.id} role="columnheader">
              <span className="bt-visually-hidden">{title}</span>
            </span>
          );
        }
        const isSorted = sort !== null && sort.key === column.sort;
        const Caret = sort?.descending ? caretDownIcon : caretUpIcon;
        return (
          <span
            key={column.id}
            role="columnheader"
            className="bt-Grid-title"
            data-number={column.isNumber || undefined}
            aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
          >
            <button
              type="button"
              tabIndex={column.id === focused ? 0 : -1}
              title={column.sort === null ? title : trans.__('Sort by %1', title)}
              aria-disabled={column.sort === null || undefined}
              onFocus={() => setFocused(column.id)}
              onClick={() => onSort(column)}
              onKeyDown={event => onKeyDown(event, at)}
            >
              <span className="bt-Grid-titleText">{title}</span>
              {isSorted && <Caret.react tag="span" width="14px" height="14px" />}
            </button>
            <Resizer width={width} onResize={(to, isDone) => onResize(column.id, to, isDone)} />
          </span>
        );
      })}
    </div>
  );
}

/** The right edge of a title; a double click gives the column its usual width. */
function Resizer(props: {
  width: number;
  onResize: (width: number | null, isDone: boolean) => void;
}): JSX.Element {
  const start = useRef<{ x: number; width: number } | null>(null);
  const widthAt = (event: PointerEvent): number =>
    Math.max(NARROWEST, Math.round(start.current!.width + event.clientX - start.current!.x));
  return (
    <span
      className="bt-Grid-resizer"
      aria-hidden="true"
      onPointerDown={event => {
        start.current = { x: event.clientX, width: props.width };
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
      }}
      onPointerMove={event => {
        if (start.current) {
          props.onResize(widthAt(event), false);
        }
      }}
      onPointerUp={event => {
        // A click, or a double click's half, moves nothing.
        if (start.current && event.clientX !== start.current.x) {
          props.onResize(widthAt(event), true);
        }
        start.current = null;
      }}
      onDoubleClick={() => props.onResize(null, true)}
    />
  );
}
