/** Puts the tracker into the kernel of this process, and takes it out again. */
import { dirname } from 'node:path';
import { noteCode } from './code.js';
import { realpathSync } from './disk.js';
import { Environment } from './environment.js';
import { Randomness } from './randomness.js';
import { Captured } from './captured.js';
import { Cells } from './cells.js';
import { current } from './current.js';
import { Files } from './files/observer.js';
import { Params } from './hyperparameters/observer.js';
import type { IRequest } from './internals.js';
import { Kernel } from './kernel.js';
import { reasonOf } from './log.js';
import { NAME, offer } from './modules.js';
import { type IOptions, isSwitchedOff, ownPatterns, readOptions } from './options.js';
import { Outputs } from './outputs/observer.js';
import { Installed } from './packages/installed.js';
import { Packages } from './packages/observer.js';
import { findPlace, resolveNotebook } from './place.js';
import { Program } from './program/observer.js';
import { Types } from './program/types.js';
import { Recorder } from './recorder.js';
import { Seeds } from './seeding/observer.js';
import { type IKernel, Session } from './session.js';
import { Monitor } from './system/monitor.js';
import { Variables } from './variables/observer.js';

/** What whoever attaches is told. */
export interface IReply {
  state: 'recording' | 'off' | 'failed';
  /** A sentence, when it failed. */
  message?: string;
  session?: string;
  /** The folder of runs. */
  directory?: string;
  /** The notebook's folder below it. */
  notebook?: string;
  run?: { id: string; number: number; name: string; status: string; metrics: number } | null;
}

/** The tracker of a process. */
export class Attachment {
  /** @param _file - the path of the tracker's code. */
  constructor(private readonly _file: string) {
    current.begin = () => this._beginForCall();
    if (this._kernel.takeOver() > 0) {
      try {
        offer(dirname(_file));
      } catch {
        // Notebooks cannot import the calls then; capture needs none of them.
      }
    }
    process.on('exit', () => this._stop('exit'));
  }

  /** Attaches, or tells the state when it is attached already. Never throws. */
  attach(text: string): IReply {
    try {
      this._cells?.settle();
      const options = readOptions(text);
      if (options.capture === false || isSwitchedOff()) {
        this._isOff = true;
        this._kernel.takeOver();
        this._stop('capture off');
        return { state: 'off' };
      }
      this._isOff = false;
      return this._attach(options);
    } catch (error) {
      return failed(error);
    }
  }

  /** Opens a new run by hand, unless the open one has recorded nothing yet. Never throws. */
  newRun(): IReply {
    try {
      this._cells?.settle();
      const { recorder } = current;
      if (recorder === undefined) {
        return this._isOff ? { state: 'off' } : this._attach({});
      }
      const top = recorder.stack.at(-1);
      if (top === undefined || top.isRecorded) {
        recorder.startRun(undefined, undefined).isExplicit = false;
      }
      return this._reply(recorder);
    } catch (error) {
      return failed(error);
    }
  }

  /** A request that came by no socket is to be executed. */
  receive(request: IRequest): void {
    this._kernel.receive(request);
  }

  /** Begins for a notebook that imports the calls, unless it is recorded or is not to be. */
  imported(): void {
    const isFirst = current.recorder === undefined;
    const recorder = current.recorder ?? this._beginForCall();
    if (isFirst && recorder !== undefined) {
      try {
        this._kernel.adopt(NAME);
      } catch {
        // Recording begins with the next cell.
      }
    }
    this._isCalled = true;
    recorder?.executions.follow();
  }

  /** The request that loaded the tracker was executed as a cell, and is not to count as one. */
  uncount(): void {
    if (this._kernel.takeOver() > 0) {
      this._kernel.uncount();
    }
  }

  private _attach(options: IOptions): IReply {
    if (this._kernel.takeOver() === 0) {
      return {
        state: 'failed',
        message:
          'Nothing is recorded, because the inside of this kernel is not as Backtrail knows it: use tslab 1.0.'
      };
    }
    let { recorder } = current;
    if (recorder === undefined) {
      recorder = this._begin(options);
    } else {
      if (options.notebook) {
        this._followName(recorder, options.notebook);
      }
      if (options.redact) {
        recorder.session.redact(ownPatterns(options));
      }
      recorder.options.use(options);
    }
    if (options.from_top) {
      recorder.fromTop();
    }
    return this._reply(recorder);
  }

  private _begin(options: IOptions): Recorder {
    const place = findPlace(options.notebook ?? '', options.directory ?? '');
    const session = new Session(place, kernelOfProcess());
    session.redact(ownPatterns(options));
    const recorder = new Recorder(session);
    recorder.options.use(options);
    this._named = place.notebook;
    this._cells = new Cells(recorder, this._file, () => this._stop('shutdown'));
    this._cells.observers.add('random numbers', () => new Randomness(recorder));
    this._cells.observers.add('seeds', () => new Seeds(recorder));
    const types = new Types();
    this._cells.observers.add('modules', () => new Program(recorder, types));
    this._cells.observers.add('variables', () => new Variables(recorder, types));
    this._cells.observers.add('params', () => new Params(recorder));
    this._cells.observers.add('metrics', () => new Captured(recorder));
    this._cells.observers.add('outputs', () => new Outputs(recorder));
    this._cells.observers.add('files', () => new Files(recorder, dirname(this._file)));
    recorder.opened = run => {
      session.background.do(`code ${run.id}`, () => noteCode(session, run));
    };
    const environment = new Environment();
    const note = (): void =>
      session.background.do('environment', () => environment.note(session, installed.tree));
    const installed = new Installed(() => dirname(session.notebook), note);
    note();
    this._cells.observers.add('the machine', () => new Monitor(recorder));
    this._cells.observers.add('packages', () => new Packages(session, installed));
    this._kernel.listener = this._cells;
    current.recorder = recorder;
    if (this._isCalled) {
      recorder.executions.follow();
    }
    return recorder;
  }

  private _beginForCall(): Recorder | undefined {
    if (this._isOff || isSwitchedOff() || this._kernel.takeOver() === 0) {
      return undefined;
    }
    try {
      return this._begin({});
    } catch {
      return undefined;
    }
  }

  private _stop(reason: string): void {
    const { recorder } = current;
    if (recorder !== undefined) {
      this._cells?.settle();
      this._kernel.listener = undefined;
      current.recorder = undefined;
      this._cells?.observers.stop();
      this._cells = undefined;
      recorder.end(reason);
    }
  }

  private _followName(recorder: Recorder, notebook: string): void {
    const path = resolveNotebook(notebook);
    if (path !== this._named) {
      // The same file by another way, as through a link, has not moved.
      const hasMoved = real(path) !== real(this._named);
      this._named = path;
      if (hasMoved) {
        recorder.session.renamed(path);
      }
    }
  }

  private _reply({ session, stack }: Recorder): IReply {
    const run = stack.at(-1);
    return {
      state: 'recording',
      session: session.id,
      directory: session.runs,
      notebook: session.folder.slice(session.runs.length + 1),
      run: run
        ? {
            id: run.id,
            number: run.number,
            name: run.name,
            status: run.status,
            metrics: run.points.size
          }
        : null
    };
  }

  private _cells: Cells | undefined;
  private _isCalled = false;
  private _isOff = false;
  private readonly _kernel: Kernel = new Kernel(expression =>
    JSON.stringify(
      expression.startsWith('new_run')
        ? this.newRun()
        : this.attach(expression.slice('attach '.length))
    )
  );
  private _named = '';
}

/** Which kernel this process is: tslab's launcher says with an option that cells are JavaScript. */
function kernelOfProcess(): IKernel {
  const version = process.version.slice(1);
  return process.argv.includes('--js')
    ? { language: 'javascript', version, implementation: 'jslab' }
    : { language: 'typescript', version, implementation: 'tslab' };
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function failed(error: unknown): IReply {
  const isOfSystem = error instanceof Error && 'syscall' in error;
  const message = isOfSystem
    ? `Nothing is recorded, because the folder of runs cannot be written: ${reasonOf(error)}.`
    : `Nothing is recorded, because Backtrail met a ${error instanceof Error ? `${error.name}: ${error.message}` : 'fault'}.`;
  return { state: 'failed', message };
}
