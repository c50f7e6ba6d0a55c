/** A value as the log has it: described, and without secrets. */
import type { Types } from '../program/types.js';
import type { Session } from '../session.js';
import type { ILook } from './fingerprint/look.js';
import { describe, type IDescribed, parts, preview } from './preview.js';

/** A value of an event `variables`. */
export interface IValue extends IDescribed {
  fingerprint?: string;
  seen: string;
  preview?: string;
  /** The type that the compiler knows it by, where that says more. */
  declared?: string;
  assumed?: boolean;
  withheld?: boolean;
}

/** What is taken for a secret wherever the name allows it. */
const PROBE = 'a1b2c3d4e5';
const LONGEST_NAME = 64;
const MOST_KNOWN = 4096;
/** Characters of a text in which secrets are looked for. */
const SHORTEST = 6;
const LONGEST = 8192;

/** Describes values for one session's log. */
export class Values {
  /** @param _types - knows what the compiler calls the types of names. */
  constructor(
    private readonly _session: Session,
    private readonly _types: Types
  ) {}

  /** Whether values are shown, or only their types and fingerprints. */
  isFull = true;

  /** Whether a number or text of that name is a secret: its fingerprint could tell a short one. */
  readonly secret = (name: string, value: string | number): boolean => {
    let known = this._secret.get(name);
    if (known === undefined) {
      if (this._secret.size > MOST_KNOWN) {
        this._secret.clear();
      }
      known = this._withholds('probe', name, PROBE);
      this._secret.set(name, known);
    }
    return known && this._withholds('probe', name, value);
  };

  /** The value of a name. */
  of(name: string, value: unknown, look: ILook): IValue {
    const told = describe(value);
    if (look.isSecret || this._isWithheld(name, value)) {
      return { type: told.type, seen: 'opaque', withheld: true };
    }
    const found: IValue = this.isFull
      ? { ...told, seen: look.seen }
      : { type: told.type, seen: look.seen };
    if (look.fingerprint !== undefined) {
      found.fingerprint = look.fingerprint;
    }
    if (this.isFull) {
      found.preview = preview(value, told);
      const declared = this._types.of(name);
      if (declared !== undefined && declared.toLowerCase() !== told.type.toLowerCase()) {
        found.declared = declared;
      }
    }
    return found;
  }

  /** Whether a value, or what would be shown of it, is a secret. */
  private _isWithheld(name: string, value: unknown): boolean {
    return parts(value).some(
      part =>
        this.secret(name, part) ||
        (typeof part === 'string' &&
          part.length >= SHORTEST &&
          this._withholds('param', name, part.slice(0, LONGEST)))
    );
  }

  private _withholds(event: string, name: string, value: string | number): boolean {
    return (
      'withheld' in this._session.redactor.event(event, { key: name.slice(-LONGEST_NAME), value })
    );
  }

  private readonly _secret = new Map<string, boolean>();
}
