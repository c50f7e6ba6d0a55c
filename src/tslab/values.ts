/** Values that the user hands over, as the log can hold them. */
import { types } from 'node:util';
import { writeNumber } from '../runlog/numbers.js';
import { className, isArray, isPlainObject } from './looking.js';
import { typed } from './variables/fingerprint/numbers.js';

const DEEPEST = 8;
const MOST_ITEMS = 10_000;

/** A number that a metric or a step can be; undefined for what is none. */
export function numberOf(value: unknown): number | undefined {
  switch (typeof value) {
    case 'number':
      return value;
    case 'bigint':
    case 'boolean':
      return Number(value);
    default:
      return types.isNumberObject(value) ? Number.prototype.valueOf.call(value) : undefined;
  }
}

/** A value as JSON; of what JSON does not know, the name of its type. Runs no code of the user's. */
export function plain(value: unknown, depth = 0): unknown {
  switch (typeof value) {
    case 'number':
      return writeNumber(value);
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case 'string':
    case 'boolean':
      return value;
    case 'undefined':
      return null;
    case 'symbol':
      return 'symbol';
    case 'function':
      return `function ${className(value) === 'Object' ? '' : nameOf(value)}`.trim();
    default:
      return value === null ? null : plainObject(value as object, depth);
  }
}

function plainObject(value: object, depth: number): unknown {
  if (types.isProxy(value)) {
    return 'Proxy';
  }
  if (types.isDate(value)) {
    const time = Date.prototype.getTime.call(value);
    return Number.isNaN(time) ? 'Invalid Date' : Date.prototype.toISOString.call(value);
  }
  const view = typed(value);
  if (view !== undefined && view.length <= MOST_ITEMS) {
    const items = value as ArrayLike<number | bigint>;
    return Array.from({ length: view.length }, (_, index) => plain(items[index], depth + 1));
  }
  if (depth < DEEPEST && isArray(value) && value.length <= MOST_ITEMS) {
    return Array.from({ length: value.length }, (_, index) =>
      plain(Object.getOwnPropertyDescriptor(value, index)?.value, depth + 1)
    );
  }
  if (depth < DEEPEST && isPlainObject(value)) {
    const keys = Object.keys(value).slice(0, MOST_ITEMS);
    return Object.fromEntries(
      keys.map(key => [key, plain(Object.getOwnPropertyDescriptor(value, key)?.value, depth + 1)])
    );
  }
  return className(value);
}

function nameOf(value: object): string {
  const name = Object.getOwnPropertyDescriptor(value, 'name')?.value as unknown;
  return typeof name === 'string' ? name : '';
}
