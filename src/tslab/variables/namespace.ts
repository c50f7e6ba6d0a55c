/**
 * What the names of the notebook stand for, from one moment to another, without holding it: an object
 * must be gone when the notebook lets it go.
 */
import { LAST_EXPRESSION } from '../syntax/uses.js';

/** A value, or a reference to it that does not hold it. */
type Held = { readonly weak: WeakRef<object> } | { readonly value: unknown };

/** What all names stood for at one moment. */
export type Snapshot = ReadonlyMap<string, Held>;

/**
 * What each name stands for; nothing where it cannot be told, as of a name that has a getter.
 *
 * @param names - the object that the kernel keeps the names in.
 */
export function valuesOf(names: object): Map<string, unknown> {
  const found = new Map<string, unknown>();
  // It is a proxy, of which `Object.keys` would ask for each property once more.
  for (const name of Reflect.ownKeys(names)) {
    if (typeof name === 'string' && !LAST_EXPRESSION.test(name)) {
      const property = Reflect.getOwnPropertyDescriptor(names, name);
      if (property?.enumerable && !property.get && !property.set) {
        found.set(name, property.value);
      }
    }
  }
  return found;
}

/** The names of one session, from moment to moment. */
export class Namespace {
  /** Keeps a moment; where nothing has changed it is the last one. */
  snapshot(values: ReadonlyMap<string, unknown>): Snapshot {
    if (values.size === this._last.size && isAs(this._last, values)) {
      return this._last;
    }
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
  if ('weak' in held) {
    const object = held.weak.deref();
    return object !== undefined && object === value;
  }
  return Object.is(held.value, value);
}

/** The names that stand for something else than before, or stood for nothing then. */
export function rebound(before: Snapshot, values: ReadonlyMap<string, unknown>): string[] {
  return [...values.keys()].filter(name => {
    const held = before.get(name);
    return held === undefined || !stands(held, values.get(name));
  });
}

function isAs(before: Snapshot, values: ReadonlyMap<string, unknown>): boolean {
  for (const [name, value] of values) {
    const held = before.get(name);
    if (held === undefined || !stands(held, value)) {
      return false;
    }
  }
  return true;
}

function hold(value: unknown): Held {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return isObject ? { weak: new WeakRef(value) } : { value };
}
