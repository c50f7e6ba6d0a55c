/**
 * What a notebook of TypeScript or JavaScript can call: `import * as backtrail from 'backtrail'`.
 *
 * #### Notes
 * Capture needs none of it. Everything works without being awaited: what is logged is on its way to
 * the disk when the call returns. Nothing here throws into a training loop: what cannot be done is
 * said once, where warnings of the notebook are shown.
 */
import { inspect } from 'node:util';
import { keepArtifact } from './artifacts.js';
import { current, reach } from './current.js';
import { keepDataset } from './datasets.js';
import { guarded, sayOnce } from './notices.js';
import type { Run } from './run.js';
import { sow } from './seeds.js';
import { numberOf, plain } from './values.js';

/** Names and numbers: the metrics of one step. */
export type Metrics = Readonly<Record<string, number | bigint>>;

/** A run, as {@link startRun} and {@link activeRun} give it. */
export interface IActiveRun {
  /** Its id, which never changes. */
  readonly id: string;
  readonly name: string;
  readonly experiment: string;
  readonly status: 'running' | 'finished' | 'failed' | 'interrupted';
  /** The params logged or captured so far. */
  readonly params: Readonly<Record<string, unknown>>;
  /** The last value of each metric. */
  readonly metrics: Readonly<Record<string, number>>;
  /** The folder of the files kept with it. */
  readonly artifacts: string;
  /** Ends it. */
  end(status?: 'finished' | 'failed' | 'interrupted'): void;
}

/** What {@link startRun} can be told. */
export interface IRunOptions {
  /** The run's name; without one it is numbered. */
  name?: string;
  /** The experiment it belongs to; without one, the notebook's. */
  experiment?: string;
  /** Params to log at once. */
  params?: Readonly<Record<string, unknown>>;
  /** Tags to set at once. */
  tags?: Readonly<Record<string, unknown>>;
}

/** What {@link logDataset} can be told. */
export interface IDatasetOptions {
  /** The dataset's name; without one, the file's. */
  name?: string;
  /** Its version, in the words of whoever made it. */
  version?: string;
}

/**
 * Begins a run by hand. An open run to which nothing was logged becomes this one; any other ends.
 *
 * @param options - its name, or its name, experiment, params and tags.
 * @returns the run, or undefined where nothing is recorded.
 */
export function startRun(options: string | IRunOptions = {}): IActiveRun | undefined {
  return guarded('The run could not be started', undefined, () => {
    const recorder = reach();
    if (recorder === undefined) {
      return undefined;
    }
    const { name, experiment, params, tags } =
      typeof options === 'string' ? ({ name: options } as IRunOptions) : options;
    const run = recorder.startRun(name, experiment);
    logParams(params ?? {});
    setTags(tags ?? {});
    return view(run);
  });
}

/** Ends the open run. */
export function endRun(status: 'finished' | 'failed' | 'interrupted' = 'finished'): void {
  guarded('The run could not be ended', undefined, () => {
    const { recorder } = current;
    const run = recorder?.stack.at(-1);
    if (recorder !== undefined && run !== undefined) {
      recorder.endRun(run, known(status));
    }
  });
}

/** The run that is open, or undefined. */
export function activeRun(): IActiveRun | undefined {
  const run = current.recorder?.stack.at(-1);
  return run && view(run);
}

/** Records a param of the open run, and returns its value. Logged again, the last value counts. */
export function logParam<T>(key: string, value: T): T {
  logParams({ [key]: value });
  return value;
}

/** Records several params of the open run. */
export function logParams(params: Readonly<Record<string, unknown>>): void {
  guarded('A param could not be logged', undefined, () => {
    const recorder = reach();
    for (const [key, value] of Object.entries(params)) {
      recorder?.param(key, plain(value));
    }
  });
}

/**
 * Logs one point of a metric in the open run.
 *
 * @param key - the metric.
 * @param value - a number; what is none is said once and left out.
 * @param step - without it, one more than the metric's last, from 0.
 */
export function logMetric(key: string, value: number | bigint, step?: number): void {
  try {
    const recorder = current.recorder;
    const isUsual =
      typeof value === 'number' &&
      typeof key === 'string' &&
      (step === undefined || (typeof step === 'number' && step - step === 0));
    if (recorder !== undefined && isUsual) {
      recorder.metric(key, value, step);
      return;
    }
  } catch {
    // The usual way with a word about it.
  }
  logMetrics({ [key]: value }, step);
}

/** Logs one point of each of several metrics, all of the same step. See {@link logMetric}. */
export function logMetrics(metrics: Metrics, step?: number): void {
  guarded('A metric could not be logged', undefined, () => {
    const recorder = reach();
    if (recorder === undefined) {
      return;
    }
    const values = new Map<string, number>();
    for (const [key, value] of Object.entries(metrics) as Array<[string, unknown]>) {
      const number = numberOf(value);
      if (number === undefined) {
        sayOnce(`The metric ${key} is of type ${typeof value}, not a number, and is left out.`);
      } else {
        values.set(key, number);
      }
    }
    const at = step === undefined ? undefined : numberOf(step);
    if (step !== undefined && (at === undefined || !Number.isFinite(at))) {
      sayOnce('A step that is not a number is counted on from the last one instead.');
    }
    if (values.size > 0) {
      recorder.metrics(values, at !== undefined && Number.isFinite(at) ? at : undefined);
    }
  });
}

/** Logs metrics; another name for {@link logMetrics}. */
export function log(metrics: Metrics, step?: number): void {
  logMetrics(metrics, step);
}

/**
 * Keeps a copy of a file, or of a folder with all that is in it, with the open run.
 *
 * @param path - where it is.
 * @param name - what it is called among the run's artifacts; without it, as the file.
 */
export function logArtifact(path: string, name?: string): void {
  guarded(`The artifact ${path} could not be kept`, undefined, () => {
    const recorder = reach();
    if (recorder !== undefined) {
      keepArtifact(recorder, path, name);
    }
  });
}

/** Records which file of data the open run uses: its hash and size, not its content. */
export function logDataset(path: string, options: IDatasetOptions = {}): void {
  guarded(`The dataset ${path} could not be recorded`, undefined, () => {
    const recorder = reach();
    if (recorder !== undefined) {
      keepDataset(recorder, path, options);
    }
  });
}

/** Sets a tag of the open run; null removes it. */
export function setTag(key: string, value: unknown): void {
  setTags({ [key]: value });
}

/** Sets several tags of the open run. */
export function setTags(tags: Readonly<Record<string, unknown>>): void {
  guarded('A tag could not be set', undefined, () => {
    const recorder = reach();
    for (const [key, value] of Object.entries(tags)) {
      recorder?.tag(key, plain(value));
    }
  });
}

/** Replaces the note of the open run. */
export function note(text: string): void {
  guarded('The note could not be kept', undefined, () => {
    const recorder = reach();
    recorder?.record(recorder.openRun(), 'note', { text });
  });
}

/**
 * Seeds `Math.random`, and says so in the log. Libraries that draw from it follow; what draws from the
 * system (`crypto`, worker threads, child processes) does not.
 *
 * @param seed - a whole number.
 */
export function setSeed(seed: number): void {
  guarded('The seed could not be set', undefined, () => {
    reach();
    sow(seed);
    current.recorder?.seed('Math.random', seed);
  });
}

function known(status: string): 'finished' | 'failed' | 'interrupted' {
  if (status === 'finished' || status === 'failed' || status === 'interrupted') {
    return status;
  }
  sayOnce(
    `A run ends as finished, failed or interrupted, not as ${status}; it counts as finished.`
  );
  return 'finished';
}

/** A run as it stands whenever one of its properties is read. */
class ActiveRun implements IActiveRun {
  constructor(run: Run) {
    this.#run = run;
  }

  get id(): string {
    return this.#run.id;
  }

  get name(): string {
    return this.#run.name;
  }

  get experiment(): string {
    return this.#run.experiment;
  }

  get status(): IActiveRun['status'] {
    return this.#run.status;
  }

  get params(): Record<string, unknown> {
    return Object.fromEntries([...this.#run.params].map(([key, { value }]) => [key, value]));
  }

  get metrics(): Record<string, number> {
    return this.#run.points.last();
  }

  get artifacts(): string {
    return this.#run.artifacts;
  }

  end(status: 'finished' | 'failed' | 'interrupted' = 'finished'): void {
    guarded('The run could not be ended', undefined, () => {
      current.recorder?.endRun(this.#run, known(status));
    });
  }

  /** What a notebook shows of it. */
  [inspect.custom](): object {
    const { id, name, experiment, status, params, metrics } = this;
    return { id, name, experiment, status, params, metrics };
  }

  readonly #run: Run;
}

function view(run: Run): IActiveRun {
  return new ActiveRun(run);
}
