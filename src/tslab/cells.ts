/** Hears from the kernel of each execution. Whatever goes wrong in here, the cell never knows. */
import { types } from 'node:util';
import { Afterwards } from './afterwards.js';
import { Execution } from './executions.js';
import type { IAdopted, IExecuting, IListener } from './kernel.js';
import { withoutUs } from './stacks.js';
import { Observers } from './observers.js';
import { FINISHED, type IEnding, INTERRUPTED, refused, shown, thrown, unread } from './outcome.js';
import type { ISinks } from './internals.js';
import { onTurn } from './program/allocator.js';
import { Telling } from './telling.js';
import { counters, type ICounters, Meter } from './usage.js';
import { plain } from './values.js';
import { valuesOf } from './variables/namespace.js';
import type { Recorder } from './recorder.js';

/** Seconds of compiling that a cell is not told of. */
const LONG = 0.25;
/** How much of what the compiler says is kept, in characters. */
const LONGEST_REFUSAL = 4096;

/** An execution that the kernel waits for. */
interface IOpen {
  readonly execution: Execution;
  readonly executing: IExecuting;
  /** The number that the notebook shows of it. */
  readonly count: number | null;
  /** What the process had used when it began. */
  readonly used: ICounters;
  readonly meter: Meter;
  /** Whether it was told of. */
  isStarted: boolean;
  /** Whether it was compiled, so that what goes wrong from now on is of its own. */
  isCompiled: boolean;
  /** What the compiler said of it. */
  refusal: string;
  /** What it threw, once it did. */
  ending: IEnding | undefined;
}

/** Writes what the executions of one recording are and how they end. */
export class Cells implements IListener {
  /**
   * @param _recorder - is told of them.
   * @param _file - the path of the tracker's code, which is kept out of the stacks of errors.
   * @param _onShutdown - is called when the kernel was told to end and nothing is going on.
   */
  constructor(
    private readonly _recorder: Recorder,
    private readonly _file: string,
    private readonly _onShutdown: () => void
  ) {
    this.observers = new Observers(message => _recorder.session.warn(message));
    this._telling = new Telling(_recorder.session);
    onTurn(() => this._turn());
  }

  /** Who else hears of them. */
  readonly observers: Observers;

  execute(
    executing: IExecuting,
    run: (sinks: ISinks) => Promise<unknown>,
    sinks: ISinks
  ): Promise<unknown> {
    this.settle();
    const open = this._guard(() => this._begin(executing));
    if (open === undefined) {
      return run(sinks);
    }
    const heard: ISinks = {
      write: (name, text) => {
        this._printed(open, name, text);
        sinks.write(name, text);
      },
      display: (content, update) => {
        this._guard(() => this._displayed(open, content, update === true));
        sinks.display(content, update);
      }
    };
    const end = (isFailed: boolean): void => {
      this._guard(() => this._end(open, isFailed));
    };
    return this._recorder.executions
      .within(open.execution, () => run(heard))
      .then(
        result => {
          end(false);
          return result;
        },
        (reason: unknown) => {
          this._gaveUp(open, reason);
          end(true);
          throw reason;
        }
      );
  }

  adopt(executing: IExecuting, code: string | undefined): IAdopted | undefined {
    const open = this._guard(() => this._begin(executing));
    if (open === undefined) {
      return undefined;
    }
    let said = '';
    this._guard(() => {
      if (code === undefined) {
        open.isCompiled = open.execution.isCompiled = true;
        this._telling.together(open.execution, () => this._start(open));
      } else {
        this._compiled(open, code);
      }
    });
    return {
      sinks: {
        write: (name, text) => {
          said = name === 'stderr' ? text : said;
          this._printed(open, name, text);
        },
        display: (content, update) => {
          this._guard(() => this._displayed(open, content, update === true));
        }
      },
      end: isFailed => {
        open.ending = isFailed ? shown(said) : undefined;
        this._guard(() => {
          this._end(open, isFailed);
        });
      },
      giveUp: () => {
        this._open = undefined;
        open.execution.over();
        this._recorder.executions.end(open.execution);
      }
    };
  }

  /** Has everything written about the executions that have ended. */
  settle(): void {
    this._afterwards.settle();
  }

  evaluate(code: string, run: () => unknown): unknown {
    const open = this._open;
    if (open === undefined || open.isCompiled) {
      return run();
    }
    this._guard(() => this._compiled(open, code));
    try {
      const result = run();
      if (result instanceof Promise) {
        // Before the kernel looks at it, so that its end knows what was thrown.
        open.execution.isAwaiting = true;
        result.then(
          () => (open.execution.isAwaiting = false),
          (error: unknown) => {
            open.execution.isAwaiting = false;
            this._thrown(open, error);
          }
        );
      }
      return result;
    } catch (error) {
      this._thrown(open, error);
      throw error;
    }
  }

  shutdown(): void {
    if (this._open === undefined) {
      this._guard(this._onShutdown);
    } else {
      // The kernel lets it come to its end, as one that is interrupted now does.
      this._isLast = true;
    }
  }

  /** Takes what would be another when the cell is compiled. */
  private _begin(executing: IExecuting): IOpen {
    const { executions } = this._recorder;
    const execution = new Execution(executions.lastN + 1, executing.cell);
    const used = counters();
    const open: IOpen = {
      execution,
      executing,
      count: next(executing.count()),
      used,
      meter: new Meter(used),
      isStarted: false,
      isCompiled: false,
      refusal: '',
      ending: undefined
    };
    executions.begin(execution);
    this._open = open;
    return open;
  }

  /**
   * Tells of an execution, before any of its code runs.
   *
   * #### Notes
   * Not before it is compiled: the compiler fills the caches of the processor, and what is done in one go
   * behind it takes half of what it takes before and behind.
   */
  private _start(open: IOpen): void {
    if (open.isStarted) {
      return;
    }
    open.isStarted = true;
    const { execution, executing, count, used } = open;
    this._telling.sent(execution, executing, count, () => {
      this._recorder.cellStarted(execution, used);
    });
    this.observers.before(execution, executing.request.code, executing);
  }

  /** A cell that takes long to compile is told of meanwhile, for a kernel that is killed by it. */
  private _turn(): void {
    const open = this._open;
    if (open !== undefined && !open.isStarted && open.execution.elapsed() > LONG) {
      this._guard(() => {
        this._telling.together(open.execution, () => this._start(open));
      });
    }
  }

  private _printed(open: IOpen, name: string, text: string): void {
    if (open.isCompiled) {
      // What the kernel prints of an error that ends the cell is none of the cell's.
      if (!open.execution.isOver && !(open.ending !== undefined && name === 'stderr')) {
        this.observers.printed(open.execution, name, text);
      }
    } else if (name === 'stderr' && open.refusal.length < LONGEST_REFUSAL) {
      open.refusal += text;
    }
  }

  private _displayed(open: IOpen, { data }: { data?: unknown }, isUpdate: boolean): void {
    if (isUpdate || open.execution.isOver || typeof data !== 'object' || data === null) {
      return;
    }
    // The notebook may change what it displayed before it is looked at.
    const contents = Object.entries(data).map(([mime, content]: [string, unknown]) => [
      mime,
      content instanceof Uint8Array ? content.slice() : plain(content)
    ]);
    this.observers.displayed(
      open.execution,
      Object.fromEntries(contents) as Record<string, unknown>
    );
  }

  /** What is written of it is on its way when this returns. */
  private _compiled(open: IOpen, code: string): void {
    const duration = open.execution.elapsed();
    open.isCompiled = open.execution.isCompiled = true;
    this._telling.together(open.execution, () => {
      this._guard(() => this._start(open));
      this.observers.compiled(open.execution, this._telling.made(open.execution, code, duration));
    });
  }

  private _thrown(open: IOpen, error: unknown): void {
    withoutUs(error, this._file);
    this._guard(() => {
      const ending = thrown(error);
      if (open.execution.isOver) {
        const { session } = this._recorder;
        const { type = 'Error', message = '' } = ending.error ?? {};
        const said = `An execution that was interrupted failed later: ${type}: ${message}`;
        session.warn(said, open.execution.n);
      }
      open.ending = ending;
    });
  }

  /** The compiler itself failed, as at what is nested too deeply: it refused nothing, and no code ran. */
  private _gaveUp(open: IOpen, reason: unknown): void {
    if (!open.isCompiled && types.isNativeError(reason)) {
      withoutUs(reason, this._file);
      open.ending = unread(reason);
    }
  }

  /** Only what has to be told before anything else happens; the kernel answers behind it. */
  private _end(open: IOpen, isFailed: boolean): void {
    open.execution.over();
    if (!open.isStarted) {
      // The compiler refused it, or it has no code to run.
      this._guard(() => {
        this._telling.together(open.execution, () => this._start(open));
      });
    }
    const ending = isFailed ? failure(open) : FINISHED;
    this._open = undefined;
    this._afterwards.do(() => {
      this._guard(() => this._finish(open, ending));
      if (this._isLast) {
        this._guard(this._onShutdown);
      }
    });
  }

  private _finish({ execution, executing, meter }: IOpen, ending: IEnding): void {
    // The answer is in it, which need not wait for this.
    const used = counters();
    meter.count(false, used);
    this._recorder.cellIsOver(used);
    this._guard(() => this._recorder.checkFiles());
    execution.left = this._guard(() => valuesOf(executing.names()));
    // While it is still the current one, to which what they find out belongs.
    this.observers.after(execution, ending);
    // Nothing of the notebook is held.
    execution.left = undefined;
    // Last, so that who reads it knows that the rest is there.
    this._telling.ended(execution, executing.count(), ending, meter.used());
    this._recorder.cellEnded(execution, ending.status);
  }

  /** Runs a part of the tracker; what goes wrong is noted in the log, if even that is possible. */
  private _guard<T>(run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      try {
        const kind = error instanceof Error ? error.name : 'fault';
        const said = `A cell was not recorded in full, because of a ${kind} in Backtrail.`;
        this._recorder.session.warn(said);
      } catch {
        // Nothing more can be done.
      }
      return undefined;
    }
  }

  private readonly _afterwards = new Afterwards();
  /** Whether the kernel was told to end while an execution went on. */
  private _isLast = false;
  private _open: IOpen | undefined;
  private readonly _telling: Telling;
}

/** The number that the notebook shows of the next cell. */
function next(count: number | null): number | null {
  return count === null ? null : count + 1;
}

/** How an execution failed: by what it threw, by the compiler, or from outside while it waited. */
function failure(open: IOpen): IEnding {
  return open.ending ?? (open.isCompiled ? INTERRUPTED : refused(open.refusal));
}
