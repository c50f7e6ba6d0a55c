/**
 * Verifies a run: replays its script, compares, and where something differs looks for the cause.
 */

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  judge,
  readPlayed,
  select,
  writeScript,
  type IExportOptions,
  type IJudgeOptions,
  type IPlayed,
  type ISelection,
  type ISlice,
  type IVerdict
} from '../../reproduce/index.js';
import { isEvent, type RunSummary } from '../../runlog/index.js';
import { blobPath, type Notebook } from '../store.js';
import { freshEnvironment } from './environment.js';
import { play, pointsOf, type IPlay } from './play.js';
import { Workplace, writeInto } from './workplace.js';

/** What a verify is asked to do. */
export interface IVerifyOptions {
  readonly run: string;
  readonly notebook: Notebook;
  /** How often the script is played at least. */
  readonly times: number;
  /** Whether conditions are varied also where nothing differs. */
  readonly stress: boolean;
  readonly tolerance: number;
  /** Whether an environment is built from the record. */
  readonly fresh: boolean;
  /** Every execution, instead of those that the results depend on. */
  readonly whole: boolean;
  /** An interpreter to use instead of the recorded one. */
  readonly python: string | undefined;
  /** Seconds for each play; undefined: by the time that the cells took. */
  readonly timeout: number | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly say: (sentence: string) => void;
  readonly signal: AbortSignal;
}

/** What was found, with what the export had to say. */
export interface IVerified {
  readonly verdict: IVerdict;
  readonly problems: ReadonlyArray<string>;
  /** Which executions were replayed. */
  readonly slice: ISlice;
}

/**
 * Verifies a run.
 *
 * @throws ExportError where there is no script to play
 */
export async function verify(options: IVerifyOptions): Promise<IVerified> {
  const { notebook } = options;
  const run = notebook.summary(options.run);
  const exporting: IExportOptions = {
    run,
    logs: notebook.logs(),
    blob: sha256 => Promise.resolve(wholeBlob(notebook, sha256)),
    metricCells: notebook.metricCells(options.run),
    whole: options.whole
  };
  const selection = await select(exporting);
  const { script, packages, problems } = await writeScript(selection, exporting);
  const workplace = new Workplace();
  try {
    const verifying = new Verifying(options, run, selection, workplace);
    const verdict = await verifying.judged(script, packages, problems);
    return { verdict, problems, slice: selection.slice };
  } finally {
    workplace.remove();
  }
}

class Verifying {
  constructor(
    private readonly _options: IVerifyOptions,
    private readonly _run: RunSummary,
    private readonly _selection: ISelection,
    private readonly _workplace: Workplace
  ) {
    const path =
      _run.notebook.path ?? join(dirname(_options.notebook.place.runs), 'notebook.ipynb');
    this._folder = dirname(path);
    this._cwd = _selection.history.session.cwd ?? this._folder;
    this._name = `${_options.notebook.place.name}.ipynb`;
  }

  async judged(
    script: string,
    packages: ReadonlyArray<readonly [string, string]>,
    problems: ReadonlyArray<string>
  ): Promise<IVerdict> {
    const python = this._interpreter(packages);
    if (typeof python !== 'string') {
      return this._couldNotRun(python.why);
    }
    this._python = python;
    const first = await this._play(script);
    if (!first.played?.cells.length) {
      return this._couldNotRun(this._notPlayed(first));
    }
    const recorded = this._recorded();
    const replays = [first.played];
    const known = {
      recorded,
      changed: this._workplace.changed,
      altered: this._altered(),
      gaps: problems,
      label: (n: number) => this._label(n),
      tolerance: this._options.tolerance
    };
    const verdict = (varied?: IJudgeOptions['varied']): IVerdict =>
      judge({ ...known, replays, ...(varied ? { varied } : {}) });
    if (first.timedOut) {
      const at = recorded.cells[first.played.cells.length - 1];
      return this._couldNotRun(
        `The replay was stopped after ${this._limit()} seconds, in cell ${this._label(at?.n ?? 0)}: --timeout gives it more.`,
        at?.n
      );
    }
    let found = verdict();
    const again = found.verdict === 'identical' || found.verdict === 'could not run' ? 1 : 2;
    while (replays.length < Math.max(this._options.times, again)) {
      const next = await this._play(script);
      if (!next.played || next.timedOut) {
        break;
      }
      replays.push(next.played);
    }
    found = verdict();
    const unexplained =
      found.verdict === 'differs' && unexplainedKinds.has(found.cause?.kind ?? '');
    return this._options.stress || unexplained ? verdict(await this._varied(script)) : found;
  }

  /** Plays with one condition changed at a time. */
  private async _varied(script: string): Promise<NonNullable<IJudgeOptions['varied']>> {
    const varied: Array<{ condition: 'hash seed' | 'threads'; replay: IPlayed }> = [];
    const seed = this._hashSeed();
    const other = seed === '1' ? '2' : '1';
    const text = script.replace(/^(_nb_*\.hash_seed\()"\d+"\)$/m, `$1"${other}")`);
    const conditions = [
      ['hash seed', text, { PYTHONHASHSEED: other }],
      ['threads', script, Object.fromEntries(threadVariables.map(name => [name, '1']))]
    ] as const;
    for (const [condition, source, environment] of conditions) {
      const { played } = await this._play(source, environment);
      if (played) {
        varied.push({ condition, replay: played });
      }
    }
    return varied;
  }

  private async _play(script: string, more: NodeJS.ProcessEnv = {}): Promise<IPlay> {
    this._plays++;
    const { root } = this._workplace;
    const place = join(root, `play-${this._plays}`);
    // Each play finds the files as they were before the one before it.
    const workplace = this._plays === 1 ? this._workplace : new Workplace();
    try {
      workplace.fill(this._selection, this._folder, this._cwd, sha256 => this._blobPath(sha256));
      return await play({
        python: this._python,
        script: writeInto(place, 'script.py', script),
        into: join(place, 'runs'),
        cwd: workplace.counterpart(this._cwd),
        notebook: this._name,
        environment: { ...this._environment(), ...more },
        protect: [this._run.code?.root ?? this._folder, this._options.notebook.place.runs].filter(
          path => existsSync(path)
        ),
        timeout: this._limit(),
        progress: cells => this._progress(cells),
        signal: this._options.signal
      });
    } finally {
      if (workplace !== this._workplace) {
        workplace.remove();
      }
    }
  }

  private _progress(cells: number): void {
    const all = this._selection.history.executions.length;
    this._options.say(`Replay ${this._plays}: cell ${Math.min(cells, all)} of ${all}`);
  }

  private _interpreter(
    packages: ReadonlyArray<readonly [string, string]>
  ): string | { why: string } {
    const recorded = this._options.python ?? this._run.environment?.executable ?? undefined;
    if (this._options.fresh) {
      return freshEnvironment({
        folder: join(this._workplace.root, 'environment'),
        python: recorded,
        version: this._run.kernel?.version ?? undefined,
        packages,
        environment: this._options.environment,
        say: this._options.say
      });
    }
    if (recorded === undefined) {
      return { why: 'The record names no interpreter: --python gives one.' };
    }
    return existsSync(recorded)
      ? recorded
      : {
          why: `The interpreter ${recorded} is gone: --python names another, and --environment fresh builds one.`
        };
  }

  /** The variables of the present environment, with those that the record has. */
  private _environment(): NodeJS.ProcessEnv {
    const own = Object.entries(this._options.environment).filter(
      ([name]) => !/^(?:BACKTRAIL|MPLBACKEND$|JPY_|PYTHONSTARTUP$)/.test(name)
    );
    const recorded = Object.entries(this._run.environment?.variables ?? {}).filter(
      (entry): entry is [string, string] => entry[1] !== null && !/WITHHELD|withheld/.test(entry[1])
    );
    return { ...Object.fromEntries([...own, ...recorded]), PYTHONHASHSEED: this._hashSeed() };
  }

  private _hashSeed(): string {
    return this._selection.history.hashSeed ?? '0';
  }

  private _limit(): number {
    const took = this._selection.history.executions.reduce(
      (sum, { duration = 0 }) => sum + duration,
      0
    );
    return this._options.timeout ?? Math.ceil(120 + 5 * took);
  }

  /** What the kept executions came to in the notebook. */
  private _recorded(): IPlayed {
    const { history } = this._selection;
    const points = pointsOf(this._options.notebook.place.folder, [...history.events]);
    return readPlayed(history.events, points, new Set(history.executions.map(({ n }) => n)));
  }

  /** Executions whose source is not the one whose hash the log has. */
  private _altered(): number[] {
    const { events, executions } = this._selection.history;
    const sources = new Map(executions.map(({ n, source }) => [n, source]));
    return events.flatMap(event => {
      const source = isEvent(event, 'cell_start') ? sources.get(event.n) : undefined;
      return source !== undefined &&
        typeof event.sha256 === 'string' &&
        !/\p{Surrogate}/u.test(source)
        ? sha256Of(source) === event.sha256
          ? []
          : [Number(event.n)]
        : [];
    });
  }

  private _label(n: number): string {
    const count = this._selection.history.executions.find(one => one.n === n)?.count;
    return `[${count ?? n}]`;
  }

  private _blobPath(sha256: string): string | undefined {
    const path = blobPath(this._options.notebook.place.runs, sha256);
    return existsSync(path) ? path : undefined;
  }

  private _notPlayed({ code, timedOut, err }: IPlay): string {
    if (timedOut) {
      return `The replay was stopped after ${this._limit()} seconds, before its first cell: --timeout gives it more.`;
    }
    const last = err.trim().split('\n').at(-1) ?? '';
    const how = code === null ? 'The replay was killed' : `The replay ended with code ${code}`;
    return `${how} before its first cell${last ? `: ${last}` : '.'}`;
  }

  private _couldNotRun(says: string, cell?: number): IVerdict {
    return {
      verdict: 'could not run',
      says,
      first:
        cell === undefined
          ? null
          : { kind: 'missing', at: 0, n: cell, name: '', recorded: 'ran', replayed: 'did not end' },
      cause: null,
      compared: { cells: 0, points: 0, variables: 0, files: 0, outputs: 0, uncovered: 0 },
      differences: {},
      tolerance: this._options.tolerance,
      replays: this._plays
    };
  }

  private _plays = 0;
  private _python = '';
  private readonly _folder: string;
  private readonly _cwd: string;
  private readonly _name: string;
}

/** Causes that say no more than that something is missing. */
const unexplainedKinds: ReadonlySet<string> = new Set(['not captured', 'environment variable']);

/** How libraries are told how many threads to use. */
const threadVariables = [
  'OMP_NUM_THREADS',
  'OPENBLAS_NUM_THREADS',
  'MKL_NUM_THREADS',
  'NUMEXPR_NUM_THREADS',
  'LOKY_MAX_CPU_COUNT'
];

/** A blob whose content is the one that its name promises. */
function wholeBlob(notebook: Notebook, sha256: string): string | undefined {
  const text = notebook.blob(sha256);
  return text !== undefined && sha256Of(text) === sha256 ? text : undefined;
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
