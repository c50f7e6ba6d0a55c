/**
 * The random numbers of a history: what has to be put back so that its executions draw the same ones.
 */

import { isEvent, isObject, type EventOf, type JsonObject } from '../runlog/index.js';

/** A state to put back into a stream. */
export interface IRandomState {
  /** Such as `python`, `numpy`, `torch`, `torch.cuda:0`. */
  readonly stream: string;
  /** The state as the log keeps it, base64 of bytes; undefined where it is missing. */
  readonly state: string | undefined;
}

/** See above. */
export interface IRandomness {
  /** What the streams began with. */
  readonly initial: ReadonlyArray<IRandomState>;
  /** What to put back before an execution, by its number. */
  readonly before: ReadonlyMap<number, ReadonlyArray<IRandomState>>;
  /** What numpy asked from the system in an execution, by its number: integers in hex, in order. */
  readonly entropy: ReadonlyMap<number, ReadonlyArray<string>>;
}

type Kept = EventOf<'random_state'>;

/**
 * Reads what the executions of a history need to draw the same numbers again.
 *
 * @param events - the events of the session's log
 * @param executions - the numbers of the executions that are not inside others, in order: all of the
 *   session's, or those of a slice
 * @param unfinished - those of them of which the log cannot tell what they drew: without an end, or with
 *   tasks that went on behind it
 * @param last - the number of the last execution of the history
 * @param blob - the text of a blob by its hash, or undefined where it is missing
 * @param behind - those behind which something may still draw when the next one has begun: that one gets
 *   the state that it began with in any case
 *
 * #### Notes
 * A state is left out when no execution drew from its stream: the scripts of notebooks without random
 * numbers hold none.
 */
export async function readRandomness(
  events: ReadonlyArray<JsonObject>,
  executions: ReadonlyArray<number>,
  unfinished: ReadonlySet<number>,
  last: number,
  blob: (sha256: string) => Promise<string | undefined>,
  behind: ReadonlySet<number> = new Set()
): Promise<IRandomness> {
  const { kept, changes } = readStreams(events, last);
  const { initial, before } = course(kept, changes, executions, unfinished, behind);
  const fetched = async ({ stream, state }: IPlaced): Promise<IRandomState> => ({
    stream,
    state: await blob(state)
  });
  return {
    initial: await Promise.all(initial.map(fetched)),
    before: new Map(
      await Promise.all(
        [...before].map(async ([n, states]) => [n, await Promise.all(states.map(fetched))] as const)
      )
    ),
    entropy: readEntropy(events, executions, last)
  };
}

/** The digests of the states that the log holds as a whole, up to an execution. */
export function keptStates(events: ReadonlyArray<JsonObject>, last: number): ReadonlySet<string> {
  return new Set(readStreams(events, last).kept.map(({ state }) => state));
}

interface IPlaced {
  readonly stream: string;
  /** Its digest. */
  readonly state: string;
}

type Changes = ReadonlyMap<number, JsonObject>;

function readStreams(
  events: ReadonlyArray<JsonObject>,
  last: number
): { kept: Kept[]; changes: Changes } {
  const changes = new Map<number, JsonObject>();
  const kept: Kept[] = [];
  for (const event of events) {
    if (isEvent(event, 'random') && event.n <= last) {
      changes.set(event.n, isObject(event.streams) ? event.streams : {});
    } else if (isEvent(event, 'random_state') && event.n <= last) {
      kept.push(event);
    }
  }
  return { kept, changes };
}

/** Follows the streams through the executions: which states do not come about by themselves. */
function course(
  all: ReadonlyArray<Kept>,
  changes: Changes,
  executions: ReadonlyArray<number>,
  unfinished: ReadonlySet<number>,
  behind: ReadonlySet<number>
): { initial: IPlaced[]; before: Map<number, IPlaced[]> } {
  const drawn = new Set(executions.flatMap(n => Object.keys(changes.get(n) ?? {})));
  const kept = all.filter(({ stream }) => unfinished.size > 0 || drawn.has(stream));
  const has = new Set(kept.map(({ state }) => state));
  const present = new Map<string, unknown>();
  const initial: IPlaced[] = [];
  for (const state of kept.filter(({ at }) => at === 'start' || at === 'import')) {
    if (!present.has(state.stream)) {
      present.set(state.stream, state.state);
      initial.push(state);
    }
  }
  const before = new Map<number, IPlaced[]>();
  executions.forEach((n, index) => {
    const previous = executions[index - 1];
    const given = new Map<string, IPlaced>();
    const give = (state: IPlaced): void => {
      given.set(state.stream, state);
      present.set(state.stream, state.state);
    };
    kept.filter(({ n: at, at: moment }) => moment === 'after' && at === previous).forEach(give);
    kept
      .filter(({ n: at, at: moment, stream, state }) => {
        return moment === 'before' && at === n && state !== present.get(stream);
      })
      .forEach(give);
    for (const [stream, state] of Object.entries(wanted(n, changes, unfinished))) {
      if ((state !== present.get(stream) || behind.has(previous)) && has.has(state)) {
        give({ stream, state });
      }
    }
    if (given.size) {
      before.set(n, [...given.values()]);
    }
    for (const [stream, change] of Object.entries(changes.get(n) ?? {})) {
      present.set(stream, isObject(change) ? change.after : undefined);
    }
  });
  return { initial: needed(initial, before, changes, executions, unfinished), before };
}

/** The states that an execution began with, as far as it matters. */
function wanted(
  n: number,
  changes: Changes,
  unfinished: ReadonlySet<number>
): Record<string, string> {
  const states: Record<string, string> = {};
  const from = unfinished.has(n) ? [...changes].filter(([other]) => other < n) : [];
  for (const [, streams] of from) {
    for (const [stream, change] of Object.entries(streams)) {
      if (isObject(change) && typeof change.after === 'string') {
        states[stream] = change.after;
      }
    }
  }
  for (const [stream, change] of Object.entries(changes.get(n) ?? {})) {
    if (isObject(change) && typeof change.before === 'string') {
      states[stream] = change.before;
    }
  }
  return states;
}

/** The initial states less those that are replaced before anything draws from them. */
function needed(
  initial: IPlaced[],
  before: ReadonlyMap<number, ReadonlyArray<IPlaced>>,
  changes: Changes,
  executions: ReadonlyArray<number>,
  unfinished: ReadonlySet<number>
): IPlaced[] {
  return initial.filter(({ stream }) => {
    const first = executions.find(
      n => unfinished.has(n) || Object.hasOwn(changes.get(n) ?? {}, stream)
    );
    const replaced = executions.find(n => before.get(n)?.some(state => state.stream === stream));
    return first === undefined || replaced === undefined || replaced > first;
  });
}

/** An execution inside another one is part of that, as the script has it. */
function readEntropy(
  events: ReadonlyArray<JsonObject>,
  executions: ReadonlyArray<number>,
  last: number
): Map<number, string[]> {
  const entropy = new Map<number, string[]>();
  for (const event of events) {
    if (isEvent(event, 'entropy') && event.n <= last && Array.isArray(event.values)) {
      const n = executions.findLast(other => other <= event.n);
      const values = event.values.filter(value => /^[0-9a-f]+$/.test(value));
      if (n !== undefined) {
        entropy.set(n, [...(entropy.get(n) ?? []), ...values]);
      }
    }
  }
  return entropy;
}
