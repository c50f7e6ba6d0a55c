/**
 * The history of a run: what its session executed, from the first cell up to the end of the run.
 *
 * #### Notes
 * A run is repeated from here. A slice of it is a history with fewer executions, so whatever writes a
 * script takes a history and need not know how it was chosen.
 */

import {
  isEvent,
  readLines,
  type EventOf,
  type JsonObject,
  type RunSummary
} from '../runlog/index.js';
import { withDeclared } from './declared.js';
import { readEffects } from './dependencies.js';
import type { IEffects } from './effects.js';
import { variablesOf } from './variables.js';
import { readRandomness, type IRandomness } from './randomness.js';
import { readReloads, type IReload } from './reloads.js';
import { goingOn } from './script/typescript/waiting.js';
import type { ISlice } from './slice.js';

/** One execution of a cell, with those that ran inside it. */
export interface IExecution {
  /** The session's own sequence number, from 1. */
  readonly n: number;
  /** The number in the notebook's margin, where it is known. */
  readonly count: number | null;
  /** The source as executed; undefined where the log lacks it. */
  readonly source: string | undefined;
  /** The source as IPython made Python of it, where the log has it. */
  readonly transformed: string | undefined;
  /** How it ended; undefined where the log ends before. */
  readonly status: string | undefined;
  /** Seconds, where it ended. */
  readonly duration: number | undefined;
  /** When it began and ended, in milliseconds since the epoch; NaN where that is not known. */
  readonly began: number;
  readonly ended: number;
  readonly error: EventOf<'cell_end'>['error'];
  /** The kinds of secrets that are withheld from its source. */
  readonly withheld: ReadonlyArray<string>;
  /** The executions inside this one, in order, such as the cells of a notebook that `%run` ran. */
  readonly inner: ReadonlyArray<IExecution>;
}

/** The sources of an execution and of those inside it. */
export function sourcesOf({ source, inner }: IExecution): string[] {
  return [...(source === undefined ? [] : [source]), ...inner.flatMap(sourcesOf)];
}

/** Whether an execution starts tasks, which go on when it has ended. */
export function startsTasks(execution: IExecution): boolean {
  return sourcesOf(execution).some(source => /\b(?:create_task|ensure_future)\b/.test(source));
}

/** Where a run opened. */
export interface IOpening {
  readonly run: string;
  readonly name: string;
  /** The execution it begins with, and which of the calls in it opens the run, from 1; 0: none does. */
  readonly n: number;
  readonly call: number;
  /** Why it opened. */
  readonly why: string;
}

/** See above. */
export interface IHistory {
  readonly session: EventOf<'session'>;
  /** In the order in which they began. */
  readonly executions: ReadonlyArray<IExecution>;
  /** The runs that opened by then, in order. */
  readonly openings: ReadonlyArray<IOpening>;
  /** Where the run itself began to record. */
  readonly opening: IOpening;
  /** Distributions and their versions, by the execution that imported them first; 0: none did. */
  readonly imports: ReadonlyArray<{
    readonly n: number;
    readonly packages: Record<string, string>;
  }>;
  readonly randomness: IRandomness;
  /** The user's own modules that IPython loaded anew. */
  readonly reloads: ReadonlyArray<IReload>;
  /** What each execution read and changed, by its number. */
  readonly effects: ReadonlyMap<number, IEffects>;
  /** The events of the session's log, and the last execution of the run. */
  readonly events: ReadonlyArray<JsonObject>;
  readonly last: number;
  /** The environment variables of the kernel that its numbers depend on, those of threads with them. */
  readonly variables: Readonly<Record<string, string>>;
  /** The hash seed of the kernel; null: it had none, undefined: that is not known. */
  readonly hashSeed: string | null | undefined;
  /** Whether lines of the log could not be read. */
  readonly damaged: number;
}

/** What reads a history, without the texts of large sources: {@link withSources} fetches them. */
interface IDraft extends Omit<IExecution, 'source' | 'inner'> {
  source: string | undefined;
  blob: string | undefined;
  parent: number | null;
  count: number | null;
  status: string | undefined;
  duration: number | undefined;
  ended: number;
  error: IExecution['error'];
  inner: IDraft[];
}

/** There is no script to write, and why, in one sentence for the user. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
}

/**
 * Reads the history of a run out of the logs of its notebook.
 *
 * @param run - the run's summary
 * @param logs - the notebook's session logs; only the run's own session is read
 * @param blob - the text of a blob by its hash, or undefined where it is missing
 * @throws ExportError where the log of the session is missing or is none
 */
export async function readHistory(
  run: RunSummary,
  logs: ReadonlyArray<{ readonly id: string; readonly text: string }>,
  blob: (sha256: string) => Promise<string | undefined>
): Promise<IHistory> {
  const log = logs.find(({ id }) => id === run.session);
  if (!log) {
    throw new ExportError(
      `The log of session ${run.session}, which run ${run.id} needs, is missing.`
    );
  }
  const { events, damaged } = readLines(log.text);
  const session = events.find(event => isEvent(event, 'session'));
  if (!session) {
    throw new ExportError(
      `The log of session ${run.session} lacks its first line: nothing can be exported.`
    );
  }
  const read = readEvents(events, run.id);
  if (!read.opening) {
    throw new ExportError(`Session ${run.session} does not tell where run ${run.id} began.`);
  }
  const { opening, openings, imports, last } = read;
  const drafts = read.drafts.filter(({ n }) => n <= last);
  await fetchSources(drafts, blob);
  const executions = nested(drafts);
  const effects = readEffects(events);
  return {
    session,
    executions,
    randomness: await randomnessOf(executions, events, last, blob, session),
    reloads: await readReloads(events, blob),
    effects:
      session.kernel.language === 'python' ? effects : withDeclared(effects, executions, events),
    events,
    last,
    variables: variablesOf(run),
    hashSeed: run.environment?.variables?.PYTHONHASHSEED,
    openings: openings.filter(({ n }) => n <= last),
    opening,
    imports: imports.filter(({ n }) => n <= last),
    damaged
  };
}

/**
 * A history with the executions of a slice alone.
 *
 * @param blob - as in {@link readHistory}, for states of random numbers
 */
export async function sliced(
  history: IHistory,
  { kept }: ISlice,
  blob: (sha256: string) => Promise<string | undefined>
): Promise<IHistory> {
  const numbers = new Set(kept.map(({ n }) => n));
  const executions = history.executions.filter(({ n }) => numbers.has(n));
  return {
    ...history,
    executions,
    randomness: await randomnessOf(executions, history.events, history.last, blob, history.session),
    imports: history.imports.filter(({ n }) => n === 0 || numbers.has(n))
  };
}

function randomnessOf(
  executions: ReadonlyArray<IExecution>,
  events: ReadonlyArray<JsonObject>,
  last: number,
  blob: (sha256: string) => Promise<string | undefined>,
  { kernel }: IHistory['session']
): Promise<IRandomness> {
  const numbers = executions.map(({ n }) => n);
  const unfinished = executions
    .filter(one => one.status === undefined || startsTasks(one))
    .map(({ n }) => n);
  const behind = kernel.language === 'python' ? [] : goingOn(executions);
  return readRandomness(events, numbers, new Set(unfinished), last, blob, new Set(behind));
}

function readEvents(events: ReadonlyArray<JsonObject>, run: string) {
  const drafts: IDraft[] = [];
  const openings: IOpening[] = [];
  const imports: Array<{ n: number; packages: Record<string, string> }> = [];
  const open: IDraft[] = [];
  let opening: IOpening | undefined;
  let calls = 0;
  let last: number | undefined;

  for (const event of events) {
    if (isEvent(event, 'cell_start')) {
      const draft = begun(event);
      calls = open.length ? calls : 0;
      drafts.push(draft);
      open.push(draft);
    } else if (isEvent(event, 'cell_end')) {
      const at = open.findLastIndex(({ n }) => n === event.n);
      const [draft] = at < 0 ? [] : open.splice(at, 1);
      if (draft) {
        draft.count = event.count ?? draft.count;
        draft.status = event.status;
        draft.duration = event.duration;
        draft.ended = Date.parse(event.time ?? '');
        draft.error = event.error;
      }
    } else if (isEvent(event, 'imports')) {
      imports.push({ n: event.n, packages: event.packages ?? {} });
    } else if (isEvent(event, 'run_start')) {
      const why = event.opened ?? '';
      const called = open[0] && (why === 'start_run' || why === 'after end') ? ++calls : 0;
      const begin = {
        run: event.run,
        name: event.name ?? event.run,
        n: called ? open[0].n : (event.cell ?? 0),
        call: called,
        why
      };
      openings.push(begin);
      opening = event.run === run ? begin : opening;
    } else if (isEvent(event, 'run_adopt')) {
      calls++;
      if (event.run === run && open[0] && opening) {
        opening = { ...opening, n: open[0].n, call: calls };
      }
    } else if (isEvent(event, 'run_end') && event.run === run) {
      last = event.cell ?? drafts.at(-1)?.n;
    }
  }
  return { drafts, openings, imports, opening, last: last ?? drafts.at(-1)?.n ?? 0 };
}

function begun(event: JsonObject & EventOf<'cell_start'>): IDraft {
  return {
    n: event.n,
    count: event.count ?? null,
    source: typeof event.source === 'string' ? event.source : undefined,
    blob: typeof event.source_blob === 'string' ? event.source_blob : undefined,
    transformed: event.transformed ?? undefined,
    withheld: withheldKinds(event.withheld),
    parent: event.parent ?? null,
    status: undefined,
    duration: undefined,
    began: Date.parse(event.time ?? ''),
    ended: NaN,
    error: undefined,
    inner: []
  };
}

/** The kinds in the field `withheld` of an event, a list of objects with `kind`. */
function withheldKinds(withheld: unknown): string[] {
  return (Array.isArray(withheld) ? withheld : [])
    .map((one: unknown) =>
      typeof one === 'object' && one !== null && 'kind' in one ? one.kind : undefined
    )
    .filter(kind => typeof kind === 'string');
}

async function fetchSources(
  drafts: ReadonlyArray<IDraft>,
  blob: (sha256: string) => Promise<string | undefined>
): Promise<void> {
  const texts = new Map<string, Promise<string | undefined>>();
  for (const draft of drafts) {
    if (draft.source === undefined && draft.blob !== undefined) {
      const text = texts.get(draft.blob) ?? blob(draft.blob);
      texts.set(draft.blob, text);
      draft.source = await text;
    }
  }
}

function nested(drafts: ReadonlyArray<IDraft>): IExecution[] {
  const byNumber = new Map(drafts.map(draft => [draft.n, draft]));
  return drafts.filter(draft => {
    const parent = draft.parent === null ? undefined : byNumber.get(draft.parent);
    parent?.inner.push(draft);
    return !parent;
  });
}
