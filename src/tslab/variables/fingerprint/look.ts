/** How a value looks: what it is told by, and what it is made of. */
import type { Functions } from './functions.js';
import { Walk } from './walk.js';

/** How much of a value its fingerprint stands for. */
export type Seen = 'exact' | 'sampled' | 'skipped' | 'opaque';

/** One look at a value. The value is not held. */
export interface ILook {
  readonly seen: Seen;
  readonly fingerprint: string | undefined;
  /** Whether a secret is in it. */
  readonly isSecret: boolean;
  /** Names that its functions and its classes use when they are called. */
  readonly uses: ReadonlySet<string>;
  /** Milliseconds that it took. */
  readonly cost: number;
}

/** What looks need to know. */
export interface ILooking {
  readonly functions: Functions;
  /** Whether a number or a text of that name is a secret. */
  readonly secret: (name: string, value: string | number) => boolean;
}

/** The members are handed over beside the look: they are objects of the notebook's, not to be held. */
export type Seeing = readonly [look: ILook, members: ReadonlySet<object>];

const NONE: ReadonlySet<string> = new Set();

/**
 * Looks at a value without running any code of the notebook's.
 *
 * @param until - by {@link clock}, when an exact look has to be over.
 * @param thin - milliseconds that a sample may take, where there is no time for all.
 */
export function look(
  value: unknown,
  name: string,
  until: number,
  thin: number,
  how: ILooking
): Seeing {
  const begun = clock();
  for (const isSample of [false, true]) {
    const limit = isSample ? clock() + thin : until;
    if (clock() >= limit && isSample) {
      break;
    }
    const walk = new Walk(how, limit, isSample);
    try {
      walk.value(value, name);
    } catch {
      // There was no time, or no room on the stack; and whatever else a value is made for must not take the
      // others with it.
      continue;
    }
    const seen = walk.isOpaque ? 'opaque' : walk.isPartial ? 'sampled' : 'exact';
    const found = {
      seen,
      fingerprint: walk.isSecret ? undefined : walk.digest(),
      isSecret: walk.isSecret,
      uses: walk.uses,
      cost: clock() - begun
    } as const;
    return [found, walk.members];
  }
  const members =
    typeof value === 'object' && value !== null ? new Set([value]) : new Set<object>();
  const skipped = { seen: 'skipped', fingerprint: undefined, isSecret: false, uses: NONE } as const;
  return [{ ...skipped, cost: clock() - begun }, members];
}

/** Milliseconds, as looks count them. */
export const clock = performance.now.bind(performance);
