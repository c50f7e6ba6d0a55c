/**
 * What the names of the notebook stand for, from one moment to another, without holding it: an object
 * must be gone when the notebook lets it go.
 */
import { LAST_EXPRESSION } from '../syntax/uses.js';

/** A value, or a reference to it that does not hold it. */
interface Held {
  readonly weak: WeakRef<object> | undefined;
  readonly value: unknown;
}

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
  /**
   * The moment that was {@link keep | kept} last, if it still is as it was then: each name in its place, and
   * standing for the same.
   *
   * #### Notes
   * A cell waits for it, and to ask what a property is takes longer than to read it. Read is only what was a
   * plain property when it was kept: the object of the kernel makes values of getters, so it has become none.
   * Values side by side are compared faster than by a reference for each. They are held by nothing but one
   * reference that does not hold them, so most often they are there still.
   */
  still(names: object): Snapshot | undefined {
    const keys = Object.keys(names);
    const { _kept: kept, _keys: before } = this;
    if (kept === undefined || keys.length !== before.length) {
      return undefined;
    }
    const values = this._values?.deref();
    for (let at = 0; at < keys.length; at++) {
      const name = keys[at];
      if (name !== before[at]) {
        return undefined;
      }
      const value = (names as Record<string, unknown>)[name];
      if (values === undefined) {
        const held = kept.get(name);
        if (held !== undefined && !stands(held, value)) {
          return undefined;
        }
      } else if (!Object.is(values[at], value)) {
        return undefined;
      }
    }
    return kept;
  }

  /** Keeps a moment as the one that names may still be at; `values` are those of `names`. */
  keep(values: ReadonlyMap<string, unknown>, names: object): Snapshot {
    const kept = this.snapshot(values);
    const keys = (this._keys = Object.keys(names));
    // One that cannot be read by its name is looked at as at any other moment.
    const isPlain = keys.every(name => values.has(name) || LAST_EXPRESSION.test(name));
    this._kept = isPlain ? kept : undefined;
    this._values = isPlain
      ? new WeakRef(keys.map(name => (names as Record<string, unknown>)[name]))
      : undefined;
    return kept;
  }

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

  private _kept: Snapshot | undefined;
  private _keys: readonly string[] = [];
  private _last: Snapshot = new Map();
  private _values: WeakRef<readonly unknown[]> | undefined;
}

/** Whether a name stands for a value still. */
export function stands(held: Held, value: unknown): boolean {
  return held.weak === undefined
    ? Object.is(held.value, value)
    : value !== undefined && held.weak.deref() === value;
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

/** Keeps what a name stands for, without holding it. */
export function hold(value: unknown): Held {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return { weak: isObject ? new WeakRef(value) : undefined, value: isObject ? undefined : value };
}
