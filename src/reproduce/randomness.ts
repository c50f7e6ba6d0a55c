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
 * @param executions - the numbers of the executions that are not inside others, in order
 * @param last - the number of the last execution
 * @param unfinished - whether an execution has no end, so that the log cannot tell what it drew
 * @param blob - the text of a blob by its hash, or undefined where it is missing
 *
 * #### Notes
 * A state is left out when no execution drew from its stream: the scripts of notebooks without random
 * numbers hold none.
 */
export async function readRandomness(
  events: ReadonlyArray<JsonObject>,
  executions: ReadonlyArray<number>,
  last: number,
  unfinished: boolean,
  blob: (sha256: string) => Promise<string | undefined>
): Promise<IRandomness> {
  const changes = new Map<number, JsonObject>();
  const kept: Kept[] = [];
  for (const event of events) {
    if (isEvent(event, 'random') && event.n <= last) {
      changes.set(event.n, isObject(event.streams) ? event.streams : {});
    } else if (isEvent(event, 'random_state') && event.n <= last) {
      kept.push(event);
    }
  }
  const drawn = new Set([...changes.values()].flatMap(streams => Object.keys(streams)));
  const { initial, before } = course(
    kept.filter(({ stream }) => unfinished || drawn.has(stream)),
    changes,
    executions
  );
  const fetched = async ({ stream, state }: Kept): Promise<IRandomState> => ({
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

/** Follows the streams through the executions: which states do not come about by themselves. */
function course(
  kept: ReadonlyArray<Kept>,
  changes: ReadonlyMap<number, JsonObject>,
  executions: ReadonlyArray<number>
): { initial: Kept[]; before: Map<number, Kept[]> } {
  const present = new Map<string, unknown>();
  const initial: Kept[] = [];
  for (const state of kept.filter(({ at }) => at === 'start' || at === 'import')) {
    if (!present.has(state.stream)) {
      present.set(state.stream, state.state);
      initial.push(state);
    }
  }
  const before = new Map<number, Kept[]>();
  executions.forEach((n, index) => {
    const previous = executions[index - 1];
    const given = kept.filter(
      ({ n: at, at: moment, stream, state }) =>
        (moment === 'after' && at === previous) ||
        (moment === 'before' && at === n && state !== present.get(stream))
    );
    if (given.length) {
      before.set(n, given);
    }
    for (const [stream, change] of Object.entries(changes.get(n) ?? {})) {
      present.set(stream, isObject(change) ? change.after : undefined);
    }
  });
  return { initial, before };
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
