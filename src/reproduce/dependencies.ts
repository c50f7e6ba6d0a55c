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
import { fileRead, fileWritten, none, type Draft, type IEffects } from './effects.js';
import { ModuleState } from './modulestate.js';
import { isQuiet, setsFigures, writesFile } from './sources.js';
import { unseen } from './unseen.js';

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
  readonly effects = new Map<number, Draft>();

  read(event: JsonObject): void {
    if (isEvent(event, 'cell_start')) {
      const parent = event.parent ?? null;
      this._outer.set(event.n, parent === null ? event.n : (this._outer.get(parent) ?? event.n));
      this._open.push(event.n);
      this._of(event.n);
      this._sources.set(event.n, event.source ?? '');
      if (!isQuiet(event.source ?? '=')) {
        this._loud.add(this._outer.get(event.n) ?? event.n);
      }
    } else if (isEvent(event, 'cell_end')) {
      this._open.splice(this._open.lastIndexOf(event.n), this._open.includes(event.n) ? 1 : 0);
      if (event.error?.type === 'UsageError') {
        this._refused.add(event.n);
      }
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
      for (const [name, module] of Object.entries(event.modules ?? {})) {
        this._modules.own(name);
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
      const unwritten = writesFile(this._sources.get(n) ?? '') && !one.filesWritten.length;
      one.known ||= !this._loud.has(n) && !unwritten;
    }
    for (const [n, source] of this._variablesSeen ? this._sources : []) {
      this._changesModules(this._of(n), source);
    }
    this._firstFigures();
    for (const one of this._outputs ? this.effects.values() : []) {
      one.displayed ??= false;
      one.pictured ??= false;
    }
    // A magic that IPython does not know did nothing.
    for (const n of this._refused) {
      const { unknown } = this._of(n);
      [...unknown]
        .filter(why => why.startsWith('unknown magic'))
        .forEach(why => unknown.delete(why));
    }
    // What was written and then kept in the same execution is its own, not that of an earlier one.
    for (const { filesRead, filesWritten } of this.effects.values()) {
      const own = new Set(filesWritten.map(({ sha256 }) => sha256));
      const others = filesRead.filter(({ kind, sha256 }) => kind !== 'content' || !own.has(sha256));
      filesRead.splice(0, filesRead.length, ...others);
    }
  }

  /** The first figure sets some of matplotlib by itself, and so would the next one without it. */
  private _firstFigures(): void {
    const first = [...this.effects].find(([, one]) => one.hiddenWrites.has('matplotlib'));
    if (first && !setsFigures(this._sources.get(first[0]) ?? '')) {
      first[1].hiddenWrites.delete('matplotlib');
    }
  }

  private _changesModules(one: Draft, source: string): void {
    for (const { module, own, why, names } of this._modules.changes(source)) {
      if (own) {
        names.forEach(name => one.maybe.set(name, why));
      } else {
        one.hiddenWrites.add(`module:${module}`);
      }
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
    const bound = isObject(event.bound) ? { ...event.bound } : {};
    // That of the last shell line.
    delete bound._exit_code;
    const changed = isObject(event.changed) ? event.changed : {};
    const reads = names(event.reads);
    const hidden = isObject(event.hidden) ? event.hidden : {};
    this._variablesSeen = true;
    this._modules.bound(bound, this._sources.get(event.n) ?? '');
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
    this._patches(one, reads, Object.keys(bound), names(hidden.writes));
    // What could not be compared is told as changed too.
    const assumed = Object.keys(changed).filter(name => isAssumed(changed[name]));
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
    for (const name of assumed) {
      one.changed.delete(name);
      one.maybe.set(name, 'it was used, and cannot be compared');
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

  /** A function that was put into a module reads, and may change, what its cell had, whoever calls it. */
  private _patches(one: Draft, reads: string[], bound: string[], hidden: string[]): void {
    for (const [name, module] of this._modules.among(reads)) {
      for (const behind of this._behind.get(module) ?? []) {
        one.reads.add(behind);
        one.maybe.set(behind, `${name} was patched`);
      }
    }
    const patched = hidden.flatMap(state => /^module:(.+)/.exec(state)?.[1] ?? []);
    const modules = new Set(this._modules.among([...reads, ...bound]).map(([name]) => name));
    for (const module of patched) {
      const behind = this._behind.get(module) ?? new Set();
      add(
        behind,
        [...reads, ...bound].filter(name => !modules.has(name))
      );
      this._behind.set(module, behind);
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

  private _of(n: number): Draft {
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
  private readonly _sources = new Map<number, string>();
  private readonly _modules = new ModuleState();
  /** The names of the notebook that patches of a module may use. */
  private readonly _behind = new Map<string, Set<string>>();
  private _outputs = false;
  private _variablesSeen = false;
  /** Executions whose sources bind something, or may. */
  private readonly _loud = new Set<number>();
  /** Executions that failed because of a magic. */
  private readonly _refused = new Set<number>();
  private readonly _values = new Map<string, JsonObject>();
}

function isPicture(mimes: Readonly<Record<string, string>>): boolean {
  return Object.keys(mimes).some(mime => mime.startsWith('image/'));
}

function isAssumed(value: unknown): boolean {
  return isObject(value) && value.assumed === true;
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
