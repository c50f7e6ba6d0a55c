/**
 * Tables of danfojs, read where the library keeps them, without calling it.
 *
 * #### Notes
 * A frame is a plain object of the library with its rows in `$data`, and has a getter and a setter of its own for each
 * column, which are the library's: they hold nothing.
 */
import { types } from 'node:util';

/** A DataFrame or a Series as it is now. */
export interface IFrame {
  readonly columns: readonly string[];
  readonly dtypes: readonly unknown[];
  readonly isSeries: boolean;
  /** Its rows; of a series its values. */
  readonly data: readonly unknown[];
}

/** What a value is as a table, or undefined for what is none. */
export function frameOf(value: object): IFrame | undefined {
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
  return isFrame
    ? {
        columns: columns.map(name =>
          typeof name === 'symbol' || typeof name === 'object' ? '' : String(name)
        ),
        dtypes,
        data,
        isSeries
      }
    : undefined;
}

/** Rows and columns; of a series how many values it has. */
export function shapeOf({ data, columns, isSeries }: IFrame): number[] {
  return isSeries ? [data.length] : [data.length, columns.length];
}

/** The rows of a frame as objects, as far as there are so many at most; undefined where there are more. */
export function rowsOf({ data, columns, isSeries }: IFrame, most: number): object[] | undefined {
  return isSeries || data.length > most
    ? undefined
    : data.map(row =>
        Object.fromEntries(columns.map((name, index) => [name, own(row, String(index))]))
      );
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && !types.isProxy(value)
    ? Object.getOwnPropertyDescriptor(value, key)?.value
    : undefined;
}
