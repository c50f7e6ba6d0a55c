/** Which state a file is in, as far as it can be told without reading it. */
import { statSync } from '../disk.js';

/** Equal for a file that was left alone. */
export interface IIdentity {
  readonly kind: 'file' | 'directory' | 'other' | 'missing';
  readonly size: number;
  /** Device, inode, size and times. */
  readonly key: string;
  /** When it was changed last, in milliseconds since 1970. */
  readonly changed: number;
}

const MISSING: IIdentity = { kind: 'missing', size: 0, key: '', changed: 0 };

/** Looks at a file; never throws. */
export function identify(path: string): IIdentity {
  try {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status === undefined) {
      return MISSING;
    }
    const kind = status.isFile() ? 'file' : status.isDirectory() ? 'directory' : 'other';
    const { dev, ino, size, mtimeMs, ctimeMs } = status;
    const key = `${dev}:${ino}:${size}:${mtimeMs}:${ctimeMs}`;
    return { kind, size, key, changed: Math.max(mtimeMs, ctimeMs) };
  } catch {
    return MISSING;
  }
}
