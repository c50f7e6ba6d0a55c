/**
 * Tables of arquero, read where the library keeps them, without calling it.
 *
 * #### Notes
 * A table is plain data: its columns in `_data`, which tables that were filtered share, and the rows that are left in
 * the bits of `_mask`, the first in the highest bit. What it looked up once it keeps, which changes nothing.
 */
import { types } from 'node:util';
import { isArray, isPlainObject } from './looking.js';

/** What a table keeps that says nothing of it. */
export const KEPT: ReadonlySet<PropertyKey> = new Set(['_index', '_partitions']);

/** A table as it is now. */
export interface IColumns {
  readonly columns: readonly string[];
  /** How many rows are left. */
  readonly rows: number;
  /** Whether a place in the columns is that of a row that is left. */
  readonly has: (index: number) => boolean;
  readonly total: number;
  readonly isOrdered: boolean;
  /** The column of that name, where it is a list. */
  readonly column: (name: string) => ArrayLike<unknown> | undefined;
}

/** What a value is as a table, or undefined for what is none. */
export function columnsOf(value: object): IColumns | undefined {
  const names = own(value, '_names');
  if (!isArray(names)) {
    return undefined;
  }
  const [data, total, rows] = ['_data', '_total', '_nrows'].map(key => own(value, key));
  const mask = own(value, '_mask');
  const columns = names.filter(name => typeof name === 'string');
  const isTable =
    isPlainObject(data) &&
    typeof total === 'number' &&
    typeof rows === 'number' &&
    columns.length === names.length &&
    [...KEPT].every(key => Object.hasOwn(value, key));
  const bits = mask === null ? undefined : own(mask, '_bits');
  if (!isTable || (mask !== null && !types.isUint32Array(bits))) {
    return undefined;
  }
  const kept = bits as Uint32Array | undefined;
  return {
    columns,
    rows,
    total,
    isOrdered: own(value, '_order') !== null,
    has: index => kept === undefined || (kept[index >> 5] & (0x80000000 >>> (index & 31))) !== 0,
    column: name => {
      const found = own(data, name);
      return isArray(found) || ArrayBuffer.isView(found)
        ? (found as unknown as ArrayLike<unknown>)
        : undefined;
    }
  };
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && !types.isProxy(value)
    ? Object.getOwnPropertyDescriptor(value, key)?.value
    : undefined;
}
