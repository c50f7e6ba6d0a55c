/** State that has no name in the notebook: the folder, the environment, and what hangs on `globalThis`. */
import { isInstalled } from '../seeds.js';
import type { ICellCode } from '../syntax/cellcode.js';
import { hold, rebound, type Snapshot } from './namespace.js';

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
 * To read the environment and all globals takes so long that a cell need not wait for it: they are compared
 * with how the last execution left them, so that what a timer changes in between is told of the next one.
 */
export class Hidden {
  /** An execution begins. */
  before(): void {
    this._cwd = folder();
    // What the kernel sets while it starts is no execution's.
    this._globals ??= kept(globals());
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
    const before: Snapshot = this._globals ?? new Map();
    const others = rebound(before, now);
    const gone = [...before.keys()].filter(name => !now.has(name));
    writes.push(...[...others, ...gone].map(name => `global:${name}`));
    if (others.length + gone.length > 0) {
      this._globals = kept(now);
    }
    const reads = [...this._changed].filter(state => isRead(state, code));
    writes.forEach(state => this._changed.add(state));
    return { reads, writes };
  }

  private readonly _changed = new Set<string>();
  private _cwd = '';
  private _environ = environment();
  private _isReplaced = false;
  private _globals: Snapshot | undefined;
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

/** What globals stand for, without holding it: nothing of the notebook is held while no cell runs. */
function kept(values: ReadonlyMap<string, unknown>): Snapshot {
  return new Map([...values].map(([name, value]) => [name, hold(value)]));
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
