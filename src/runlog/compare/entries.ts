import { isObject, type JsonObject } from '../json.js';

/** What one run has for a row. */
export type Entry =
  | {
      readonly kind: 'value';
      /** What is shown. */
      readonly value: unknown;
      /** Two values are the same when these are equal. */
      readonly identity: string;
    }
  | {
      /** The run has none, as far as was recorded. */
      readonly kind: 'absent';
    }
  | {
      /** It cannot be told what the run had, or whether it is the same. */
      readonly kind: 'unknown';
      /** What is shown all the same, if anything. */
      readonly value?: unknown;
    };

/** Whether the runs agree in something. */
export type Agreement = 'same' | 'differs' | 'unknown';

export const ABSENT: Entry = { kind: 'absent' };
export const UNKNOWN: Entry = { kind: 'unknown' };

/**
 * An entry with a value.
 *
 * @param identity - what makes it the same as another; else its content does
 */
export function known(value: unknown, identity: unknown = value): Entry {
  return { kind: 'value', value, identity: canonical(identity) };
}

/** An entry of a value that is unknown where it is missing. */
export function knownOr(otherwise: Entry, value: unknown): Entry {
  return value === undefined || value === null ? otherwise : known(value);
}

/** Whether two runs have the same for a row. */
export function agree(a: Entry, b: Entry): Agreement {
  if (a.kind === 'unknown' || b.kind === 'unknown') {
    return 'unknown';
  }
  if (a.kind === 'absent' || b.kind === 'absent') {
    return a.kind === b.kind ? 'same' : 'differs';
  }
  return a.identity === b.identity ? 'same' : 'differs';
}

/** Whether all of them have the same: they differ when two of them are known to. */
export function agreement(entries: readonly Entry[]): Agreement {
  const certain = entries.filter(({ kind }) => kind !== 'unknown');
  const [first] = certain;
  if (first && certain.some(entry => agree(first, entry) === 'differs')) {
    return 'differs';
  }
  return certain.length < entries.length ? 'unknown' : 'same';
}

/** A JSON value as a text that is equal for equal values, whatever the order of their keys. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join()}]`;
  }
  if (isObject(value)) {
    const fields = Object.keys(value)
      .sort()
      .map(key => `${JSON.stringify(key)}:${canonical(value[key])}`);
    return `{${fields.join()}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** The leaves of nested objects by their paths, as `optimizer.lr`; lists stay whole. */
export function leaves(object: JsonObject, prefix = '', depth = 0): [string, unknown][] {
  return Object.entries(object).flatMap(([key, value]): [string, unknown][] => {
    const path = prefix ? `${prefix}.${key}` : key;
    return isObject(value) && depth < 8 && Object.keys(value).length > 0
      ? leaves(value, path, depth + 1)
      : [[path, value]];
  });
}
