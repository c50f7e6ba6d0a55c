/** State that has no name in the notebook: the folder, the environment, and what hangs on `globalThis`. */
import { isInstalled } from '../seeds.js';
import type { ICellCode } from '../syntax/cellcode.js';

/** What an execution read and wrote of it. */
export interface IHiddenUse {
  reads: string[];
  writes: string[];
}

const folder = process.cwd.bind(process);

/**
 * The hidden state of one process.
 *
 * #### Notes
 * To read the environment takes so long that a cell need not wait for it: it is compared with how the last
 * execution left it, so that what a timer changes in between is told of the next one.
 */
export class Hidden {
  /** An execution begins. */
  before(): void {
    this._cwd = folder();
    this._globals = globals();
    this._isReplaced = !isInstalled();
  }

  /** An execution ended. */
  after(code: ICellCode | undefined): IHiddenUse {
    const writes: string[] = [];
    if (this._cwd !== folder()) {
      writes.push('cwd');
    }
    const environ = environment();
    if (this._environ !== environ) {
      this._environ = environ;
      writes.push('environ');
    }
    if (this._isReplaced || !isInstalled()) {
      // Whatever took its place may be drawn from, or seeded, by any code.
      writes.push('Math.random');
    }
    const now = globals();
    for (const name of new Set([...now.keys(), ...this._globals.keys()])) {
      if (now.get(name) !== this._globals.get(name)) {
        writes.push(`global:${name}`);
      }
    }
    const reads = [...this._changed].filter(state => isRead(state, code));
    writes.forEach(state => this._changed.add(state));
    // Nothing of the notebook is held while no cell runs.
    this._globals = new Map();
    return { reads, writes };
  }

  private readonly _changed = new Set<string>();
  private _cwd = '';
  private _environ = environment();
  private _isReplaced = false;
  private _globals = new Map<string, unknown>();
}

/** The folder and the environment may matter to whatever runs; a global has to be named. */
function isRead(state: string, code: ICellCode | undefined): boolean {
  const name = /^global:(.*)$/.exec(state)?.[1];
  return (
    name === undefined ||
    code === undefined ||
    code.globals.has(name) ||
    code.globals.has('globalThis') ||
    code.globals.has('global')
  );
}

function environment(): string {
  return JSON.stringify(process.env);
}

function globals(): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const name of Object.keys(globalThis)) {
    const property = Object.getOwnPropertyDescriptor(globalThis, name);
    if (property !== undefined && !property.get && !property.set && name !== '__tslab__') {
      found.set(name, property.value);
    }
  }
  return found;
}
