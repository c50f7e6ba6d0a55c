/** Parts of the tracker that hear of every execution, each guarded from the others. */
import type { Execution } from './executions.js';
import type { IExecuting } from './kernel.js';
import type { IEnding } from './outcome.js';

/** What the kernel made of a cell. */
export interface ICompiled {
  /** The JavaScript that was evaluated. */
  readonly code: string;
  /** Whether it awaits at its top level. */
  readonly isAsync: boolean;
}

/** A part that hears of executions. */
export interface IObserver {
  /** What it is called where it fails. */
  readonly name: string;
  /** An execution begins; nothing of it was compiled yet. */
  before?(execution: Execution, source: string, executing: IExecuting): void;
  /** An execution was compiled and is about to be evaluated. */
  compiled?(execution: Execution, compiled: ICompiled): void;
  /** An execution printed something, before it ended. */
  printed?(execution: Execution, stream: string, text: string): void;
  /** An execution displayed something, by MIME type, before it ended. */
  displayed?(execution: Execution, data: Readonly<Record<string, unknown>>): void;
  /** An execution ended. */
  after?(execution: Execution, ending: IEnding): void;
  /** Nothing is recorded any more: what was put into the kernel is taken out. */
  stop?(): void;
}

/** The observers of one recording. */
export class Observers {
  /** @param warn - is told which of them failed. */
  constructor(private readonly _warn: (message: string) => void) {}

  /** Adds one, made by `create`; one that cannot begin is left out. */
  add(name: string, create: () => IObserver): void {
    this._guard(name, () => this._observers.push(create()));
  }

  /** Tells all of them that an execution begins. */
  before(execution: Execution, source: string, executing: IExecuting): void {
    this._tell(observer => observer.before?.(execution, source, executing));
  }

  /** Tells all of them that an execution was compiled. */
  compiled(execution: Execution, compiled: ICompiled): void {
    this._tell(observer => observer.compiled?.(execution, compiled));
  }

  /** Tells all of them what an execution printed. */
  printed(execution: Execution, stream: string, text: string): void {
    for (const observer of this._observers) {
      if (observer.printed !== undefined) {
        try {
          observer.printed(execution, stream, text);
        } catch (error) {
          this._failed(observer.name, error);
        }
      }
    }
  }

  /** Tells all of them what an execution displayed. */
  displayed(execution: Execution, data: Readonly<Record<string, unknown>>): void {
    this._tell(observer => observer.displayed?.(execution, data));
  }

  /** Tells all of them that an execution ended. */
  after(execution: Execution, ending: IEnding): void {
    this._tell(observer => observer.after?.(execution, ending));
  }

  /** Takes all of them out. */
  stop(): void {
    this._tell(observer => observer.stop?.());
    this._observers.length = 0;
  }

  private _tell(tell: (observer: IObserver) => void): void {
    for (const observer of this._observers) {
      this._guard(observer.name, () => tell(observer));
    }
  }

  private _guard(name: string, run: () => void): void {
    try {
      run();
    } catch (error) {
      this._failed(name, error);
    }
  }

  private _failed(name: string, error: unknown): void {
    const kind = error instanceof Error ? error.name : 'fault';
    this._warn(`What is recorded of ${name} is not complete, because of a ${kind} in Backtrail.`);
  }

  private readonly _observers: IObserver[] = [];
}
