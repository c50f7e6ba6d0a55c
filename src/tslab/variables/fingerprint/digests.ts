/** Digests of what is fed to them in pieces: 128 bits of sha256. */
import { createHash, hash } from 'node:crypto';
import type { Hash } from 'node:crypto';

const PIECE = 1 << 16;
const LENGTH = 32;

// Node before 20.12 has no call that hashes at once.
const once = typeof hash === 'function' ? hash : undefined;

/** One digest. Most values are small, and then their text is hashed by one call. */
export class Digest {
  /** Adds a text. */
  text(text: string): void {
    this._text += text;
    if (this._text.length > PIECE) {
      this._flush();
    }
  }

  /** Adds bytes. */
  bytes(bytes: Uint8Array): void {
    this._flush();
    this._hash?.update(bytes);
  }

  /** The digest in hex. Nothing can be added afterwards. */
  value(): string {
    if (this._hash === undefined && once !== undefined) {
      return once('sha256', this._text, 'hex').slice(0, LENGTH);
    }
    this._flush();
    return this._hash!.digest('hex').slice(0, LENGTH);
  }

  private _flush(): void {
    this._hash ??= createHash('sha256');
    if (this._text !== '') {
      this._hash.update(this._text);
      this._text = '';
    }
  }

  private _hash: Hash | undefined;
  private _text = '';
}
