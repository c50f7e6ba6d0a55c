/**
 * What the names of the notebook stand for, from one moment to another, without holding it: an object
 * must be gone when the notebook lets it go.
 */
import { LAST_EXPRESSION } from '../syntax/cellcode.js';

/** A value, or a reference to it that does not hold it. */
type Held = { readonly weak: WeakRef<object> } | { readonly value: unknown };

/** What all names stood for at one moment. */
export type Snapshot = ReadonlyMap<string, Held>;

/** The object that the kernel keeps the names in. */
export class Namespace {
  /** What each name stands for; nothing where it cannot be told, as of a name that has a getter. */
  values(names: object): Map<string, unknown> {
    const found = new Map<string, unknown>();
    for (const name of Object.keys(names)) {
      if (!LAST_EXPRESSION.test(name)) {
        const property = Object.getOwnPropertyDescriptor(names, name);
        if (property !== undefined && !property.get && !property.set) {
          found.set(name, property.value);
        }
      }
    }
    return found;
  }

  /** Keeps a moment. */
  snapshot(values: ReadonlyMap<string, unknown>): Snapshot {
    const now = new Map<string, Held>();
    for (const [name, value] of values) {
      const before = this._last.get(name);
      now.set(name, before !== undefined && stands(before, value) ? before : hold(value));
    }
    this._last = now;
    return now;
  }

  private _last: Snapshot = new Map();
}

/** Whether a name stands for a value still. */
export function stands(held: Held, value: unknown): boolean {
  return 'weak' in held
    ? typeof value === typeof held.weak.deref() && held.weak.deref() === value
    : Object.is(held.value, value);
}

/** The names that stand for something else than before, or stood for nothing then. */
export function rebound(before: Snapshot, values: ReadonlyMap<string, unknown>): string[] {
  return [...values.keys()].filter(name => {
    const held = before.get(name);
    return held === undefined || !stands(held, values.get(name));
  });
}

function hold(value: unknown): Held {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return isObject ? { weak: new WeakRef(value) } : { value };
}
