/**
 * Tables of danfojs and arquero, read where the libraries keep them, without calling them.
 *
 * #### Notes
 * A frame of danfojs is a plain object of the library with its rows in `$data`, and has a getter and a setter of its own for each
 * column, which are the library's: they hold nothing.
 */
import { types } from 'node:util';
import { columnsOf, type IColumns } from './arquero.js';

/** A DataFrame or a Series as it is now. */
export interface IFrame {
  readonly columns: readonly string[];
  readonly dtypes: readonly unknown[];
  readonly isSeries: boolean;
  /** How many rows it has; of a series how many values. */
  readonly length: number;
  /** Its rows as objects, in their order; undefined where they are not at hand. */
  readonly rows: () => object[] | undefined;
}

/** What a value is as a table, or undefined for what is none. */
export function frameOf(value: object): IFrame | undefined {
  const columns = columnsOf(value);
  return columns === undefined ? danfoOf(value) : arqueroOf(columns);
}

/** One of arquero. */
function arqueroOf(table: IColumns): IFrame {
  const { columns, rows, total, isOrdered, has, column } = table;
  return {
    columns,
    dtypes: [],
    isSeries: false,
    length: rows,
    rows: () => {
      const lists = columns.map(name => [name, column(name)] as const);
      if (isOrdered || lists.some(([, list]) => list === undefined)) {
        return undefined;
      }
      const found: object[] = [];
      for (let index = 0; index < total; index++) {
        if (has(index)) {
          found.push(
            Object.fromEntries(lists.map(([name, list]) => [name, own(list, String(index))]))
          );
        }
      }
      return found;
    }
  };
}

/** One of danfojs. */
function danfoOf(value: object): IFrame | undefined {
  const columns = own(value, '$columns');
  if (!Array.isArray(columns)) {
    return undefined;
  }
  const [dtypes, data, isSeries] = ['$dtypes', '$data', '$isSeries'].map(key => own(value, key));
  const isFrame =
    Array.isArray(dtypes) &&
    Array.isArray(data) &&
    Array.isArray(own(value, '$index')) &&
    typeof isSeries === 'boolean';
  if (!isFrame) {
    return undefined;
  }
  const names = columns.map(name =>
    typeof name === 'symbol' || typeof name === 'object' ? '' : String(name)
  );
  const rows = (): object[] =>
    data.map(row =>
      Object.fromEntries(names.map((name, index) => [name, own(row, String(index))]))
    );
  return { columns: names, dtypes, isSeries, length: data.length, rows };
}

/** Rows and columns; of a series how many values it has. */
export function shapeOf({ length, columns, isSeries }: IFrame): number[] {
  return isSeries ? [length] : [length, columns.length];
}

/** The rows of a frame as objects, as far as there are so many at most; undefined where there are more. */
export function rowsOf({ length, rows, isSeries }: IFrame, most: number): object[] | undefined {
  return isSeries || length > most ? undefined : rows();
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && !types.isProxy(value)
    ? Object.getOwnPropertyDescriptor(value, key)?.value
    : undefined;
}
