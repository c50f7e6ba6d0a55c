/** Numbers in the values of a notebook, read without running any code of theirs. */
import { types } from 'node:util';
import { frameOf } from '../frames.js';
import { hasGetter } from '../intrinsics.js';
import { isArray, isPlainObject } from '../looking.js';
import { typed } from '../variables/fingerprint/numbers.js';

/** An array of floats that is larger is no series. */
const LARGEST_ARRAY = 1000;

/** The numbers of an array from `start` on; undefined when it holds anything else. */
export function sequence(value: unknown, start = 0): number[] | undefined {
  const list = isList(value) ? value : undefined;
  if (list === undefined) {
    const view = isFloats(value) ? typed(value) : undefined;
    const floats = value as Float64Array;
    return view && Array.from({ length: view.length - start }, (_, index) => floats[start + index]);
  }
  const found: number[] = [];
  for (let index = start; index < list.length; index++) {
    const item = hasGetter(list, index) ? undefined : list[index];
    if (typeof item !== 'number') {
      return undefined;
    }
    found.push(item);
  }
  return found;
}

/** Whether a value is an array as the language makes it. */
export function isList(value: unknown): value is readonly unknown[] {
  return isArray(value) && Object.getPrototypeOf(value) === Array.prototype;
}

/** Whether a value is a typed array with so few floats that they may be a series. */
export function isFloats(value: unknown): value is Float32Array | Float64Array {
  return (
    (types.isFloat32Array(value) || types.isFloat64Array(value)) &&
    !types.isProxy(value) &&
    (typed(value)?.length ?? Infinity) <= LARGEST_ARRAY
  );
}

/** The items of a plain object or of a map; undefined for what is none. */
export function items(value: unknown): Array<[string, unknown]> | undefined {
  if (types.isMap(value) && !types.isProxy(value)) {
    const entries = Map.prototype.entries.call(value) as Iterable<[unknown, unknown]>;
    return [...entries].flatMap(([key, item]): Array<[string, unknown]> =>
      typeof key === 'string' || typeof key === 'number' ? [[String(key), item]] : []
    );
  }
  return isPlainObject(value) ? attributes(value) : undefined;
}

/** What an object holds by itself, without what getters would give. */
export function attributes(value: object): Array<[string, unknown]> {
  return Object.keys(value).flatMap((key): Array<[string, unknown]> => {
    const property = Object.getOwnPropertyDescriptor(value, key);
    return property === undefined || property.get || property.set ? [] : [[key, property.value]];
  });
}

/** Whether a value is an object of a class that a notebook or a library made. */
export function isOfClass(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    !types.isProxy(value) &&
    !isPlainObject(value) &&
    !isNative(value) &&
    frameOf(value) === undefined
  );
}

/** The last item of an array, and the one at `index`, as numbers. */
export function numberAt(value: unknown, index: number): number | undefined {
  if (isList(value)) {
    const item = hasGetter(value, index) ? undefined : value[index];
    return typeof item === 'number' ? item : undefined;
  }
  return isFloats(value) ? value[index] : undefined;
}

/** How many items there are. */
export function lengthOf(value: unknown): number {
  return isList(value) ? value.length : isFloats(value) ? (typed(value)?.length ?? 0) : 0;
}

function isNative(value: object): boolean {
  return (
    isArray(value) ||
    ArrayBuffer.isView(value) ||
    types.isPromise(value) ||
    types.isDate(value) ||
    types.isRegExp(value) ||
    types.isSet(value) ||
    types.isMap(value) ||
    types.isNativeError(value)
  );
}
