/** What is known of the names of a notebook: as they were when they were looked at last. */
import type { ILook } from './fingerprint/look.js';

/** One name: how what it stood for looked. The value itself is not held. */
export interface IRecord {
  readonly look: ILook;
  /** The names that had an object or memory in common with it then. */
  relatives: ReadonlySet<string>;
}

/** Which of the records of a name is meant, where its object remembers an old one. */
interface IHeld {
  name: string;
  version: number;
}

const NONE: ReadonlySet<string> = new Set();

/** The records by name, and which names have objects or memory in common. */
export class Records {
  /** The record of a name, or undefined. */
  get(name: string): IRecord | undefined {
    return this._byName.get(name)?.record;
  }

  /** Replaces the record of a name. `members` are what its value is made of. */
  put(name: string, look: ILook, members: ReadonlySet<object>): void {
    this._version += 1;
    const held: IHeld = { name, version: this._version };
    this._byName.set(name, { record: { look, relatives: NONE }, version: this._version });
    for (const member of members) {
      const holders = this._holders.get(member);
      if (holders === undefined) {
        this._holders.set(member, [held]);
      } else {
        // Those of records that were replaced since go, so that the list stays as short as it can be.
        const valid = holders.filter(one => this._isValid(one));
        valid.push(held);
        this._holders.set(member, valid);
      }
    }
  }

  /** Forgets a name. */
  drop(name: string): void {
    this._byName.delete(name);
  }

  /** The names that have something in common with what is made of `members`. */
  relatives(members: Iterable<object>): Set<string> {
    const found = new Set<string>();
    for (const member of members) {
      for (const held of this._holders.get(member) ?? []) {
        if (this._isValid(held)) {
          found.add(held.name);
        }
      }
    }
    return found;
  }

  private _isValid({ name, version }: IHeld): boolean {
    return this._byName.get(name)?.version === version;
  }

  private readonly _byName = new Map<string, { record: IRecord; version: number }>();
  private readonly _holders = new WeakMap<object, IHeld[]>();
  private _version = 0;
}

/** The names that have an object or memory in common, in groups of two and more. */
export function groups(members: ReadonlyMap<string, ReadonlySet<object>>): string[][] {
  const parent = new Map<string, string>();
  const root = (name: string): string => {
    let at = name;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) {
      at = up;
    }
    return at;
  };
  const first = new Map<object, string>();
  for (const [name, objects] of members) {
    for (const object of objects) {
      const other = first.get(object);
      if (other === undefined) {
        first.set(object, name);
      } else if (root(name) !== root(other)) {
        parent.set(root(name), root(other));
      }
    }
  }
  const found = new Map<string, string[]>();
  for (const name of members.keys()) {
    const group = found.get(root(name));
    if (group === undefined) {
      found.set(root(name), [name]);
    } else {
      group.push(name);
    }
  }
  return [...found.values()].filter(names => names.length > 1).map(names => names.sort());
}
