/**
 * What each execution of a session read and changed: names, files, streams of random numbers, and state
 * that has no name.
 *
 * #### Notes
 * Over the log alone, whatever the language of the kernel. Where the log does not tell, more is said to
 * be read or changed than was: an execution too many in a slice does no harm, one too few does.
 */

import { isEvent, isObject, type JsonObject } from '../runlog/index.js';
import { AliasGroups } from './aliases.js';
import { isQuiet } from './sources.js';

/** A file that an execution wrote. */
export interface IWrittenFile {
  readonly path: string;
  readonly sha256: string | null;
  /** Whether nothing of what the file was before is left. */
  readonly whole: boolean;
}

/** A file that an execution read. */
export interface IReadFile {
  readonly path: string;
  readonly sha256: string | null;
  readonly kind: string;
}

/** See above. The effects of executions inside it are its own. */
export interface IEffects {
  /** Whether the log tells what it read and changed. */
  known: boolean;
  readonly reads: Set<string>;
  /** Names it gave a new value. */
  readonly bound: Set<string>;
  /** Names whose value it changed in place, and others that share it. */
  readonly changed: Set<string>;
  /** Names it read whose value it may have changed without that being seen, with the reason. */
  readonly maybe: Map<string, string>;
  readonly deleted: Set<string>;
  readonly filesRead: IReadFile[];
  readonly filesWritten: IWrittenFile[];
  /** The paths among those it read that are modules which it imported. */
  readonly modulesRead: Set<string>;
  readonly hiddenReads: Set<string>;
  readonly hiddenWrites: Set<string>;
  /** Why it may have read or changed more. */
  readonly unknown: Set<string>;
  readonly concurrent: boolean;
  /** The digests of the streams it drew from or set, before and after it. */
  readonly streams: Map<string, { before: string | null; after: string | null }>;
  /** The libraries whose seed it set. */
  readonly seeds: Set<string>;
  /** Whether it imported distributions for the first time. */
  imported: boolean;
  /** Whether it displayed something; undefined: that is not known. */
  displayed: boolean | undefined;
  /** Whether it displayed pictures; undefined: that is not known. */
  pictured: boolean | undefined;
  /** The runs it logged params, tags and the like to by hand, or kept artifacts with. */
  readonly logged: Set<string>;
  /** The runs whose files it wrote. */
  readonly wrote: Set<string>;
  /** The runs that a call in it opened, took over or ended. */
  readonly opened: Set<string>;
  readonly ended: Set<string>;
}

/** Effects that nothing is known of yet. */
function none(): IEffects & { concurrent: boolean } {
  return {
    known: false,
    reads: new Set(),
    bound: new Set(),
    changed: new Set(),
    maybe: new Map(),
    deleted: new Set(),
    filesRead: [],
    filesWritten: [],
    modulesRead: new Set(),
    hiddenReads: new Set(),
    hiddenWrites: new Set(),
    unknown: new Set(),
    concurrent: false,
    streams: new Map(),
    seeds: new Set(),
    imported: false,
    displayed: undefined,
    pictured: undefined,
    logged: new Set(),
    wrote: new Set(),
    opened: new Set(),
    ended: new Set()
  };
}

/**
 * Reads the effects of every execution.
 *
 * @param events - the events of the session's log
 * @returns by the number of the outermost execution
 */
export function readEffects(events: ReadonlyArray<JsonObject>): ReadonlyMap<number, IEffects> {
  const reader = new EffectsReader();
  events.forEach(event => reader.read(event));
  reader.finish();
  return reader.effects;
}

class EffectsReader {
  readonly effects = new Map<number, ReturnType<typeof none>>();

  read(event: JsonObject): void {
    if (isEvent(event, 'cell_start')) {
      const parent = event.parent ?? null;
      this._outer.set(event.n, parent === null ? event.n : (this._outer.get(parent) ?? event.n));
      this._open.push(event.n);
      this._of(event.n);
      if (!isQuiet(event.source ?? '=')) {
        this._loud.add(this._outer.get(event.n) ?? event.n);
      }
    } else if (isEvent(event, 'cell_end')) {
      this._open.splice(this._open.lastIndexOf(event.n), this._open.includes(event.n) ? 1 : 0);
    } else if (isEvent(event, 'variables')) {
      this._variables(event);
    } else if (isEvent(event, 'random')) {
      this._random(event);
    } else if (isEvent(event, 'outputs')) {
      this._outputs = true;
      const one = this._of(event.n);
      const displays = event.displays ?? [];
      one.displayed = one.displayed === true || displays.length > 0;
      one.pictured = one.pictured === true || displays.some(({ mimes }) => isPicture(mimes));
    } else if (isEvent(event, 'imports')) {
      this._of(event.n).imported = true;
    } else if (isEvent(event, 'modules')) {
      for (const module of Object.values(event.modules ?? {})) {
        if (isObject(module) && typeof module.path === 'string') {
          this._of(event.n).filesRead.push(fileRead(module));
          this._of(event.n).modulesRead.add(module.path);
        }
      }
    } else {
      this._ofRun(event);
    }
  }

  /**
   * Where variables and outputs are recorded, an execution without an event of the kind had none. Its
   * source has to agree, because an event may be missing for other reasons.
   */
  finish(): void {
    for (const [n, one] of this._variablesSeen ? this.effects : []) {
      one.known ||= !this._loud.has(n);
    }
    for (const one of this._outputs ? this.effects.values() : []) {
      one.displayed ??= false;
      one.pictured ??= false;
    }
    // What was written and then kept in the same execution is its own, not that of an earlier one.
    for (const { filesRead, filesWritten } of this.effects.values()) {
      const own = new Set(filesWritten.map(({ sha256 }) => sha256));
      const others = filesRead.filter(({ kind, sha256 }) => kind !== 'content' || !own.has(sha256));
      filesRead.splice(0, filesRead.length, ...others);
    }
  }

  private _ofRun(event: JsonObject): void {
    const cell = typeof event.cell === 'number' ? event.cell : undefined;
    const run = typeof event.run === 'string' ? event.run : '';
    if (isEvent(event, 'input') && cell !== undefined) {
      this._of(cell).filesRead.push(fileRead(event));
    } else if (isEvent(event, 'output') && cell !== undefined) {
      const one = this._of(cell);
      one.filesWritten.push(fileWritten(event));
      one.wrote.add(run);
    } else if (isEvent(event, 'artifact') && cell !== undefined) {
      const one = this._of(cell);
      one.logged.add(run);
      // What is kept with the run was a file before, which another execution may have written.
      one.filesRead.push({ path: '', sha256: text(event.sha256), kind: 'content' });
    } else if (isEvent(event, 'seed') && cell !== undefined) {
      this._of(cell).seeds.add(event.library);
    } else if (isEvent(event, 'param') && cell !== undefined) {
      if ((event.origin ?? 'logged') === 'logged') {
        this._of(cell).logged.add(run);
      }
    } else if (isEvent(event, 'tag') || isEvent(event, 'note')) {
      this._during(run, 'logged');
    } else if (isEvent(event, 'run_adopt')) {
      this._during(run, 'opened');
    } else if (isEvent(event, 'run_start')) {
      if (event.opened === 'start_run' || event.opened === 'after end') {
        this._during(run, 'opened');
      }
    } else if (isEvent(event, 'run_end')) {
      this._during(run, 'ended');
    }
  }

  /** What is written while an execution is going on is its doing. */
  private _during(run: string, what: 'logged' | 'opened' | 'ended'): void {
    const n = this._open.at(-1);
    if (n !== undefined) {
      this._of(n)[what].add(run);
    }
  }

  private _variables(event: JsonObject & { n: number }): void {
    const one = this._of(event.n);
    const bound = isObject(event.bound) ? event.bound : {};
    const changed = isObject(event.changed) ? event.changed : {};
    const reads = names(event.reads);
    const hidden = isObject(event.hidden) ? event.hidden : {};
    this._variablesSeen = true;
    one.known = true;
    one.concurrent ||= event.concurrent === true;
    add(one.hiddenReads, names(hidden.reads));
    add(one.hiddenWrites, names(hidden.writes));
    add(one.unknown, names(event.unknown));
    // A name that an inner execution bound is no read of the outer one's.
    add(
      one.reads,
      reads.filter(name => !(event.n !== this._outer.get(event.n) && one.bound.has(name)))
    );
    const shared = (Array.isArray(event.shared) ? event.shared : []).map(names);
    const relatives = this._aliases.of(Object.keys(changed));
    const before = new Map(reads.map(name => [name, this._aliases.of([name])]));
    this._aliases.update([...reads, ...Object.keys(bound), ...Object.keys(changed)], shared);
    add(one.changed, [...relatives, ...this._aliases.of(Object.keys(changed))]);
    for (const name of Object.keys(bound)) {
      // `row *= 3` binds the same object again: whoever shares it then as before is changed too.
      const after = this._aliases.of([name]);
      add(
        one.changed,
        [...(before.get(name) ?? [])].filter(other => other !== name && after.has(other))
      );
    }
    for (const name of reads) {
      const why = unseen(this._values.get(name));
      if (why !== undefined && !Object.hasOwn(bound, name)) {
        this._aliases.of([name]).forEach(other => one.maybe.set(other, why));
      }
    }
    add(one.bound, Object.keys(bound));
    for (const [name, value] of [...Object.entries(bound), ...Object.entries(changed)]) {
      this._values.set(name, isObject(value) ? value : {});
    }
    for (const name of names(event.deleted)) {
      one.deleted.add(name);
      one.bound.delete(name);
      this._values.delete(name);
      this._aliases.update([name], []);
    }
  }

  private _random(event: JsonObject & { n: number }): void {
    const one = this._of(event.n);
    for (const [stream, change] of Object.entries(isObject(event.streams) ? event.streams : {})) {
      const { before, after } = isObject(change) ? change : {};
      const first = one.streams.get(stream)?.before ?? text(before);
      one.streams.set(stream, { before: first, after: text(after) });
    }
    for (const name of Object.keys(isObject(event.generators) ? event.generators : {})) {
      one.changed.add(name);
    }
  }

  private _of(n: number): ReturnType<typeof none> {
    const outer = this._outer.get(n) ?? n;
    let one = this.effects.get(outer);
    if (!one) {
      this.effects.set(outer, (one = none()));
    }
    return one;
  }

  private readonly _outer = new Map<number, number>();
  private readonly _open: number[] = [];
  private readonly _aliases = new AliasGroups();
  private _outputs = false;
  private _variablesSeen = false;
  /** Executions whose sources bind something, or may. */
  private readonly _loud = new Set<number>();
  private readonly _values = new Map<string, JsonObject>();
}

function isPicture(mimes: Readonly<Record<string, string>>): boolean {
  return Object.keys(mimes).some(mime => mime.startsWith('image/'));
}

/** Why a change of that value would not be seen; undefined where it would be, or cannot happen. */
function unseen(value: JsonObject | undefined): string | undefined {
  const seen = text(value?.seen);
  if (seen === null || seen === 'exact' || steady.test(text(value?.type) ?? '')) {
    return undefined;
  }
  return seen === 'opaque' ? 'what it holds cannot be compared' : 'it is too large to be compared';
}

/** Types whose values stay what they are, as far as cells go that do not bind them. */
const steady =
  /^(?:builtins\.)?(?:module|type|function|method|builtin_function_or_method|NoneType|ellipsis|ufunc|numpy\.ufunc)$|Meta$|(?:^|\.)(?:partial|_lru_cache_wrapper|Logger|device|dtype|Figureless)$/;

function fileRead(file: JsonObject): IReadFile {
  return {
    path: text(file.path) ?? '',
    sha256: text(file.sha256),
    kind: text(file.kind) ?? 'file'
  };
}

function fileWritten(file: JsonObject): IWrittenFile {
  // `rename` puts a new file in the place of the old one; of other ways only the mode tells.
  const whole = file.how === 'rename' || /^[wx]/.test(text(file.mode) ?? '');
  return { path: text(file.path) ?? '', sha256: text(file.sha256), whole };
}

function names(list: unknown): string[] {
  return (Array.isArray(list) ? list : []).filter(name => typeof name === 'string');
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function add<T>(set: Set<T>, values: Iterable<T>): void {
  for (const value of values) {
    set.add(value);
  }
}
