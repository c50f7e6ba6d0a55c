/** When runs begin and end. */
import { isId, type JsonObject } from '../runlog/index.js';
import { milliseconds, timeOf } from './clock.js';
import { readdirSync, readFileSync } from './disk.js';
import { type Execution, Executions } from './executions.js';
import { newId } from './ids.js';
import { summaryPath } from './layout.js';
import { Run, type Status } from './run.js';
import type { Session } from './session.js';
import { Usage } from './usage.js';

/** How a run ends. */
export type Outcome = Exclude<Status, 'running'>;

/** How many ended runs keep their file open: a timer may be about to log a last point. */
const MOST_RETIRED = 16;

/** The runs of one session: those that are open, and those that were. */
export class Lifecycle {
  constructor(readonly session: Session) {
    this._number = highestNumber(session.folder);
  }

  readonly executions = new Executions();
  readonly usage = new Usage((run, used) => {
    this.session.write('usage', { run: run.id, ...used });
  });
  /** The open runs: the outermost first, nested ones after it. */
  readonly stack: Run[] = [];
  /** The runs whose summary is to be written. */
  readonly touched = new Set<Run>();
  /** Ended runs whose file is still open, the latest last. */
  readonly retired: Run[] = [];
  /** Is told of each run that opens. */
  opened: (run: Run) => void = () => undefined;

  /** Opens a run by hand; one that is open and to which nothing was logged becomes that run. */
  startRun(name: string | undefined, experiment: string | undefined): Run {
    const top = this.stack.at(-1);
    if (top !== undefined && !top.isTaken && !top.isExplicit) {
      this._adopt(top, name, experiment);
      return top;
    }
    this.endAll();
    const run = this.openNew('start_run', this.executions.firstOfSpan(), name, experiment);
    run.isExplicit = true;
    return run;
  }

  /**
   * Ends a run and those nested in it. Without a status it is that of its last execution.
   *
   * @param handedOver - what it was told of this execution, and of later ones, is the next run's.
   */
  endRun(
    run: Run,
    status?: Outcome,
    cell = this._lastOfSpan(),
    time = milliseconds(),
    handedOver?: number
  ): void {
    if (!this.stack.includes(run)) {
      return;
    }
    for (let ending = this.stack.pop(); ending !== undefined; ending = this.stack.pop()) {
      ending.status = (ending === run ? status : undefined) ?? ending.lastOutcome;
      ending.ended = new Date(time);
      ending.lastCell = cell;
      this.usage.end(ending);
      const fields = { run: ending.id, status: ending.status, cell };
      const given = handedOver === undefined ? {} : { handed_over: handedOver };
      this.session.write('run_end', { time: timeOf(time), ...fields, ...given });
      this._retire(ending);
      if (ending === run) {
        return;
      }
    }
  }

  /** Ends every open run. */
  endAll(status?: Outcome, cell?: number, time?: number): void {
    if (this.stack.length > 0) {
      this.endRun(this.stack[0], status, cell, time);
    }
  }

  /** Ends the open runs before their last execution, `first`, which begins a new one. */
  handOver(first: number): Run {
    const ending = [...this.stack];
    for (const run of ending) {
      run.lastOutcome = run.outcomeBefore;
    }
    this.endRun(ending[0], undefined, first - 1, undefined, first);
    const heir = this.openNew('run from the top', first);
    for (const run of ending) {
      run.heir = heir;
    }
    return heir;
  }

  /** The run that is written to now; one is opened when there is none. */
  openRun(): Run {
    return this.stack.at(-1) ?? this.openNew(this._reason(), this.executions.firstOfSpan());
  }

  /** The run of what is captured: the open one, or the one that ended in the present execution. */
  runOfCell(): Run {
    const last = this.stack.length === 0 ? this.retired.at(-1) : undefined;
    const n = this.executions.current?.n;
    return last !== undefined && n !== undefined && last.lastCell === n ? last : this.openRun();
  }

  /** Opens a run for an execution that begins, where one is needed. */
  beginRunFor(execution: Execution): void {
    if (this.stack.length === 0) {
      this._openFor(execution, this._reason());
    } else if (this.stack.some(run => run.beginsAgain(execution.mark))) {
      this.endAll(undefined, execution.n - 1, execution.began);
      this._openFor(execution, 'cell run again');
    }
  }

  /** Opens a run whose span begins with the execution `cell`. */
  openNew(
    opened: string,
    cell: number,
    name?: string,
    experiment?: string,
    time = milliseconds()
  ): Run {
    this._number += 1;
    const run = new Run({
      id: newId(),
      number: this._number,
      name: name || `${this.session.name} ${this._number}`,
      experiment: experiment || this.session.name,
      cell,
      parent: null,
      notebook: this.session.folder,
      say: message => this.session.warn(message)
    });
    this._openedAny = true;
    this.stack.push(run);
    this.usage.goOn(run);
    this.session.write('run_start', { time: timeOf(time), ...this.runStart(run, opened) });
    this.opened(run);
    return run;
  }

  /** What the log says of a run that opens. */
  runStart(run: Run, opened: string): JsonObject {
    const { id, number, name, experiment, cell, parent } = run;
    const { user } = this.session;
    return { run: id, number, name, experiment, cell, opened, parent, user };
  }

  /** It was compiled meanwhile: its run begins when it began. */
  private _openFor({ n, began }: Execution, opened: string): void {
    this.openNew(opened, n, undefined, undefined, began);
  }

  private _reason(): string {
    return this._openedAny ? 'after end' : 'first cell';
  }

  private _lastOfSpan(): number {
    return this.executions.goingOn?.n ?? this.executions.lastN;
  }

  private _adopt(run: Run, name: string | undefined, experiment: string | undefined): void {
    run.isExplicit = true;
    const changed = {
      ...(name ? { name } : {}),
      ...(experiment && experiment !== run.experiment ? { experiment } : {})
    };
    Object.assign(run, changed);
    this.session.write('run_adopt', { run: run.id, ...changed });
    this.touched.add(run);
  }

  private _retire(run: Run): void {
    this.touched.add(run);
    this.retired.push(run);
    while (this.retired.length > MOST_RETIRED) {
      const old = this.retired.shift();
      this.session.background.do(`close ${old!.id}`, () => old!.points.close());
    }
  }

  private _number: number;
  private _openedAny = false;
}

/** The number of the latest run of the notebook. Ids sort by time, so the last few folders tell. */
function highestNumber(folder: string): number {
  let names: string[];
  try {
    names = readdirSync(folder).filter(isId).sort().slice(-8);
  } catch {
    return 0;
  }
  const numbers = names.map(name => {
    try {
      const summary = JSON.parse(readFileSync(summaryPath(folder, name), 'utf8')) as {
        number?: unknown;
      };
      return Number.isInteger(summary.number) ? Number(summary.number) : 0;
    } catch {
      return 0;
    }
  });
  return Math.max(0, ...numbers);
}
