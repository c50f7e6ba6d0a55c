/** A run as the tracker holds it while it can still be written to. */
import { join } from 'node:path';
import { artifactsFolder, metricsPath } from './layout.js';
import { Points } from './points.js';

/** How a run ends. */
export type Status = 'running' | 'finished' | 'failed' | 'interrupted';

/** A param as it was last written. */
export interface IParam {
  readonly value: unknown;
  readonly cell: number | null;
  readonly origin: string;
}

/** One run. */
export class Run {
  constructor(options: Run.IOptions) {
    ({ id: this.id, number: this.number, cell: this.cell, parent: this.parent } = options);
    this.name = options.name;
    this.experiment = options.experiment;
    this._notebook = options.notebook;
    this.points = new Points(metricsPath(options.notebook, options.id), options.say);
  }

  readonly id: string;
  /** Its place among the notebook's runs. */
  readonly number: number;
  /** The execution it begins with. */
  readonly cell: number;
  /** The run it is nested in, or null. */
  readonly parent: string | null;
  readonly points: Points;
  readonly started = new Date();
  name: string;
  experiment: string;
  status: Status = 'running';
  ended: Date | null = null;
  /** The execution in which it ended. */
  lastCell: number | null = null;
  /** Opened or taken over by `startRun`, so that it ends by `endRun`. */
  isExplicit = false;
  /** Something is recorded, so that it has a folder. */
  isRecorded = false;
  /** The user has logged something: not all that is recorded was captured. */
  isLogged = false;
  /** How the last execution within it ended. */
  lastOutcome: Exclude<Status, 'running'> = 'finished';
  /** How the one before it ended. */
  outcomeBefore: Exclude<Status, 'running'> = 'finished';
  /** The run that its last execution was handed over to. */
  heir: Run | undefined;
  readonly params = new Map<string, IParam>();
  /** Of each metric that nobody logged, where its points come from; `logged` of the others. */
  readonly metricOrigins = new Map<string, string>();
  readonly tags = new Map<string, unknown>();
  /** Which cells logged a metric, or a param: executed again, they begin a new run. */
  readonly metricMarks = new Set<string>();
  readonly paramMarks = new Set<string>();

  /** Its folder; it exists once something is recorded. */
  get folder(): string {
    return join(this._notebook, this.id);
  }

  /** The folder of the files kept with it. */
  get artifacts(): string {
    return artifactsFolder(this._notebook, this.id);
  }

  /** Whether `startRun` leaves it alone: the user has logged to it, or it has metrics. */
  get isTaken(): boolean {
    return this.isLogged || this.points.size > 0;
  }

  /** This run, or the one that the execution `n` was handed over to. */
  ofExecution(n: unknown): Run {
    return typeof n === 'number' && this.lastCell !== null && n > this.lastCell
      ? (this.heir ?? this)
      : this;
  }

  /** Whether executing the cell `mark` once more would mix two attempts in this run. */
  beginsAgain(mark: string): boolean {
    return this.metricMarks.has(mark) || (this.points.size > 0 && this.paramMarks.has(mark));
  }

  /** The notebook's folder was moved. */
  move(notebook: string): void {
    this._notebook = notebook;
    this.points.move(metricsPath(notebook, this.id));
  }

  private _notebook: string;
}

/** Types of runs. */
export namespace Run {
  export interface IOptions {
    readonly id: string;
    readonly number: number;
    readonly name: string;
    readonly experiment: string;
    readonly cell: number;
    readonly parent: string | null;
    /** The notebook's folder under `runs`. */
    readonly notebook: string;
    /** Is told, in a sentence, what could not be written. */
    readonly say: (message: string) => void;
  }
}
