/** A session log that is open. Nothing goes into it that has not been through its redactor. */
import { dirname, join, relative, resolve } from 'node:path';
import type { JsonObject } from '../runlog/index.js';
import { Background } from './background.js';
import { now } from './clock.js';
import { remember } from './directories.js';
import { newId } from './ids.js';
import { identity, user } from './identity.js';
import { logPath, storeBlob } from './layout.js';
import { Log, reasonOf } from './log.js';
import type { IPlace } from './place.js';
import { Redactor } from '../secrets/redactor.js';
import { VERSION } from './version.js';

/** Which kernel is recorded. */
export interface IKernel {
  readonly language: 'typescript' | 'javascript';
  readonly version: string;
  readonly implementation: string;
}

/** The beginning of an execution, or what was made of it. */
export interface ISafeEvent {
  readonly event: 'cell_start' | 'compiled';
  readonly time: string;
  readonly n: number;
  readonly [field: string]: unknown;
}

/** One kernel's life on one notebook. */
export class Session {
  /** @throws when the log cannot be written. */
  constructor(
    place: IPlace,
    private readonly _kernel: IKernel
  ) {
    this.notebook = place.notebook;
    this.runs = place.runs;
    this.folder = join(place.runs, place.name);
    this.name = place.name;
    this._begin = this._sessionEvent();
    const say = (message: string): void => this.warn(message);
    this.log = new Log(logPath(this.folder, this.id), say, again => this._opening(again));
    this.written.push(encode(this._begin));
    try {
      remember(this.runs);
    } catch (error) {
      this.warn(
        `The folder ${this.runs} could not be noted in the Jupyter data directory ` +
          `(${reasonOf(error)}), so it may be missing in lists of all runs.`
      );
    }
  }

  readonly id = newId();
  readonly user = user();
  readonly process = identity();
  readonly background = new Background();
  readonly redactor = new Redactor();
  readonly log: Log;
  /** The name of the notebook's folder under `runs`. */
  readonly name: string;
  /** The notebook's path, absolute. */
  notebook: string;
  /** The folder of runs. */
  runs: string;
  /** The notebook's folder under `runs`. */
  folder: string;
  /** Lines that were written and not yet taken into the summaries. */
  readonly written: string[] = [];
  /** Gives events that make sense of what follows, for a log that was deleted and is begun anew. */
  reopening: () => JsonObject[] = () => [];
  /** Is told when the folder was moved, and followed. */
  relocated: () => void = () => undefined;

  /** Appends one event, with the present time and without secrets. Never throws. */
  write(event: string, fields: Readonly<Record<string, unknown>>): void {
    if (this._isClosed) {
      return;
    }
    try {
      const time = fields['time'] ?? now();
      this._append(encode({ event, time, ...this.redactor.event(event, fields) }));
    } catch (error) {
      if (event !== 'warning') {
        this.warn(`An event (${event}) could not be recorded: ${reasonOf(error)}.`);
      }
    }
  }

  /** Appends an event whose texts went through the redactor where it was made. */
  writeSafe(event: ISafeEvent): void {
    if (!this._isClosed) {
      this._append(encode(event));
    }
  }

  /** What `run` writes goes to the log in one piece when it is done: a call of the system takes as long as the rest. */
  together(run: () => void): void {
    if (this._held !== undefined) {
      run();
      return;
    }
    const held: string[] = (this._held = []);
    try {
      run();
    } finally {
      this._held = undefined;
      if (held.length > 0) {
        this.log.write(held.join(''));
        this.written.push(...held);
      }
    }
  }

  /** Withholds what the user's own patterns match from now on. */
  redact(patterns: readonly string[]): void {
    this.redactor.use(patterns);
    for (const problem of this.redactor.problems.splice(0)) {
      this.warn(problem);
    }
  }

  /** Records, once, that something could not be recorded. */
  warn(message: string, n: number | null = null): void {
    if (!this._warned.has(message)) {
      this._warned.add(message);
      this.write('warning', { message, n });
    }
  }

  /** The notebook has another path now; what was recorded stays where it is. */
  renamed(notebook: string): void {
    const from = this.notebook;
    this.notebook = notebook;
    this.write('rename_notebook', { session: this.id, from, to: notebook });
  }

  /** The log may have been deleted or moved meanwhile. */
  doubt(): void {
    this._isSure = false;
  }

  /** Makes sure, once after a doubt, that the log is there, and of where its folder is. */
  ensure(): void {
    if (this._isSure) {
      return;
    }
    this._isSure = true;
    const moved = this.log.moved();
    if (moved !== undefined && dirname(moved).endsWith('sessions')) {
      this.log.path = moved;
      this.folder = dirname(dirname(moved));
      this.runs = dirname(this.folder);
      this.relocated();
    } else {
      this.log.check();
    }
  }

  /** Keeps some content once and returns its hash; null, with a warning, where that fails. */
  store(what: string, data: string | Uint8Array): string | null {
    // It is also done while no cell runs, and takes much longer than to look.
    this.doubt();
    this.ensure();
    try {
      return storeBlob(this.runs, data);
    } catch (error) {
      this.warn(`${what} could not be kept: ${reasonOf(error)}.`);
      return null;
    }
  }

  /** Ends the session in an orderly way. */
  close(reason: string): void {
    this.write('session_end', { reason });
    this._isClosed = true;
    this.log.sync();
    this.log.close();
  }

  /** A path as the log has it: relative to the notebook's folder where it can be, with `/`. */
  relative(path: string): string {
    return relative(dirname(this.notebook), resolve(path)).replaceAll('\\', '/');
  }

  private _append(line: string): void {
    if (this._held === undefined) {
      this.log.write(line);
      this.written.push(line);
    } else {
      this._held.push(line);
    }
  }

  private _sessionEvent(): JsonObject {
    return {
      event: 'session',
      time: now(),
      format: 1,
      session: this.id,
      notebook: { path: this.notebook, name: this.name },
      kernel: { ...this._kernel },
      process: { ...this.process },
      user: this.user,
      writer: { name: 'backtrail', version: VERSION },
      cwd: process.cwd()
    };
  }

  private _opening(again: boolean): string {
    if (!again) {
      return encode(this._begin);
    }
    const message = 'The log was deleted while it was written; what it held before is lost.';
    const lost = { event: 'warning', time: now(), message, n: null };
    const told = this.reopening().map(({ event, time, ...fields }) => ({
      event,
      time,
      ...this.redactor.event(String(event), fields)
    }));
    const lines = [this._begin, lost, ...told].map(encode);
    this.written.splice(0, Infinity, ...lines);
    return lines.join('');
  }

  private readonly _begin: JsonObject;
  /** Lines that are to go to the log in one piece. */
  private _held: string[] | undefined;
  private _isClosed = false;
  private _isSure = true;
  private readonly _warned = new Set<string>();
}

/** One line. A lone surrogate, which UTF-8 cannot hold, is written as an escape by JSON itself. */
function encode(event: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(event)}\n`;
}
