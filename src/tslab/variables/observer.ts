/** Hears of each execution, and writes what it did to the names of the notebook. */
import type { Execution } from '../executions.js';
import type { IExecuting } from '../kernel.js';
import type { IObserver } from '../observers.js';
import type { IEnding } from '../outcome.js';
import type { Types } from '../program/types.js';
import type { Recorder } from '../recorder.js';
import { Digest } from './fingerprint/digests.js';
import { Functions } from './fingerprint/functions.js';
import { clock, type ILook, type ILooking, look } from './fingerprint/look.js';
import type { ICellCode } from '../syntax/cellcode.js';
import { Examination } from './examination.js';
import { Hidden } from './hidden.js';
import { Namespace, rebound, type Snapshot, valuesOf } from './namespace.js';
import { groups, Records } from './records.js';
import { type IValue, Values } from './values.js';

/** Of the time an execution took, what exact looks may take, and its bounds in milliseconds. */
const SHARE = 0.02;
const LEAST = 5;
const MOST = 50;
/** Milliseconds on top of it, for one execution and in all: the first looks take many times what the same take later. */
const MOST_COLD = 50;
const COLD_IN_ALL = 150;
/** Milliseconds for names that are there already when the record begins. */
const AT_START = 15;
const MOST_NAMED = 8;

/** How things were when an execution began. */
interface IOpen {
  readonly execution: Execution;
  readonly executing: IExecuting;
  readonly before: Snapshot;
  /** Names that were bound while no cell ran. */
  readonly elsewhere: readonly string[];
}

/** The names of one session. */
export class Variables implements IObserver {
  /** @param types - knows what the compiler calls the types of names. */
  constructor(
    private readonly _recorder: Recorder,
    types: Types
  ) {
    this._values = new Values(_recorder.session, types);
    this._how = { functions: this._functions, secret: this._values.secret };
  }

  readonly name = 'variables';

  before(execution: Execution, _source: string, executing: IExecuting): void {
    const names = executing.names();
    const still = this._namespace.still(names);
    const [before, elsewhere] = still === undefined ? this._look(names) : [still, []];
    this._hidden.before();
    this._open = { execution, executing, before, elsewhere };
  }

  /** How things are, where they are not as the last execution left them; and which names were bound since. */
  private _look(names: object): readonly [Snapshot, readonly string[]] {
    const values = valuesOf(names);
    const last = this._last;
    const before = this._namespace.snapshot(values);
    if (last === undefined) {
      this._meet(values);
      return [before, []];
    }
    return [before, before === last ? [] : this._elsewhere(last, values)];
  }

  after(execution: Execution, ending: IEnding): void {
    const open = this._open;
    this._open = undefined;
    if (open?.execution !== execution) {
      return;
    }
    const values = execution.left ?? valuesOf(open.executing.names());
    const code = execution.reading?.cell;
    this._define(code, values);
    const isFinished = ending.status === 'finished';
    const isImported = (name: string): boolean => this._isImported(name);
    const moment = { before: open.before, values, code, isFinished, isImported };
    const share = Math.min(MOST, Math.max(LEAST, SHARE * 1000 * execution.elapsed()));
    const spare = Math.min(MOST_COLD, this._spare);
    const found = new Examination(moment, this._records, this._how, share + spare);
    const begun = clock();
    found.run();
    this._spare -= Math.min(spare, Math.max(0, clock() - begun - share));
    this._write(open, found, values, ending);
    this._keep(found, values);
    this._last = this._namespace.keep(values, open.executing.names());
  }

  /** Functions that the cell defined are known before anything that holds them is looked at. */
  private _define(code: ICellCode | undefined, values: ReadonlyMap<string, unknown>): void {
    if (code === undefined) {
      return;
    }
    this._functions.define(code.functions);
    for (const [name, uses] of code.closures) {
      this._functions.uses(values.get(name), new Set([...uses.loads, ...uses.locals]));
    }
    for (const [name, { module, member }] of code.imports) {
      this._imports.set(name, `${module}#${member}`);
    }
    for (const name of code.sure) {
      if (!code.imports.has(name)) {
        this._imports.delete(name);
      }
    }
  }

  private _write(
    open: IOpen,
    found: Examination,
    values: ReadonlyMap<string, unknown>,
    ending: IEnding
  ): void {
    this._values.isFull = this._recorder.options.word('capture_values', 'summaries') !== 'none';
    const of = (name: string): IValue => this._of(name, values.get(name), found.looks.get(name));
    const code = open.execution.reading?.cell;
    const { reads, writes } = this._hidden.after(code);
    const hidden = {
      ...(reads.length > 0 ? { reads } : {}),
      ...(writes.length > 0 ? { writes } : {})
    };
    const fields: Record<string, unknown> = {
      reads: found.reads,
      bound: Object.fromEntries(found.bound.map(name => [name, of(name)])),
      changed: Object.fromEntries(
        found.changed.map(name => [
          name,
          found.assumed.has(name) ? { ...of(name), assumed: true } : of(name)
        ])
      ),
      deleted: found.deleted,
      shared: this._shared(found),
      hidden,
      unknown: this._unknown(open, found, ending)
    };
    const said = Object.entries(fields).filter(
      ([, value]) => Object.keys(value as object).length > 0
    );
    if (said.length > 0) {
      this._recorder.session.write('variables', {
        n: open.execution.n,
        ...Object.fromEntries(said)
      });
    }
  }

  private _of(name: string, value: unknown, seen: ILook | undefined): IValue {
    const from = this._imports.get(name);
    if (from !== undefined && this._isImported(name)) {
      const digest = new Digest();
      digest.text(`import ${from}`);
      const isFunction = typeof value === 'function';
      return {
        type: isFunction ? 'function' : 'module',
        fingerprint: digest.value(),
        seen: 'exact',
        ...(this._values.isFull
          ? { preview: `${isFunction ? 'function' : 'module'} ${from.replace(/#\*$/, '')}` }
          : {})
      };
    }
    if (seen === undefined) {
      return { type: typeof value, seen: 'skipped' };
    }
    const told = this._values.of(name, value, seen);
    // What another function made may keep state, so that it is none of those that stay as they are.
    return told.type === 'function' && told.seen === 'opaque' ? { ...told, type: 'closure' } : told;
  }

  private _unknown(open: IOpen, found: Examination, ending: IEnding): string[] {
    const { reading } = open.execution;
    const reasons = new Set(reading?.cell?.unknown);
    if (reading !== undefined && reading.cell === undefined) {
      reasons.add('source that cannot be parsed');
    }
    const hasChanged = found.bound.length + found.changed.length + found.deleted.length > 0;
    if (ending.status !== 'finished' && hasChanged) {
      reasons.add('failed after changing state');
    }
    for (const [when, names] of [
      ['between executions', open.elsewhere],
      ['meanwhile', meanwhile(open, found)]
    ] as const) {
      if (names.length > 0) {
        reasons.add(`changed ${when}: ${names.slice(0, MOST_NAMED).join(', ')}`);
      }
    }
    if (this._recorder.executions.isGoingOnUnseen) {
      reasons.add('task still running');
    }
    return [...reasons];
  }

  private _shared(found: Examination): string[][] {
    const { members } = found;
    const touched = [...members.values()];
    const relatives = new Set(touched.flatMap(one => [...this._records.relatives(one)]));
    const together = groups(members);
    // Names that this execution did not touch hold some of the same objects.
    for (const relative of relatives) {
      if (!members.has(relative)) {
        for (const [name, objects] of members) {
          if (this._records.relatives(objects).has(relative)) {
            together.push([name, relative].sort());
          }
        }
      }
    }
    return together;
  }

  private _keep(found: Examination, values: ReadonlyMap<string, unknown>): void {
    found.deleted.forEach(name => this._records.drop(name));
    for (const [name, seen] of found.looks) {
      if (values.has(name)) {
        this._records.put(name, seen, found.members.get(name) ?? new Set());
      }
    }
    for (const name of found.looks.keys()) {
      const record = this._records.get(name);
      if (record !== undefined) {
        const relatives = this._records.relatives(found.members.get(name) ?? []);
        relatives.delete(name);
        record.relatives = relatives;
      }
    }
  }

  /** Data that is imported is looked at as any other value. */
  private _isImported(name: string): boolean {
    return this._imports.get(name)?.includes('.json#') === false;
  }

  /** The names that were bound anew while no cell was running, as by a timer. */
  private _elsewhere(last: Snapshot, values: ReadonlyMap<string, unknown>): string[] {
    const gone = [...last.keys()].filter(name => !values.has(name));
    const others = rebound(last, values);
    const found = [...gone, ...others];
    found.forEach(name => this._records.drop(name));
    return found;
  }

  /** Looks at what is there when the record begins, as far as the time allows. */
  private _meet(values: ReadonlyMap<string, unknown>): void {
    const until = clock() + AT_START;
    for (const [name, value] of values) {
      if (clock() > until) {
        return;
      }
      const [seen, members] = look(value, name, until, 1, this._how);
      this._records.put(name, seen, members);
    }
  }

  private readonly _functions = new Functions();
  private readonly _hidden = new Hidden();
  private readonly _how: ILooking;
  /** Names that were imported, with where from. */
  private readonly _imports = new Map<string, string>();
  /** The names as the last execution left them. */
  private _last: Snapshot | undefined;
  private readonly _namespace = new Namespace();
  private _open: IOpen | undefined;
  private readonly _records = new Records();
  /** Milliseconds for cold looks that are left. */
  private _spare = COLD_IN_ALL;
  private readonly _values: Values;
}

/**
 * The names that something else bound while an execution waited, such as a timer of an earlier one: it has no
 * word of theirs itself, nor has what it used.
 */
function meanwhile({ before, execution: { reading } }: IOpen, found: Examination): string[] {
  const { cell, code } = reading ?? {};
  if (cell === undefined || code === undefined || cell.unknown.size > 0) {
    return [];
  }
  const reached = new Set([...cell.sure, ...found.reads]);
  return found.bound.filter(name => before.has(name) && !reached.has(name) && !code.includes(name));
}
