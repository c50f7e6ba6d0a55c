/** Metrics that a notebook makes known without logging them: printed, or kept in variables. */
import { milliseconds, ticks } from './clock.js';
import { follow } from './evaluations.js';
import type { Execution } from './executions.js';
import type { IExecuting } from './kernel.js';
import { NamedMetrics, VARIABLE } from './names/variables.js';
import type { ICompiled, IObserver } from './observers.js';
import type { IEnding } from './outcome.js';
import { Calls, type NamesOf } from './printed/calls.js';
import { Lines } from './printed/lines.js';
import { clean, LONGEST } from './printed/pieces.js';
import { Reader, unfold } from './printed/reader.js';
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
/** Characters that wait to be read; what is printed beyond that is lost for metrics, and that is said. */
const LARGEST = 32 << 20;

const every = setInterval;
const stopEvery = clearInterval;
const PRINTED = 'printed';
/** Where the kernel keeps what the last expression gave. */
const GIVEN = /\bexports\.(tsLastExpr\d*) = (?![^]*\bexports\.tsLastExpr\d* = )/;

/** A text that was printed, and when, in milliseconds since 1970. */
interface IText {
  readonly stream: string;
  readonly text: string;
  readonly time: number;
}

/** What was read of one stream. */
interface IStream {
  readonly lines: Lines;
  readonly reader: Reader;
  /** When its last text was printed. */
  time: number;
}

/** What one execution printed and was not read yet. */
interface IOpen {
  readonly execution: Execution;
  readonly executing: IExecuting;
  readonly at: IMoment;
  readonly waiting: IText[];
  readonly streams: Map<string, IStream>;
  /** Names for the numbers that it prints. */
  names: NamesOf;
  /** What its last expression gave, from its end until that was looked at. */
  result: { readonly value: unknown } | undefined;
  /** Whether the kernel is about to show it. */
  isShown: boolean;
  size: number;
  isOver: boolean;
}

/** Hears of both, and has written what is news. */
export class Captured implements IObserver {
  constructor(private readonly _recorder: Recorder) {
    this._sightings = new Sightings((at, seen) => _recorder.writeCaptured(at, seen));
    this._names = new NamedMetrics(this._sightings);
    follow(() => {
      const open = this._open;
      return open && (() => this._ended(open));
    });
  }

  readonly name = 'metrics';

  before(execution: Execution, _source: string, executing: IExecuting): void {
    if (!this._isStarted) {
      this._isStarted = true;
      this._names.start(valuesOf(executing.names()));
    }
    const at = { run: this._recorder.runOfCell(), cell: execution.n, mark: execution.mark };
    this._open = {
      execution,
      executing,
      at,
      waiting: [],
      streams: new Map(),
      names: () => [],
      result: undefined,
      isShown: false,
      size: 0,
      isOver: false
    };
    this._looked = ticks();
  }

  compiled(execution: Execution, { isAsync }: ICompiled): void {
    this._isRebound = false;
    if (this._open !== undefined) {
      this._open.names = this._calls.begin(execution.reading);
    }
    if (isAsync) {
      // It gives turns; a cell that does not is looked at when it prints.
      this._timer ??= every(() => this._look(), EVERY).unref();
    }
  }

  printed(execution: Execution, stream: string, text: string): void {
    const open = this._open;
    if (open?.execution !== execution || this._isResult(open, stream) || this._isOff(PRINTED)) {
      return;
    }
    if (open.size + text.length > LARGEST) {
      this._recorder.session.warn(
        'A cell printed more than is read for metrics; log them with backtrail.log to keep them all.'
      );
      return;
    }
    open.size += text.length;
    open.waiting.push({ stream, text, time: milliseconds() });
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
    open.isOver = true;
    // A run that the cell began has what it computed.
    const now = { ...open.at, run: this._recorder.runOfCell() };
    const at = now.run === open.at.run ? open.at : now;
    const moved: IOpen = { ...open, at };
    const isRead = this._read(moved, WAIT);
    if (!this._isOff(VARIABLE)) {
      const values = execution.left ?? valuesOf(open.executing.names());
      const isFinished = ending.status === 'finished';
      const { bindings } = execution.reading ?? {};
      this._rebind(execution);
      this._names.look(at, values, isFinished);
      if (isFinished && bindings !== undefined) {
        this._names.bound(at, values, bindings);
      }
    }
    if (ending.status === 'finished') {
      this._seeResult(moved);
    }
    if (isRead) {
      this._sightings.settle();
    } else {
      this._rest(moved);
    }
  }

  stop(): void {
    follow(undefined);
    if (this._open !== undefined) {
      this._read(this._open, Infinity);
    }
    this._unread.splice(0).forEach(open => this._read(open, Infinity));
    if (this._timer !== undefined) {
      stopEvery(this._timer);
    }
    this._sightings.settle();
  }

  /** The code of a cell has come to its end: the kernel shows what its last expression gave. */
  private _ended(open: IOpen): void {
    const name = open.isOver ? undefined : GIVEN.exec(open.execution.reading?.code ?? '')?.[1];
    const given = name && Object.getOwnPropertyDescriptor(open.executing.names(), name);
    if (given && given.value !== undefined && given.value !== null) {
      open.result = { value: given.value };
      open.isShown = true;
    }
  }

  /** Whether a text is what the kernel shows of the result: only of a text it is read as such. */
  private _isResult(open: IOpen, stream: string): boolean {
    const isShown = open.isShown && stream === 'stdout';
    if (isShown) {
      open.isShown = false;
    }
    return isShown && typeof open.result?.value !== 'string';
  }

  private _seeResult({ at, execution, result }: IOpen): void {
    const tree = execution.reading?.tree;
    if (result !== undefined && tree !== undefined && !this._names.has(result.value)) {
      for (const { values, origin, step } of results(tree, result.value)) {
        if (!this._isOff(origin)) {
          this._sightings.see(at, { values, step, origin, isExact: true });
        }
      }
    }
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
      this._read(open, Math.min(50, (begun - this._looked) * SHARE));
      this._sightings.settle(false);
    } catch {
      // It is looked at again when the cell ends, and what is wrong is said then.
    }
    this._looked = ticks();
  }

  /** What a cell printed at length, once it is over. */
  private _rest(open: IOpen): void {
    this._unread.push(open);
    this._recorder.session.background.do('printed', async () => {
      while (this._unread.length > 0) {
        if (this._read(this._unread[0], WAIT)) {
          this._unread.shift();
        }
        await new Promise(resolve => setImmediate(resolve));
      }
      this._sightings.settle();
    });
  }

  /** Reads what was printed, for so many milliseconds; true when all was read. */
  private _read(open: IOpen, milliseconds: number): boolean {
    const until = ticks() + milliseconds;
    const { waiting } = open;
    let at = 0;
    for (; at < waiting.length; at++) {
      const { stream, text, time } = waiting[at];
      let known = open.streams.get(stream);
      if (known === undefined) {
        open.streams.set(stream, (known = { lines: new Lines(), reader: new Reader(), time }));
      }
      known.time = time;
      for (const line of known.lines.feed(text)) {
        this._take(open, known, line);
      }
      if ((at & 15) === 15 && ticks() > until) {
        at += 1;
        break;
      }
    }
    waiting.splice(0, at);
    if (waiting.length > 0) {
      return false;
    }
    if (open.isOver) {
      for (const stream of open.streams.values()) {
        for (const line of stream.lines.flush()) {
          this._take(open, stream, line);
        }
      }
    }
    return true;
  }

  private _take(open: IOpen, { reader, time }: IStream, line: string): void {
    if (line.length > 2 * LONGEST) {
      return;
    }
    const text = clean(line);
    const point = reader.read(text, open.names(text));
    for (const group of unfold(point?.items ?? [])) {
      const items = [...group];
      this._sightings.see(open.at, {
        values: new Map(items.map(([name, { value }]) => [name, value])),
        step: point?.step,
        origin: PRINTED,
        isExact: false,
        rounded: new Map(items),
        time
      });
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
  private readonly _unread: IOpen[] = [];
}
