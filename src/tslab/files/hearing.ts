/**
 * Hears which files are opened: takes over the functions of `fs` that do so, and passes every call on.
 *
 * #### Notes
 * A function that a notebook took before the tracker was loaded is not heard, nor is code that is not
 * JavaScript. A proxy keeps name, length and properties of a function as they are.
 */
import childProcess from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';
import { types } from 'node:util';
import { isArray } from '../looking.js';

/** What a call does with a file. */
export interface IHeard {
  readonly path: string;
  readonly reads: boolean;
  readonly writes: boolean;
  /** Whether nothing is left of what the file was. */
  readonly isWhole: boolean;
  readonly how: 'open' | 'rename' | 'link';
  /** Whether it is over when the call returns; else the file may be written to later. */
  readonly isOver: boolean;
}

/** Who is told. Neither may throw. */
export interface IEars {
  /** A file is about to be opened. */
  file: (heard: IHeard) => void;
  /** A program is about to be started, with these words, in this folder. */
  child: (words: readonly string[], folder: string | undefined) => void;
  /** Whether anybody wants to know at this moment. */
  isOpen: () => boolean;
}

type Parameters = readonly unknown[];
type Tell = (parameters: Parameters, ears: IEars, isOver: boolean) => void;

const { O_RDWR, O_WRONLY, O_TRUNC } = fs.constants;

const reads: Tell = ([path], ears) => tell(ears, path, { reads: true, isOver: true });
const replaces: Tell = ([path, , options], ears, isOver) => {
  const flags = flagOf(options);
  tell(ears, path, {
    ...(flags === undefined ? { writes: true, isWhole: true } : modeOf(flags)),
    isOver
  });
};
const extends_: Tell = ([path], ears, isOver) => tell(ears, path, { writes: true, isOver });
const opens: Tell = ([path, flags], ears) => {
  tell(ears, path, modeOf(typeof flags === 'function' ? undefined : flags));
};
const copies: Tell = ([from, to], ears, isOver) => {
  tell(ears, from, { reads: true, isOver: true });
  tell(ears, to, { writes: true, isWhole: true, isOver });
};
const renames: Tell = ([, to], ears, isOver) => {
  tell(ears, to, { writes: true, isWhole: true, how: 'rename', isOver });
};
const links: Tell = ([, to], ears, isOver) => {
  tell(ears, to, { writes: true, how: 'link', isOver });
};
const streamsOut: Tell = ([path, options], ears) => {
  opens([path, flagOf(options) ?? 'w'], ears, false);
};

/** By name, with and without `Sync`; those of promises have the same names. */
const CALLS: Readonly<Record<string, Tell>> = {
  appendFile: extends_,
  copyFile: copies,
  cp: copies,
  createReadStream: reads,
  createWriteStream: streamsOut,
  link: links,
  open: opens,
  openAsBlob: reads,
  readFile: reads,
  rename: renames,
  symlink: links,
  truncate: extends_,
  writeFile: replaces
};
const STARTS = ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'];

type Functions = Record<string, unknown>;

/** The takeover of `fs` in this process; it is done once, and stays. */
export class Hearing {
  /** Who is told; nobody while it is undefined. */
  ears: IEars | undefined;

  /** Begins to hear. */
  start(): void {
    const owners = [fs, fs.promises] as unknown as Functions[];
    for (const owner of owners) {
      for (const [name, tell] of Object.entries(CALLS)) {
        this._take(owner, name, tell);
        this._take(owner, `${name}Sync`, tell);
      }
    }
    for (const name of STARTS) {
      this._take(childProcess, name, startsProgram);
    }
    syncBuiltinESMExports();
  }

  private _take(owner: Functions, name: string, tell: Tell): void {
    const property = Object.getOwnPropertyDescriptor(owner, name);
    const call: unknown = property?.value;
    if (typeof call !== 'function' || !property?.writable) {
      return;
    }
    const listening = (): IEars | undefined => this.ears;
    const isOver = name.endsWith('Sync');
    owner[name] = new Proxy(call, {
      apply(target, self, parameters: unknown[]) {
        const ears = listening();
        if (ears?.isOpen()) {
          try {
            tell(parameters, ears, isOver);
          } catch {
            // The call goes on as it would.
          }
        }
        return Reflect.apply(target, self, parameters) as unknown;
      }
    });
  }
}

const startsProgram: Tell = ([program, given, options], ears) => {
  const words = isArray(given) ? given : [];
  const more = isArray(given) ? options : given;
  const folder = plainProperty(more, 'cwd');
  const texts = [program, ...words].filter(word => typeof word === 'string');
  ears.child(
    texts.flatMap(text => [text, ...text.split(/[\s'"=]+/)]),
    typeof folder === 'string' ? folder : undefined
  );
};

function tell(ears: IEars, path: unknown, heard: Partial<IHeard>): void {
  const text = pathOf(path);
  if (text !== undefined) {
    const usual = { reads: false, writes: false, isWhole: false, isOver: false } as const;
    ears.file({ ...usual, how: 'open', ...heard, path: text });
  }
}

/** The path in a text, bytes, or an address; undefined for a number, which is a file that is open. */
function pathOf(path: unknown): string | undefined {
  if (typeof path === 'string') {
    return path;
  }
  if (typeof path !== 'object' || path === null || types.isProxy(path)) {
    return undefined;
  }
  if (path instanceof Uint8Array) {
    return Buffer.from(path).toString();
  }
  return path instanceof URL ? fileURLToPath(path) : undefined;
}

function flagOf(options: unknown): unknown {
  return plainProperty(options, 'flag') ?? plainProperty(options, 'flags');
}

function plainProperty(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null && !types.isProxy(object)
    ? Object.getOwnPropertyDescriptor(object, key)?.value
    : undefined;
}

function modeOf(flags: unknown): Partial<IHeard> {
  if (typeof flags === 'number') {
    const writes = (flags & (O_WRONLY | O_RDWR)) !== 0;
    return {
      reads: (flags & O_WRONLY) === 0,
      writes,
      isWhole: writes && (flags & O_TRUNC) !== 0
    };
  }
  const text = typeof flags === 'string' ? flags : 'r';
  const isBoth = text.includes('+');
  return {
    reads: text.startsWith('r') || (isBoth && text.startsWith('a')),
    writes: isBoth || /^[wax]/.test(text),
    isWhole: text.startsWith('w')
  };
}
