/** One execution, looked at when it has ended: what it may have used, and what is not as it was. */
import type { ICellCode } from '../syntax/cellcode.js';
import { isObjectLike } from '../looking.js';
import { clock, type ILook, type ILooking, look, type Seeing } from './fingerprint/look.js';
import { rebound, type Snapshot, stands } from './namespace.js';
import type { IRecord, Records } from './records.js';

/** Milliseconds for all samples together, and for one. */
const THIN_IN_ALL = 3;
const THIN = 1.5;

/** What is known around an execution. */
export interface IMoment {
  readonly before: Snapshot;
  /** What the names stand for now. */
  readonly values: ReadonlyMap<string, unknown>;
  readonly code: ICellCode | undefined;
  readonly isFinished: boolean;
  /** Whether a name is that of something in a module, which is told by where it is from. */
  readonly isImported: (name: string) => boolean;
}

/** Follows the names that a cell used to others, and looks at those that may have changed. */
export class Examination {
  /** @param milliseconds - what exact looks may take in all. */
  constructor(
    private readonly _moment: IMoment,
    private readonly _records: Records,
    private readonly _how: ILooking,
    milliseconds: number
  ) {
    this._until = clock() + milliseconds;
    const { before, values, code, isFinished } = _moment;
    const sure = isFinished ? [...(code?.sure ?? [])].filter(name => values.has(name)) : [];
    this.bound = [...new Set([...rebound(before, values), ...sure])];
    this.deleted = [...before.keys()].filter(name => !values.has(name));
  }

  readonly bound: string[];
  readonly deleted: string[];
  reads: string[] = [];
  readonly changed: string[] = [];
  /** Those of `changed` that only may have been. */
  readonly assumed = new Set<string>();
  readonly looks = new Map<string, ILook>();
  readonly members = new Map<string, ReadonlySet<object>>();

  /** Examines. */
  run(): void {
    const { before, values } = this._moment;
    for (const name of this._direct()) {
      this._reach(name);
    }
    for (const name of this._reached) {
      // The set grows while it is gone through.
      this._see(name);
      for (const known of [this._records.get(name)?.look, this.looks.get(name)]) {
        known?.uses.forEach(used => this._reach(used));
      }
    }
    this.bound.forEach(name => this._see(name));
    this.reads = [...this._reached].filter(name => before.has(name)).sort();
    const bound = new Set(this.bound);
    for (const name of this._reached) {
      if (!bound.has(name) && values.has(name)) {
        this._judge(name);
      }
    }
    this._related(bound);
  }

  /** The names of earlier cells that the cell uses, itself or through what it defines. */
  private _direct(): Set<string> {
    const { code } = this._moment;
    const found = new Set(code?.loads);
    const waiting = new Set(code?.locals);
    for (const name of waiting) {
      const uses = code?.closures.get(name);
      uses?.loads.forEach(used => found.add(used));
      uses?.locals.forEach(used => waiting.add(used));
    }
    return found;
  }

  private _reach(name: string): void {
    if (this._moment.before.has(name) || this._moment.values.has(name)) {
      this._reached.add(name);
    }
  }

  private _see(name: string): void {
    const { values } = this._moment;
    if (this.looks.has(name) || !values.has(name) || this._moment.isImported(name)) {
      return;
    }
    const value = values.get(name);
    const key = isObjectLike(value) ? value : undefined;
    let seeing = key && this._byValue.get(key);
    if (seeing === undefined) {
      const begun = clock();
      seeing = look(value, name, this._until, Math.min(THIN, this._thinLeft), this._how);
      if (seeing[0].seen === 'sampled' || seeing[0].seen === 'skipped') {
        this._thinLeft -= Math.max(0, clock() - Math.max(begun, this._until));
      }
      if (key) {
        this._byValue.set(key, seeing);
      }
    }
    this.looks.set(name, seeing[0]);
    this.members.set(name, seeing[1]);
  }

  /** What has something in common with a value that changed may have changed as well. */
  private _related(bound: ReadonlySet<string>): void {
    const unknown = [...this._reached].filter(name => this._records.get(name) === undefined);
    const waiting = new Set([...this.changed, ...unknown]);
    for (const name of waiting) {
      const relatives = this._records.relatives(this.members.get(name) ?? []);
      for (const relative of [...relatives, ...(this._records.get(name)?.relatives ?? [])]) {
        if (!bound.has(relative) && this._moment.values.has(relative)) {
          this._see(relative);
          if (this._judge(relative)) {
            waiting.add(relative);
          }
        }
      }
    }
  }

  /** Compares a name with what it was; true when it changed, or may have. */
  private _judge(name: string): boolean {
    if (this.changed.includes(name)) {
      return true;
    }
    const held = this._moment.before.get(name);
    const now = this.looks.get(name);
    const value = this._moment.values.get(name);
    if (held === undefined || now === undefined || !isObjectLike(value) || !stands(held, value)) {
      return false;
    }
    const was: IRecord | undefined = this._records.get(name);
    const isComparable = was?.look.seen === now.seen && now.fingerprint !== undefined;
    const differs = isComparable && was?.look.fingerprint !== now.fingerprint;
    if (!differs && !(isComparable && now.seen === 'exact')) {
      this.assumed.add(name);
    }
    if (differs || this.assumed.has(name)) {
      this.changed.push(name);
      return true;
    }
    return false;
  }

  private readonly _byValue = new Map<object, Seeing>();
  /** The names that may have been used. */
  private readonly _reached = new Set<string>();
  private _thinLeft = THIN_IN_ALL;
  private readonly _until: number;
}
