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
import { startsTasks, type IExecution } from './execution.js';
import { variablesOf } from './variables.js';
import { zoneOfScript } from './zone.js';
import { readRandomness, type IRandomness } from './randomness.js';
import { readReloads, type IReload } from './reloads.js';
import { fetchSources, nested, readEvents, type IOpening } from './sessionlog.js';
import { goingOn } from './script/typescript/waiting.js';
import type { ISlice } from './slice.js';

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
    /** The blob that says which packages these need, where the record has one. */
    readonly needs: string | null;
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
    variables: {
      ...variablesOf(run),
      ...zoneOfScript(
        run,
        executions.map(({ source }) => source ?? '')
      )
    },
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
