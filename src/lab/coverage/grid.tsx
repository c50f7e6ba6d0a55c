import type { TranslationBundle } from '@jupyterlab/translation';
import { useRef, useState, type CSSProperties, type JSX, type KeyboardEvent } from 'react';
import { formatNumber, formatValue } from '../format.js';
import type { IHeatCell, IHeatMap } from './heatmap.js';

/**
 * The cells, as many as there are combinations of two values.
 *
 * #### Notes
 * One of them is reached by Tab, the others from there by the arrows, Home and End.
 */
export function Grid(props: {
  map: IHeatMap;
  onOpen: (cell: IHeatCell) => void;
  trans: TranslationBundle;
}): JSX.Element {
  const { map, onOpen, trans } = props;
  const { down, right, rows } = map;
  const [at, setAt] = useState<readonly [number, number]>([0, 0]);
  const table = useRef<HTMLTableElement>(null);
  const width = rows[0]?.length ?? 0;
  const here: readonly [number, number] = [
    Math.min(at[0], rows.length - 1),
    Math.min(at[1], width - 1)
  ];

  const onKeyDown = (event: KeyboardEvent): void => {
    const [row, column] = here;
    const to = (
      {
        ArrowUp: [row - 1, column],
        ArrowDown: [row + 1, column],
        ArrowLeft: [row, column - 1],
        ArrowRight: [row, column + 1],
        Home: [event.ctrlKey ? 0 : row, 0],
        End: [event.ctrlKey ? rows.length - 1 : row, width - 1]
      } as Record<string, readonly [number, number] | undefined>
    )[event.key];
    if (!to) {
      return;
    }
    event.preventDefault();
    if (to[0] >= 0 && to[0] < rows.length && to[1] >= 0 && to[1] < width) {
      setAt(to);
      table.current?.querySelector<HTMLElement>(`[data-at="${to.join(' ')}"]`)?.focus();
    }
  };

  return (
    <table
      ref={table}
      className="bt-HeatMap"
      role="grid"
      aria-label={trans.__('Combinations of params, with the runs that tried them')}
      onKeyDown={onKeyDown}
    >
      <thead>
        <tr>
          {down && (
            <th scope="col" className="bt-HeatMap-corner">
              {down.key} <span aria-hidden="true">↓</span>
            </th>
          )}
          <th scope="col" colSpan={width} className="bt-HeatMap-across">
            {right?.key} <span aria-hidden="true">→</span>
          </th>
        </tr>
        <tr>
          {down && <td />}
          {right?.values.map((value, column) => (
            <th key={column} scope="col" title={formatValue(value)}>
              {formatValue(value)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, row) => (
          <tr key={row}>
            {down && (
              <th scope="row" title={formatValue(down.values[row])}>
                {formatValue(down.values[row])}
              </th>
            )}
            {cells.map((cell, column) => (
              <td key={column} role="gridcell">
                <Cell
                  cell={cell}
                  map={map}
                  trans={trans}
                  place={`${row} ${column}`}
                  isCurrent={row === here[0] && column === here[1]}
                  onFocus={() => setAt([row, column])}
                  onOpen={onOpen}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell(props: {
  cell: IHeatCell;
  map: IHeatMap;
  place: string;
  isCurrent: boolean;
  onFocus: () => void;
  onOpen: (cell: IHeatCell) => void;
  trans: TranslationBundle;
}): JSX.Element {
  const { cell, map, trans, isCurrent } = props;
  const count = cell.runs.length;
  const text = describe(cell, map, trans);
  const style = { '--bt-weight': cell.weight ?? 0 } as CSSProperties;
  return (
    <button
      type="button"
      className="bt-HeatMap-cell"
      data-at={props.place}
      data-never={count === 0 || undefined}
      style={style}
      tabIndex={isCurrent ? 0 : -1}
      aria-disabled={count === 0 || undefined}
      aria-label={text}
      title={text}
      onFocus={props.onFocus}
      onClick={() => count > 0 && props.onOpen(cell)}
    >
      {count === 0 ? '·' : cell.value === undefined ? '–' : formatNumber(cell.value)}
      {map.measure && count > 1 && <small>{count}</small>}
    </button>
  );
}

function describe(cell: IHeatCell, map: IHeatMap, trans: TranslationBundle): string {
  const keys = [map.down, map.right].filter(key => key !== null);
  const where = keys.map(({ key }, at) => `${key} ${formatValue(cell.values[at])}`).join(', ');
  const count = cell.runs.length;
  if (count === 0) {
    return trans.__('%1: never tried', where);
  }
  const runs = trans._n('%1 run', '%1 runs', count);
  return map.measure
    ? trans.__(
        '%1: %2, %3 %4 %5',
        where,
        runs,
        map.measure.greatest ? trans.__('greatest') : trans.__('least'),
        map.measure.metric,
        cell.value === undefined ? '–' : formatNumber(cell.value)
      )
    : `${where}: ${runs}`;
}
