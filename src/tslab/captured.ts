/** Metrics that a notebook makes known without logging them: printed, kept in variables, shown as results. */
import { ticks } from './clock.js';
import { follow } from './evaluations.js';
import type { Execution } from './executions.js';
import type { IExecuting } from './kernel.js';
import { NamedMetrics, VARIABLE } from './names/variables.js';
import type { ICompiled, IObserver } from './observers.js';
import type { IEnding } from './outcome.js';
import { Calls } from './printed/calls.js';
import { Given } from './printed/given.js';
import { Printing } from './printed/printing.js';
import { type IPoint, unfold } from './printed/reader.js';
import { results } from './printed/results.js';
import type { Recorder } from './recorder.js';
import { Sightings } from './sightings/arbiter.js';
import type { IMoment } from './sightings/sighting.js';
import { valuesOf } from './variables/namespace.js';

/** Milliseconds between two looks while a cell runs, and of the cell's time what they may take. */
const EVERY = 250;
const SHARE = 0.03;
/** What a cell waits for at its end; the rest of what it printed is read afterwards. */
const WAIT = 5;

const every = setInterval;
const stopEvery = clearInterval;
const PRINTED = 'printed';

/** One execution, and what was not read of it yet. */
interface IOpen {
  readonly execution: Execution;
  readonly executing: IExecuting;
  readonly given: Given;
  readonly printing: Printing;
  /** Whose metrics they are. */
  at: IMoment;
}

/** Hears of both, and has written what is news. */
export class Captured implements IObserver {
  constructor(private readonly _recorder: Recorder) {
    this._sightings = new Sightings((at, seen) => _recorder.writeCaptured(at, seen));
    this._names = new NamedMetrics(this._sightings);
    follow(() => {
      const open = this._open;
      return open && (() => open.printing.isOver || open.given.ended());
    });
  }

  readonly name = 'metrics';

  before(execution: Execution, _source: string, executing: IExecuting): void {
    if (!this._isStarted) {
      this._isStarted = true;
      this._names.start(valuesOf(executing.names()));
    }
    const open: IOpen = {
      execution,
      executing,
      given: new Given(execution, executing),
      printing: new Printing((point, time) => this._see(open.at, point, time)),
      at: { run: this._recorder.runOfCell(), cell: execution.n, mark: execution.mark }
    };
    this._open = open;
    this._looked = ticks();
  }

  compiled(execution: Execution, { isAsync }: ICompiled): void {
    this._isRebound = false;
    if (this._open !== undefined) {
      this._open.printing.names = this._calls.begin(execution.reading);
    }
    if (isAsync) {
      // It gives turns; a cell that does not is looked at when it prints.
      this._timer ??= every(() => this._look(), EVERY).unref();
    }
  }

  printed(execution: Execution, stream: string, text: string): void {
    const open = this._open;
    if (open?.execution !== execution || open.given.isIn(stream) || this._isOff(PRINTED)) {
      return;
    }
    if (!open.printing.take(stream, text)) {
      this._recorder.session.warn(
        'A cell printed more than is read for metrics; log them with backtrail.log to keep them all.'
      );
      return;
    }
    if (ticks() - this._looked > EVERY) {
      this._look();
    }
  }

  after(execution: Execution, ending: IEnding): void {
    const open = this._open;
    this._open = undefined;
    if (this._timer !== undefined) {
      stopEvery(this._timer);
      this._timer = undefined;
    }
    if (open?.execution !== execution) {
      return;
    }
    open.printing.isOver = true;
    // A run that the cell began has what it computed.
    const run = this._recorder.runOfCell();
    if (run !== open.at.run) {
      open.at = { ...open.at, run };
    }
    const isRead = open.printing.read(WAIT);
    if (!this._isOff(VARIABLE)) {
      this._lookAtEnd(open, ending.status === 'finished');
    }
    if (ending.status === 'finished') {
      this._seeResult(open);
    }
    if (isRead) {
      this._sightings.settle();
    } else {
      this._rest(open.printing);
    }
  }

  stop(): void {
    follow(undefined);
    this._open?.printing.read(Infinity);
    this._unread.splice(0).forEach(printing => printing.read(Infinity));
    if (this._timer !== undefined) {
      stopEvery(this._timer);
    }
    this._sightings.settle();
  }

  /** While a cell runs: lists first, which hold exactly what is printed rounded. */
  private _look(): void {
    const open = this._open;
    if (open === undefined) {
      return;
    }
    const begun = ticks();
    try {
      if (!this._isOff(VARIABLE)) {
        this._rebind(open.execution);
        this._names.look(open.at, valuesOf(open.executing.names()), false);
      }
      open.printing.read(Math.min(50, (begun - this._looked) * SHARE));
      this._sightings.settle(false);
    } catch {
      // It is looked at again when the cell ends, and what is wrong is said then.
    }
    this._looked = ticks();
  }

  private _lookAtEnd({ at, execution, executing }: IOpen, isFinished: boolean): void {
    const values = execution.left ?? valuesOf(executing.names());
    const bindings = execution.reading?.bindings;
    this._rebind(execution);
    this._names.look(at, values, isFinished);
    if (isFinished && bindings !== undefined) {
      this._names.bound(at, values, bindings);
    }
  }

  /** What a cell printed at length, once it is over. */
  private _rest(printing: Printing): void {
    this._unread.push(printing);
    this._recorder.session.background.do('printed', async () => {
      while (this._unread.length > 0) {
        if (this._unread[0].read(WAIT)) {
          this._unread.shift();
        }
        await new Promise(resolve => setImmediate(resolve));
      }
      this._sightings.settle();
    });
  }

  private _see(at: IMoment, { items, step }: IPoint, time: number): void {
    for (const group of unfold(items)) {
      this._sightings.see(at, {
        values: new Map([...group].map(([name, { value }]) => [name, value])),
        step,
        origin: PRINTED,
        isExact: false,
        rounded: group,
        time
      });
    }
  }

  private _seeResult({ at, execution, given: { value } }: IOpen): void {
    const tree = execution.reading?.tree;
    if (value !== undefined && tree !== undefined && !this._names.has(value)) {
      for (const { values, origin, step } of results(tree, value)) {
        if (!this._isOff(origin)) {
          this._sightings.see(at, { values, step, origin, isExact: true });
        }
      }
    }
  }

  /** The code is read for it once, and not before anything is looked at. */
  private _rebind({ reading }: Execution): void {
    if (!this._isRebound) {
      this._isRebound = true;
      this._names.before(reading?.bindings);
    }
  }

  private _isOff(origin: string): boolean {
    return this._recorder.options.words('capture_off').includes(origin);
  }

  private readonly _calls = new Calls();
  private _isRebound = true;
  private _isStarted = false;
  private _looked = 0;
  private readonly _names: NamedMetrics;
  private _open: IOpen | undefined;
  private readonly _sightings: Sightings;
  private _timer: NodeJS.Timeout | undefined;
  /** What cells that are over printed and was not read yet. */
  private readonly _unread: Printing[] = [];
}
