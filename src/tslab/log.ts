/**
 * An append-only file of lines that survives what users do to descriptors, folders and disks.
 *
 * #### Notes
 * A line is one `writeSync` to a descriptor opened for appending, so it is on its way to the disk
 * when the call returns. A line that the disk refuses waits in memory, bounded, and is tried again;
 * one that is given up is counted.
 */
import {
  closeSync,
  fstatSync,
  fsync,
  fsyncSync,
  mkdirSync,
  openSync,
  readlinkSync,
  readSync,
  statSync,
  writeSync
} from './disk.js';
import { basename, dirname } from 'node:path';
import { ticks } from './clock.js';

// Taken now: notebooks replace functions of fs.
const write = writeSync;
const identify = fstatSync;

const MOST_WAITING = 4 << 20;
const RETRY_AFTER = 500;

/** One file that is appended to. */
export class Log {
  /**
   * @param say - is told, in a sentence, what could not be written.
   * @param opening - gives the lines that a file of this kind begins with; it is asked again when the
   *   file was deleted and has to be begun anew.
   * @throws when the file cannot be opened.
   */
  constructor(
    public path: string,
    private readonly _say: (message: string) => void,
    private readonly _opening?: (again: boolean) => string
  ) {
    this._open(false);
  }

  /** How often the file was found deleted and was begun anew. */
  renewed = 0;
  /** How many lines were given up. */
  lost = 0;

  /** Appends a whole line, or several. Never throws. */
  write(line: string): void {
    if (this._waiting.length === 0) {
      let written = 0;
      try {
        written = write(this._descriptor, line);
        // Nearly every line is all ASCII, and then its length says whether all of it was taken.
        if (written >= line.length && written === Buffer.byteLength(line)) {
          return;
        }
      } catch (error) {
        this._reason = reasonOf(error);
        this.check();
      }
      this._wait(Buffer.from(line).subarray(written));
      this._retry();
      return;
    }
    this._wait(Buffer.from(line));
    if (ticks() - this._tried >= RETRY_AFTER) {
      this._retry();
    }
  }

  /** Makes sure that the descriptor still is this file, and opens it again if not. Never throws. */
  check(): void {
    let ours = false;
    try {
      const status = identify(this._descriptor);
      ours = this._is(status);
      // Windows has no link counts to go by, and no deleting of open files either.
      if (ours && (status.nlink > 0 || process.platform === 'win32')) {
        if (this._waiting.length > 0) {
          this._retry();
        }
        return;
      }
    } catch {
      // The user closed it, and the number may be that of another file by now.
    }
    const old = this._descriptor;
    this._descriptor = -1;
    try {
      if (ours) {
        closeSync(old);
      }
      this._open(true);
      this._retry();
    } catch (error) {
      this._reason = reasonOf(error);
    }
  }

  /** Where the file is now, when its folder was moved and the system tells (Linux does). */
  moved(): string | undefined {
    const isHere = (path: string): boolean => {
      const status = statSync(path, { throwIfNoEntry: false });
      return status !== undefined && this._is(status);
    };
    try {
      if (isHere(this.path)) {
        return undefined;
      }
      const path = readlinkSync(`/proc/self/fd/${this._descriptor}`);
      return isHere(path) ? path : undefined;
    } catch {
      return undefined;
    }
  }

  /** Returns once the system says that the file is on the disk. Never throws. */
  sync(): void {
    try {
      fsyncSync(this._descriptor);
    } catch {
      // What the disk has not taken yet it still has from the cache, unless the power fails.
    }
  }

  /** Has the system put the file on the disk, and does not wait for it: that can take longer than a cell. */
  syncSoon(): void {
    try {
      fsync(this._descriptor, () => undefined);
    } catch {
      // As for `sync`.
    }
  }

  /** Closes the file, after a last try for the lines that wait. May be called twice. */
  close(): void {
    if (this._descriptor < 0) {
      return;
    }
    this._retry();
    try {
      const status = identify(this._descriptor);
      if (this._is(status)) {
        closeSync(this._descriptor);
      }
    } catch {
      // The user closed it.
    }
    this._descriptor = -1;
  }

  private _is({ dev, ino }: { readonly dev: number; readonly ino: number }): boolean {
    return ino === this._file && dev === this._device;
  }

  private _open(again: boolean): void {
    mkdirSync(dirname(this.path), { recursive: true });
    const descriptor = openSync(this.path, 'a+', 0o666);
    const status = identify(descriptor);
    this._device = status.dev;
    this._file = status.ino;
    this._descriptor = descriptor;
    if (status.size > 0) {
      // A newline first when the last line was torn.
      const last = Buffer.alloc(1);
      readSync(descriptor, last, 0, 1, status.size - 1);
      if (last[0] !== 10) {
        write(descriptor, '\n');
      }
      return;
    }
    let start = Buffer.from(this._opening?.(again) ?? '');
    while (start.length > 0) {
      start = start.subarray(write(descriptor, start));
    }
    if (again) {
      this.renewed += 1;
    }
  }

  private _retry(): void {
    this._tried = ticks();
    while (this._waiting.length > 0) {
      const line = this._waiting[0];
      let written: number;
      try {
        written = write(this._descriptor, line);
      } catch (error) {
        this._reason = reasonOf(error);
        return;
      }
      this._waitingBytes -= written;
      if (written < line.length) {
        this._waiting[0] = line.subarray(written);
        return;
      }
      this._waiting.shift();
    }
    if (this._dropped > 0) {
      const dropped = this._dropped;
      this._dropped = 0;
      this.lost += dropped;
      this._say(`${dropped} lines of ${basename(this.path)} are lost: ${this._reason}.`);
    }
  }

  private _wait(line: Buffer): void {
    if (this._waiting.length > 0 && this._waitingBytes + line.length > MOST_WAITING) {
      this._dropped += line.reduce((lines, byte) => lines + Number(byte === 10), 0);
      return;
    }
    this._waiting.push(line);
    this._waitingBytes += line.length;
  }

  /** The device of the file, and its number there. */
  private _device = NaN;
  private _descriptor = -1;
  private _dropped = 0;
  private _file = NaN;
  private _reason = 'the disk does not take them';
  private _tried = 0;
  private _waiting: Buffer[] = [];
  private _waitingBytes = 0;
}

/** Why a call of the system failed, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  switch (code) {
    case 'ENOSPC':
      return 'no space is left on the disk';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'EROFS':
      return 'the file system is read-only';
    default:
      return code ?? (error instanceof Error ? error.message : 'unknown');
  }
}
