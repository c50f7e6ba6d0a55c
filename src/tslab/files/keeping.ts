/** Keeps the content of written files in the blobs, once, unless it holds secrets. */
import type { Session } from '../session.js';

/** Bytes that one session keeps in all. */
const MOST = 2 * 2 ** 30;
const PIECE = 1 << 16;

/** Keeps the files of one session, in steps between which others have their turn. */
export class Keeping {
  constructor(private readonly _session: Session) {}

  /** Keeps content. False: it may hold secrets. Undefined: there was another reason not to. */
  *keep(data: Buffer): Generator<void, boolean | undefined> {
    if (this._kept + data.length > MOST) {
      this._session.warn(
        'More than 2 GB of written files were kept, so the content of further ones is not.'
      );
      return undefined;
    }
    if (yield* this._holdsSecrets(data)) {
      return false;
    }
    if (this._session.store('A written file', data) === null) {
      return undefined;
    }
    this._kept += data.length;
    return true;
  }

  /** Whether a text has something in it that would be withheld. Of what is no text nothing is known. */
  private *_holdsSecrets(data: Buffer): Generator<void, boolean> {
    if (data.includes(0)) {
      return false;
    }
    for (let at = 0; at < data.length;) {
      const line = at + PIECE < data.length ? data.indexOf(10, at + PIECE) + 1 : 0;
      const end = line || data.length;
      if (this._session.redactor.finds(data.toString('utf8', at, end))) {
        return true;
      }
      at = end;
      yield;
    }
    return false;
  }

  private _kept = 0;
}
