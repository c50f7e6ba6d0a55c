/** The hashes of files, read once for each state of a file. */
import { createHash } from 'node:crypto';
import { milliseconds } from '../clock.js';
import { closeSync, openSync, readSync } from '../disk.js';
import { reasonOf } from '../log.js';
import { identify, type IIdentity } from './identity.js';

/** sha256 and size of a file, or, where there is no hash, why. */
export interface IContent {
  readonly sha256: string | null;
  readonly size: number | null;
  readonly skipped?: string;
  /** The bytes, where they were asked for. */
  readonly data?: Buffer;
}

const PIECE = 1 << 20;
const MOST_KNOWN = 20_000;
/** Of a file that was changed this short a time ago, another change may not show in its time. */
const TICK = 100;

/** Why a file has no hash yet. */
export const NOT_YET = 'its content is not hashed yet';
export const NO_TIME = 'the kernel ended before its content was read';

/** Reads files and remembers what they held. */
export class Contents {
  /** The hash of a file in the state `expected`, at once. Never throws. */
  now(path: string, expected: IIdentity, keeps = false): IContent {
    const reading = this.read(path, expected, keeps);
    for (let step = reading.next(); ; step = reading.next()) {
      if (step.done) {
        return step.value;
      }
    }
  }

  /** The same in steps, between which others have their turn. */
  *read(path: string, expected: IIdentity, keeps: boolean): Generator<void, IContent> {
    const { size } = expected;
    if (expected.kind !== 'file') {
      return { sha256: null, size: null, skipped: 'it is no regular file' };
    }
    const known = keeps ? undefined : this._known.get(expected.key);
    if (known !== undefined) {
      return { sha256: known, size };
    }
    let descriptor: number;
    try {
      if (identify(path).key !== expected.key) {
        const skipped = 'it was changed before its content could be read';
        return { sha256: null, size, skipped };
      }
      descriptor = openSync(path, 'r');
    } catch (error) {
      return { sha256: null, size, skipped: `it could not be read: ${reasonOf(error)}` };
    }
    try {
      const hash = createHash('sha256');
      const pieces: Buffer[] = [];
      for (let read = 1; read > 0;) {
        const piece = Buffer.allocUnsafe(Math.min(PIECE, size + 1));
        read = readSync(descriptor, piece, 0, piece.length, null);
        hash.update(piece.subarray(0, read));
        if (keeps) {
          pieces.push(piece.subarray(0, read));
        }
        if (read === PIECE) {
          yield;
        }
      }
      if (identify(path).key !== expected.key) {
        return { sha256: null, size, skipped: 'it was changed while its content was read' };
      }
      const sha256 = hash.digest('hex');
      this._remember(expected, sha256);
      return { sha256, size, ...(keeps ? { data: Buffer.concat(pieces) } : {}) };
    } catch (error) {
      return { sha256: null, size, skipped: `it could not be read: ${reasonOf(error)}` };
    } finally {
      closeSync(descriptor);
    }
  }

  private _remember({ key, changed }: IIdentity, sha256: string): void {
    if (milliseconds() - changed > TICK) {
      if (this._known.size > MOST_KNOWN) {
        this._known.clear();
      }
      this._known.set(key, sha256);
    }
  }

  private readonly _known = new Map<string, string>();
}
