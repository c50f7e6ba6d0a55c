/**
 * Verifies a run: replays its script, compares, and where something differs looks for the cause.
 */

import { isEvent } from '../../runlog/index.js';
import {
  select,
  writeScript,
  type IExportedScript,
  type IExportOptions,
  type ISelection
} from '../export.js';
import { ExportError } from '../history.js';
import { isTypescript } from '../script/typescript/script.js';
import type { ISlice } from '../slice.js';
import { type Condition, variations } from './conditions.js';
import { couldNotRun, neverBegan, nothingRan, tookTooLong } from './failure.js';
import { readPlayed, type IPlayed } from './played.js';
import { sceneOf, type IPlaceOfRun, type IScene } from './scene.js';
import type { IChangedFile, IPlay, IStage } from './stage.js';
import { judge, type IJudgeOptions, type IVerdict } from './verdict.js';

/** What a verify is asked to do. */
export interface IVerifyOptions extends IExportOptions {
  readonly place: IPlaceOfRun;
  /** How often the script is played at least. */
  readonly times: number;
  /** Whether conditions are varied also where nothing differs. */
  readonly stress: boolean;
  /** How far metrics may be off, relative to their size. */
  readonly tolerance: number;
  /** Seconds for each play; undefined: by the time that the cells took. */
  readonly timeout: number | undefined;
  /** Whether it is replayed in an environment that is built from the record. */
  readonly fresh?: boolean;
  /** Told where it stands. */
  readonly progress: (progress: IProgress) => void;
}

/** Where a verify stands. */
export interface IProgress {
  /** Which replay, from 1. */
  readonly replay: number;
  /** How many cells began, and how many there are. */
  readonly cells: number;
  readonly of: number;
  /** Whether an environment is still being built for it. */
  readonly building: boolean;
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
export async function verify(options: IVerifyOptions, stage: IStage): Promise<IVerified> {
  const selection = await select(options);
  refuseUnfinished(options, selection);
  const exported = await writeScript(selection, options);
  const verifying = new Verifying(options, stage, selection, exported);
  const verdict = await verifying.judged();
  const problems = [...exported.problems, ...verifying.changed.flatMap(aboutModule)];
  return { verdict, problems, slice: selection.slice };
}

/** Seconds more where an environment is built, whose packages may have to be fetched. */
const BUILDING = 900;

/**
 * The seconds that a replay of some executions may take, where nobody says another number.
 *
 * @param fresh - whether an environment is built for it
 */
export function timeLimit({ history }: Pick<ISelection, 'history'>, fresh = false): number {
  const took = history.executions.reduce((sum, { duration = 0 }) => sum + duration, 0);
  return Math.ceil(120 + 5 * took) + (fresh ? BUILDING : 0);
}

/** A cell that still runs has no results to compare with. */
function refuseUnfinished({ run }: IVerifyOptions, { history }: ISelection): void {
  const going = history.executions.find(({ status }) => status === undefined);
  if (run.status === 'running' && going) {
    throw new ExportError(
      `Cell [${going.count ?? going.n}] is still going on: verify the run when it has ended.`
    );
  }
}

/** What is said of a module that is not the one that was imported. */
function aboutModule({ path, module, missing, restored, why }: IChangedFile): string[] {
  const now = missing ? 'is gone' : 'has changed';
  if (restored) {
    return [`${path} ${now} since the run: the replay had it as it was then.`];
  }
  return module && why
    ? [`${path} ${now} since the run, and is not to be had as it was: ${why}`]
    : [];
}

class Verifying {
  /** Files that are not as the record has them. */
  changed: ReadonlyArray<IChangedFile> = [];

  constructor(
    private readonly _options: IVerifyOptions,
    private readonly _stage: IStage,
    private readonly _selection: ISelection,
    private readonly _exported: IExportedScript
  ) {
    const scene = sceneOf(_selection, _options.run, _options.place);
    const { run, fresh } = _options;
    const { packages, installed, needs } = _exported;
    const environment = isTypescript(run)
      ? { python: null, packages, ...(installed ? { installed } : {}), ...(needs ? { needs } : {}) }
      : { python: run.kernel?.version ?? null, packages };
    this._scene = fresh ? { ...scene, environment } : scene;
    this._limit = _options.timeout ?? timeLimit(_selection, _options.fresh);
  }

  async judged(): Promise<IVerdict> {
    const { problems } = this._exported;
    const script = this._script;
    const { whole, history } = this._selection;
    const why = nothingRan(history, whole) ?? (await this._stage.prepare());
    if (why !== undefined) {
      return this._couldNotRun(why);
    }
    const first = await this._play(script);
    if (!first.played?.cells.length) {
      return this._couldNotRun(neverBegan(first, this._limit));
    }
    this.changed = first.changed;
    const recorded = await this._recorded();
    if (first.timedOut) {
      const n = recorded.cells[first.played.cells.length - 1]?.n ?? 0;
      return this._couldNotRun(tookTooLong(this._limit, this._label(n)), n);
    }
    const replays = [first.played];
    const known = {
      recorded,
      changed: first.changed.filter(({ restored }) => !restored),
      altered: await this._altered(),
      gaps: problems,
      label: (n: number) => this._label(n),
      tolerance: this._options.tolerance
    };
    const verdict = (varied?: IJudgeOptions['varied']): IVerdict =>
      judge({ ...known, replays, ...(varied ? { varied } : {}) });
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
    const unexplained = found.verdict === 'differs' && UNEXPLAINED.has(found.cause?.kind ?? '');
    return this._options.stress || unexplained ? verdict(await this._varied()) : found;
  }

  /** Plays with one condition changed at a time. */
  private async _varied(): Promise<NonNullable<IJudgeOptions['varied']>> {
    const varied: Array<{ condition: Condition; replay: IPlayed }> = [];
    const usual = { script: this._script, scene: this._scene };
    for (const [condition, { script, scene }] of variations(usual)) {
      const { played } = await this._play(script, scene);
      if (played) {
        varied.push({ condition, replay: played });
      }
    }
    return varied;
  }

  /** What is played: the script, or what stands for it. */
  private get _script(): string {
    return this._exported.program ?? this._exported.script;
  }

  private _play(script: string, scene = this._scene): Promise<IPlay> {
    this._plays++;
    const replay = this._plays;
    const of = this._selection.history.executions.length;
    const progress = (cells: number, building = false): void =>
      this._options.progress({ replay, cells: Math.min(cells, of), of, building });
    progress(0);
    return this._stage.play({ script, scene, timeout: this._limit, progress });
  }

  /** What the kept executions came to in the notebook. */
  private async _recorded(): Promise<IPlayed> {
    const { events, executions } = this._selection.history;
    const runs = events.filter(event => isEvent(event, 'run_start')).map(event => event.run);
    const points = await this._stage.points([...new Set(runs)]);
    return readPlayed(events, points, new Set(executions.map(({ n }) => n)));
  }

  /** Executions whose source is not the one whose hash the log has. */
  private async _altered(): Promise<number[]> {
    const { events, executions } = this._selection.history;
    const sources = new Map(executions.map(({ n, source }) => [n, source]));
    const altered: number[] = [];
    for (const event of events.filter(one => isEvent(one, 'cell_start'))) {
      const source = sources.get(event.n);
      const readable = source !== undefined && !/\p{Surrogate}/u.test(source);
      const hash = readable && event.sha256 ? await this._stage.sha256(source) : undefined;
      if (hash !== undefined && hash !== event.sha256) {
        altered.push(event.n);
      }
    }
    return altered;
  }

  private _label(n: number): string {
    const count = this._selection.history.executions.find(one => one.n === n)?.count;
    return `[${count ?? n}]`;
  }

  private _couldNotRun(says: string, n?: number): IVerdict {
    return couldNotRun(says, { tolerance: this._options.tolerance, replays: this._plays, n });
  }

  private _plays = 0;
  private readonly _scene: IScene;
  private readonly _limit: number;
}

/** Causes that say no more than that something is missing. */
const UNEXPLAINED: ReadonlySet<string> = new Set(['not captured', 'environment variable']);
