/**
 * The slice of a session: the executions that its results depend on, and why each is kept or left out.
 *
 * #### Notes
 * Backwards through the log, one execution at a time: what is kept is what gives something that is
 * needed further on, and then it needs what it read itself. In-place changes, alone, do not satisfy a
 * need, so that all of them are kept back to where the name got its value.
 *
 * A stream of random numbers is a need like any other, but a cheap one: where the log holds the state
 * that an execution began with, the script puts it back, and the draws before it need not be repeated.
 */

import { Deletions } from './deletions.js';
import { doubtsOf, listed, mayReadAnything, whyNot } from './doubts.js';
import type { IEffects } from './effects.js';
import { hiddenNeeds, reachOf } from './hidden.js';
import type { IExecution } from './execution.js';
import { StreamNeeds } from './streamneeds.js';

/** An execution and why it is kept, or left out. */
export interface IReasoned {
  readonly n: number;
  /** Sentences without a full stop, such as "defines `model`, read by [7]"; the first is the strongest. */
  readonly reasons: ReadonlyArray<string>;
}

/** See above. In the order of the executions. */
export interface ISlice {
  readonly kept: ReadonlyArray<IReasoned>;
  readonly left: ReadonlyArray<IReasoned>;
}

/** What a slice is made from. */
export interface ISliceOptions {
  /** The session's executions up to the end of the run, outermost only. */
  readonly executions: ReadonlyArray<IExecution>;
  readonly effects: ReadonlyMap<number, IEffects>;
  /** What is kept whatever else happens, and why. */
  readonly targets: ReadonlyMap<number, string>;
  /** Whether a state of random numbers with that digest can be put back. */
  readonly restorable: (digest: string) => boolean;
}

/** Finds the slice. Pure; linear in the size of the record. */
export function slice(options: ISliceOptions): ISlice {
  const walk = new Backwards(options);
  for (let at = options.executions.length - 1; at >= 0; at--) {
    walk.visit(options.executions[at]);
  }
  return { kept: walk.kept.reverse(), left: walk.left.reverse() };
}

class Backwards {
  readonly kept: IReasoned[] = [];
  readonly left: IReasoned[] = [];

  constructor(options: ISliceOptions) {
    this._options = options;
    this._labels = new Map(options.executions.map(({ n, count }) => [n, `[${count ?? n}]`]));
    this._streams = new StreamNeeds(options);
    this._deletions = new Deletions(options.effects);
    this._readSomewhere = new Set([...options.effects.values()].flatMap(({ reads }) => [...reads]));
  }

  visit(execution: IExecution): void {
    const { n } = execution;
    const effects = this._options.effects.get(n);
    if (execution.error?.unparsable) {
      const why =
        execution.error.type === 'CompileError' ? 'it was not compiled' : 'it is no Python';
      this.left.push({ n, reasons: [`never ran: ${why}`] });
      return;
    }
    const reasons = effects ? this._reasons(execution, effects) : ['nothing is known of it'];
    if (reasons.length === 0) {
      const why = 'comes after everything that the run needs';
      const reason = this._after === undefined ? why : whyNot(execution, effects);
      this.left.push({ n, reasons: [reason] });
      return;
    }
    this.kept.push({ n, reasons });
    if (effects) {
      this._satisfy(execution, effects);
      this._demand(execution, effects);
    } else {
      this._anything = { n, settled: new Set() };
    }
    this._after = n;
  }

  private _reasons(execution: IExecution, effects: IEffects): string[] {
    const { n } = execution;
    const reasons: string[] = [];
    const target = this._options.targets.get(n);
    if (target !== undefined) {
      reasons.push(target);
    }
    const open = this._after !== undefined || target !== undefined;
    if (!open) {
      return [];
    }
    this._named(effects, reasons);
    for (const { path, sha256 } of effects.filesWritten) {
      const reader = this._readerOf(path, sha256);
      if (reader !== undefined) {
        reasons.push(`writes ${path}, read by ${this._label(reader)}`);
      }
    }
    for (const state of hiddenNeeds(execution, effects, this._reach, this._hidden)) {
      reasons.push(state);
    }
    for (const { stream, by, seeds } of this._streams.from(n)) {
      reasons.push(
        `${seeds ? 'sets the seed of' : 'draws from'} ${stream}'s stream before ${this._label(by)}`
      );
    }
    for (const name of effects.deleted) {
      const by = this._deletions.noticed(name);
      if (by !== undefined) {
        reasons.push(`deletes \`${name}\`, which shows in ${this._label(by)}`);
      }
    }
    this._results(execution, effects, reasons);
    const usesFiles = this._usesFiles;
    reasons.push(
      ...doubtsOf(execution, effects, { usesFiles, readSomewhere: this._readSomewhere })
    );
    return [...new Set(reasons)];
  }

  private _named(effects: IEffects, reasons: string[]): void {
    const { bound, changed, maybe } = effects;
    const defines = new Map<number, string[]>();
    const mayBeRead: string[] = [];
    for (const name of bound) {
      const reader = this._names.get(name);
      if (reader !== undefined) {
        defines.set(reader, [...(defines.get(reader) ?? []), `\`${name}\``]);
      } else if (this._anything && !this._anything.settled.has(name)) {
        mayBeRead.push(`\`${name}\``);
      }
    }
    for (const [reader, names] of [...defines].sort(([a], [b]) => a - b)) {
      reasons.push(`defines ${listed(names)}, read by ${this._label(reader)}`);
    }
    if (mayBeRead.length && this._anything) {
      const reader = this._label(this._anything.n);
      reasons.push(`defines ${listed(mayBeRead)}, which ${reader} may read`);
    }
    for (const name of changed) {
      const reader = bound.has(name) ? undefined : this._reader(name);
      if (reader !== undefined) {
        reasons.push(`changes \`${name}\` in place before ${this._label(reader)}`);
      }
    }
    for (const [name, why] of maybe) {
      const reader = bound.has(name) || changed.has(name) ? undefined : this._reader(name);
      if (reader !== undefined) {
        reasons.push(`may change \`${name}\` before ${this._label(reader)}: ${why}`);
      }
    }
  }

  /** The results that IPython keeps: `_`, `_3`, `Out`. */
  private _results({ count }: IExecution, effects: IEffects, reasons: string[]): void {
    if (effects.displayed === false) {
      return;
    }
    const numbered = count === null ? undefined : this._names.get(`_${count}`);
    const all = this._names.get('Out') ?? this._names.get('_oh');
    const last = this._lasting;
    const reader = numbered ?? all ?? (last && last.left > 0 ? last.n : undefined);
    if (reader !== undefined) {
      reasons.push(`has a result that ${this._label(reader)} may use`);
      if (last && effects.displayed) {
        last.left--;
      }
    }
  }

  private _satisfy(execution: IExecution, effects: IEffects): void {
    if (effects.concurrent) {
      return;
    }
    for (const name of effects.bound) {
      this._names.delete(name);
      this._anything?.settled.add(name);
    }
    for (const { path, sha256, whole } of effects.filesWritten) {
      if (whole) {
        this._files.delete(path);
        this._contents.delete(sha256 ?? '');
      }
    }
    this._streams.satisfy(execution.n);
  }

  private _demand(execution: IExecution, effects: IEffects): void {
    const { n, source = '' } = execution;
    for (const name of [...effects.reads, ...effects.deleted]) {
      this._names.set(name, n);
    }
    this._deletions.demand(n, source, effects);
    if (effects.reads.has('_') || effects.reads.has('__') || effects.reads.has('___')) {
      this._lasting = { n, left: 3 };
    }
    for (const { path, sha256, kind } of effects.filesRead) {
      if (kind === 'content') {
        this._contents.set(sha256 ?? '', n);
      } else {
        this._files.set(path, n);
        if (kind === 'directory') {
          this._folders.set(path.replace(/\/*$/, '/'), n);
        }
      }
    }
    const moves = [...effects.hiddenReads, ...effects.hiddenWrites].includes('cwd');
    this._usesFiles ||= moves || effects.filesRead.length > 0 || effects.filesWritten.length > 0;
    effects.hiddenReads.forEach(state => this._hidden.set(state, n));
    this._streams.demand(execution);
    if (mayReadAnything(execution, effects)) {
      this._anything = { n, settled: new Set() };
    }
    reachOf(source, n, this._reach);
  }

  private _reader(name: string): number | undefined {
    const reader = this._names.get(name);
    return reader ?? (this._anything?.settled.has(name) === false ? this._anything.n : undefined);
  }

  private _readerOf(path: string, sha256: string | null): number | undefined {
    const exact = this._files.get(path) ?? (sha256 ? this._contents.get(sha256) : undefined);
    if (exact !== undefined || this._folders.size === 0) {
      return exact ?? (this._anything ? this._anything.n : undefined);
    }
    const folder = [...this._folders].find(
      ([prefix]) => prefix === './' || path.startsWith(prefix)
    );
    return folder?.[1] ?? this._anything?.n;
  }

  private _label(n: number): string {
    return this._labels.get(n) ?? `[${n}]`;
  }

  /** What is needed from before the present execution, each with the nearest that needs it. */
  private readonly _names = new Map<string, number>();
  private readonly _files = new Map<string, number>();
  private readonly _folders = new Map<string, number>();
  private readonly _contents = new Map<string, number>();
  private readonly _hidden = new Map<string, number>();
  private readonly _streams: StreamNeeds;
  private readonly _deletions: Deletions;
  /** An execution that may read any name, less those that got their value since. */
  private _anything: { readonly n: number; readonly settled: Set<string> } | undefined;
  private _usesFiles = false;
  private _lasting: { readonly n: number; left: number } | undefined;
  private readonly _reach = new Map<string, number>();
  /** The nearest execution that is kept. */
  private _after: number | undefined;
  private readonly _options: ISliceOptions;
  private readonly _labels: ReadonlyMap<number, string>;
  private readonly _readSomewhere: ReadonlySet<string>;
}
