/** Which executions are going on. A cell that was interrupted may go on unseen, so they can overlap. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { seconds, ticks, timeAt, timeOf } from './clock.js';
import type { JsonObject } from '../runlog/index.js';
import type { Reading } from './syntax/reading.js';

/** One execution of one cell. */
export class Execution {
  /**
   * @param n - the session's own sequence number, from 1.
   * @param cell - the notebook's id of the cell, or null.
   */
  constructor(
    readonly n: number,
    readonly cell: string | null
  ) {}

  /** The same for each execution of a cell. It is known before any of its code runs. */
  mark = '';

  /** Whether it came to its end; what it does afterwards still counts as its own. */
  isOver = false;

  /** What was made of the cell, once it was. */
  reading: Reading | undefined;

  /** What the log was told of it, while it goes on. */
  told: readonly JsonObject[] = [];

  /** What the names of the notebook stand for at its end, while that is looked at. */
  left: ReadonlyMap<string, unknown> | undefined;

  /** Whether it was compiled, so that what happens from now on is its own doing. */
  isCompiled = false;

  /** Whether it awaits something at its top level; it may do so after its end, when it was interrupted. */
  isAwaiting = false;

  /** It came to its end. What it did is looked at later, so its time is taken now. */
  over(): void {
    this.isOver = true;
    this._end = ticks();
  }

  /** When it began, in milliseconds since 1970. */
  get began(): number {
    return (this._began ??= timeAt(this._start));
  }

  /** The time of so many seconds after it began, as events have it. */
  timeAfter(duration: number): string {
    return timeOf(this.began + duration * 1000);
  }

  /** When it ended, as events have it. */
  get ended(): string {
    return timeOf(timeAt(this._end ?? ticks()));
  }

  /** Seconds from the beginning to the end, or until now, to the microsecond. */
  elapsed(): number {
    return seconds(this._start, this._end ?? ticks());
  }

  private _began: number | undefined;
  private _end: number | undefined;
  private readonly _start = ticks();
}

/** The executions of a session. */
export class Executions {
  /** The number of the last execution that began; 0 before the first. */
  lastN = 0;

  /** The execution that the kernel waits for, or undefined. */
  get goingOn(): Execution | undefined {
    return this._goingOn;
  }

  /**
   * The execution that asks: the one whose code runs now, even where it ended long ago and a timer
   * or a promise of it calls; else the one that the kernel waits for.
   */
  get current(): Execution | undefined {
    return (this._isFollowed ? this._context.getStore() : undefined) ?? this._goingOn;
  }

  /** Whether an execution that was interrupted goes on, though the kernel waits for it no longer. */
  get isGoingOnUnseen(): boolean {
    this._unseen.forEach(one => one.isAwaiting || this._unseen.delete(one));
    return this._unseen.size > 0;
  }

  /** An execution begins. */
  begin(execution: Execution): void {
    this.lastN = execution.n;
    this._goingOn = execution;
  }

  /** Runs what an execution does; everything it starts belongs to it. */
  within<T>(execution: Execution, run: () => T): T {
    return this._isFollowed ? this._context.run(execution, run) : run();
  }

  /**
   * From now on it is known to whom a late call belongs.
   *
   * #### Notes
   * Node then marks every promise, which takes time and shows where a notebook displays one. So it is
   * done only for notebooks that make calls.
   */
  follow(): void {
    if (!this._isFollowed) {
      this._isFollowed = true;
      if (this._goingOn) {
        this._context.enterWith(this._goingOn);
      }
    }
  }

  /** All that an execution did is known. */
  end(execution: Execution): void {
    if (execution.isAwaiting) {
      this._unseen.add(execution);
    }
    execution.told = [];
    if (this._goingOn === execution) {
      this._goingOn = undefined;
    }
  }

  /** The execution that a run which opens now begins with: the one going on, or else the next. */
  firstOfSpan(): number {
    if (this._goingOn) {
      return this._goingOn.n;
    }
    return this.lastN > 0 ? this.lastN + 1 : 0;
  }

  private readonly _context = hidden(new AsyncLocalStorage<Execution>());
  private _goingOn: Execution | undefined;
  private _isFollowed = false;
  private readonly _unseen = new Set<Execution>();
}

/** What Node 20 and 22 keep a context with; later ones keep it elsewhere. */
interface IPropagating {
  kResourceStore?: symbol;
  enabled?: boolean;
  _propagate?: (resource: object, trigger: Record<symbol, unknown>) => void;
}

/**
 * Keeps a context from being seen: Node leaves it on every timer and promise, where a notebook that
 * shows one would show it as well.
 */
function hidden<T>(context: AsyncLocalStorage<T>): AsyncLocalStorage<T> {
  const inside = context as unknown as IPropagating;
  const { kResourceStore: key, _propagate: propagate } = inside;
  if (typeof key === 'symbol' && typeof propagate === 'function') {
    const property = { value: undefined as unknown, writable: true, configurable: true };
    inside._propagate = (resource, trigger) => {
      property.value = trigger[key];
      if (inside.enabled && property.value !== undefined) {
        Object.defineProperty(resource, key, property);
      }
    };
  }
  return context;
}
