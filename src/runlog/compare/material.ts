import { isObject, type JsonObject } from '../json.js';
import { isEvent } from '../kinds.js';
import { readLines } from '../lines.js';
import type { RunSummary } from '../schema.js';

/** One execution that a run's results may depend on. */
export interface IExecuted {
  /** The session's own sequence number. */
  readonly n: number;
  /** The notebook's cell id, where it is known. */
  readonly cell: string | null;
  /** The `[n]` that the notebook showed. */
  readonly count: number | null;
  /** The hash of the source as executed; null where it is not known. */
  readonly sha256: string | null;
  /** The source as executed, where the log has it. */
  readonly source: string | undefined;
  /** The blob that holds a large source. */
  readonly blob: string | undefined;
  readonly status: string;
  /** Whether it ran before the run began, in the same session. */
  readonly isEarlier: boolean;
}

type Input = RunSummary['inputs'][number];
type Dataset = RunSummary['datasets'][number];
type Seed = RunSummary['seeds'][number];

/** What runs are compared by: their summary, and what the log of their session says beside it. */
export interface IMaterial {
  readonly run: RunSummary;
  /** The cells that the run's results may depend on, in the order in which they were executed. */
  readonly executions: readonly IExecuted[];
  readonly inputs: readonly Input[];
  readonly datasets: readonly Dataset[];
  readonly seeds: readonly Seed[];
  /** The user's own modules: the hash of each by its path, null where it is not known. */
  readonly modules: ReadonlyMap<string, string | null>;
  /** The distributions that the session imported by then; null where nothing is said of them. */
  readonly imported: ReadonlySet<string> | null;
  /** All distributions and their versions; null where the list is missing. */
  readonly packages: ReadonlyMap<string, string> | null;
  /** Whether the session's log was there to be read. */
  readonly hasLog: boolean;
}

/** What is needed beside the summary. */
export interface IMaterialOptions {
  /** The text of the session's log, where there is one. */
  readonly log?: string | undefined;
  /** The text of the blob that `environment.packages` names, where there is one. */
  readonly packages?: string | undefined;
}

/**
 * Gathers what a run is compared by.
 *
 * #### Notes
 * A run that begins in the middle of a session builds on what ran before it: of each cell that it did
 * not run itself, the last execution counts as well, with what that read and seeded. Else a cell that
 * is run again would look like a run without data.
 */
export function materialOf(run: RunSummary, options: IMaterialOptions = {}): IMaterial {
  const packages = readPackages(options.packages);
  if (options.log === undefined) {
    return {
      run,
      executions: run.cells.map(cell => ({
        ...cell,
        source: undefined,
        blob: undefined,
        isEarlier: false
      })),
      inputs: run.inputs,
      datasets: run.datasets,
      seeds: lasting(run, run.seeds),
      modules: new Map(),
      imported: null,
      packages,
      hasLog: false
    };
  }
  const { events } = readLines(options.log);
  const executions = executionsOf(run, events);
  const earlier = new Set(executions.filter(({ isEarlier }) => isEarlier).map(({ n }) => n));
  const last = Math.max(0, ...executions.map(({ n }) => n));
  const inputs = new Map<string, Input>();
  const datasets = new Map<string, Dataset>();
  const seeds = new Map<string, Seed>();
  const modules = new Map<string, string | null>();
  const imported = new Set<string>();
  let knowsImports = false;
  for (const line of events) {
    if (isEvent(line, 'imports') && line.n <= last && isObject(line.packages)) {
      knowsImports = true;
      Object.keys(line.packages).forEach(name => imported.add(name));
    } else if (isEvent(line, 'modules') && line.n <= last && isObject(line.modules)) {
      for (const found of Object.values(line.modules)) {
        if (isObject(found) && typeof found.path === 'string') {
          modules.set(found.path, typeof found.sha256 === 'string' ? found.sha256 : null);
        }
      }
    } else if (typeof line.cell === 'number' && earlier.has(line.cell)) {
      if (isEvent(line, 'input')) {
        inputs.set(`${line.path} ${line.cell}`, line);
      } else if (isEvent(line, 'dataset')) {
        datasets.set(line.name, line);
      } else if (isEvent(line, 'seed')) {
        seeds.set(line.library, line);
      }
    }
  }
  // What the first cell of the next run did was told of this one too, when nobody knew yet that another had begun.
  const end = endOf(run, events);
  const ahead = aheadOf(run, events, end);
  const isOwn = ({ cell }: { readonly cell?: number | null }): boolean =>
    (cell ?? 0) < end && !ahead.has(cell ?? 0);
  const own = {
    inputs: run.inputs.filter(isOwn),
    datasets: run.datasets.filter(isOwn),
    seeds: lasting(run, run.seeds.filter(isOwn))
  };
  return {
    run,
    executions,
    inputs: [
      ...[...inputs.values()].filter(({ path }) => own.inputs.every(one => one.path !== path)),
      ...own.inputs
    ],
    datasets: [
      ...[...datasets.values()].filter(({ name }) => own.datasets.every(one => one.name !== name)),
      ...own.datasets
    ],
    seeds: [
      ...[...seeds.values()].filter(({ library }) =>
        own.seeds.every(one => one.library !== library)
      ),
      ...own.seeds
    ],
    modules,
    imported: knowsImports ? imported : null,
    packages,
    hasLog: true
  };
}

/** Of what a cell seeded each time that it ran, the last: it is what the results come from. */
function lasting({ cells }: RunSummary, seeds: readonly Seed[]): readonly Seed[] {
  const cellOf = new Map(cells.map(({ n, cell }) => [n, cell]));
  const last = new Map<string, number>();
  const keyOf = ({ cell, library }: Seed): string | null => {
    const id = typeof cell === 'number' ? cellOf.get(cell) : null;
    return id ? JSON.stringify([id, library]) : null;
  };
  for (const seed of seeds) {
    const key = keyOf(seed);
    if (key !== null && typeof seed.cell === 'number') {
      last.set(key, Math.max(seed.cell, last.get(key) ?? 0));
    }
  }
  return seeds.filter(seed => {
    const key = keyOf(seed);
    return key === null || seed.cell === last.get(key);
  });
}

function executionsOf(run: RunSummary, events: readonly JsonObject[]): readonly IExecuted[] {
  const started = new Map<number, JsonObject>();
  const counts = new Map<number, number>();
  for (const line of events) {
    if (isEvent(line, 'cell_start')) {
      started.set(line.n, line);
    } else if (isEvent(line, 'cell_end') && typeof line.count === 'number') {
      counts.set(line.n, line.count);
    }
  }
  const isInner = (n: number): boolean => typeof started.get(n)?.parent === 'number';
  const end = endOf(run, events);
  const ahead = aheadOf(run, events, end);
  const own = run.cells.filter(({ n }) => !isInner(n) && n < end && !ahead.has(n));
  const first = Math.min(...own.map(({ n }) => n));
  const ownCells = new Set(own.map(({ cell }) => cell));
  const earlier = new Map<string, IExecuted>();
  for (const [n, line] of started) {
    if (n >= first || isInner(n) || (typeof line.cell === 'string' && ownCells.has(line.cell))) {
      continue;
    }
    const cell = typeof line.cell === 'string' ? line.cell : null;
    // Where a cell has no id, every execution may be another cell.
    const key = cell ?? `#${n}`;
    earlier.delete(key);
    earlier.set(key, {
      n,
      cell,
      count: counts.get(n) ?? (typeof line.count === 'number' ? line.count : null),
      sha256: typeof line.sha256 === 'string' ? line.sha256 : null,
      status: '',
      ...sourceOf(line),
      isEarlier: true
    });
  }
  return [
    ...earlier.values(),
    ...own.map(cell => ({ ...cell, ...sourceOf(started.get(cell.n)), isEarlier: false }))
  ];
}

/**
 * The execution with which the next run began as a whole; of a run that opened inside an execution, that
 * one belongs to both.
 */
function endOf({ id, cells }: RunSummary, events: readonly JsonObject[]): number {
  const first = cells[0]?.n ?? 0;
  const begins = events.flatMap(line =>
    isEvent(line, 'run_start') &&
    line.run !== id &&
    line.cell > first &&
    (line.opened === 'run from the top' || line.opened === 'cell run again')
      ? [line.cell]
      : []
  );
  return Math.min(Infinity, ...begins);
}

/**
 * What was run again behind the run's last result: whoever edits the settings, runs them, and trains again has the next
 * run begin with the training, and the settings belong to that.
 *
 * @param end - the execution with which the next run began
 */
function aheadOf(
  { id, cells }: RunSummary,
  events: readonly JsonObject[],
  end: number
): Set<number> {
  const cellOf = new Map<number, unknown>();
  let isAgain = false;
  let result = 0;
  for (const line of events) {
    if (isEvent(line, 'cell_start')) {
      cellOf.set(line.n, line.cell);
    } else if (isEvent(line, 'run_start')) {
      isAgain ||= line.cell === end && line.opened === 'cell run again';
    } else if (isEvent(line, 'metric') || isEvent(line, 'artifact') || isEvent(line, 'output')) {
      result = line.run === id ? Math.max(result, line.cell ?? 0) : result;
    }
  }
  if (!isAgain || typeof cellOf.get(end) !== 'string') {
    return new Set();
  }
  const own = cells.filter(({ n }) => n < end);
  // The cell that begins the next run is one that logged in this one.
  const logged = own.filter(({ cell }) => cell === cellOf.get(end)).map(({ n }) => n);
  const last = logged.length === 0 ? Infinity : Math.max(result, ...logged);
  const before = new Set([...cellOf].filter(([n]) => n <= last).map(([, cell]) => cell));
  return new Set(
    own.filter(({ n, cell }) => n > last && cell !== null && before.has(cell)).map(({ n }) => n)
  );
}

function sourceOf(line: JsonObject | undefined): Pick<IExecuted, 'source' | 'blob'> {
  return {
    source: typeof line?.source === 'string' ? line.source : undefined,
    blob: typeof line?.source_blob === 'string' ? line.source_blob : undefined
  };
}

function readPackages(text: string | undefined): ReadonlyMap<string, string> | null {
  try {
    const found: unknown = JSON.parse(text ?? 'null');
    return isObject(found)
      ? new Map(
          Object.entries(found).map(([name, version]) => [
            name,
            typeof version === 'string' ? version : JSON.stringify(version)
          ])
        )
      : null;
  } catch {
    return null;
  }
}
