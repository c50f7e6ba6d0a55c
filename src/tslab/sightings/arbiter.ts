/**
 * One quantity that is seen twice is one metric: decides which of several sightings is written.
 *
 * #### Notes
 * A list holds a metric exactly, and a line of text says it once more, rounded. What the user logs counts
 * most, then variables, then a cell's result, then text. Sightings are held for a moment, so that the
 * better ones can be there first.
 */
import { milliseconds, ticks } from '../clock.js';
import * as words from '../names/words.js';
import { SPLITS } from '../names/vocabulary.js';
import type { Run } from '../run.js';
import { Claims, isLogged } from './claims.js';
import { judgeLists, withoutEnds } from './lists.js';
import { type IMoment, type IRounded, type ISighting, rank, TEXT } from './sighting.js';
import { type IOwner, placeOf, Written } from './written.js';

/** Milliseconds: what was computed is printed a little later. */
const HOLD = 300;
const MOST_REPEATS = 5000;
const MOST_RUNS = 20;

/** Metrics that were seen together, of one step (undefined: the next one). */
export interface ISeen {
  readonly values: ReadonlyMap<string, number>;
  readonly step: number | undefined;
  readonly origin: string;
  /** False: read from rounded text, or guessed. */
  readonly isExact: boolean;
  readonly rounded?: ReadonlyMap<string, IRounded>;
  /** When it became known, in milliseconds since 1970; now, if it is not said. */
  readonly time?: number;
}

/** Writes metrics of one moment in one line. */
export type Write = (at: IMoment, seen: Omit<ISeen, 'rounded'>) => void;

/** The sightings of all runs of a session. */
export class Sightings {
  constructor(private readonly _write: Write) {}

  /** Takes metrics that were seen together. */
  see(at: IMoment, seen: ISeen): void {
    const { values, step, origin, isExact, rounded, time = milliseconds() } = seen;
    const one = { at, step, origin, isExact, time, since: ticks() };
    for (const [key, value] of values) {
      this._held.push({ ...one, key, value, rounded: rounded?.get(key) });
    }
  }

  /** Writes what was held: all of it, or what better sources have had time to tell themselves. */
  settle(isAll = true): void {
    const until = isAll ? Infinity : ticks() - HOLD;
    const ready = this._held.filter(({ since }) => since <= until);
    if (ready.length === 0) {
      return;
    }
    this._held = this._held.filter(({ since }) => since > until);
    const { rest: unclaimed, isOfWhole } = judgeLists(
      withoutEnds(this._claims.unclaimed(ready)),
      ({ at }) => this._known(at.run)
    );
    const order = [...unclaimed.keys()].sort(
      (one, other) => rank(unclaimed[one].origin) - rank(unclaimed[other].origin) || one - other
    );
    const chosen = new Set(
      order.filter(index => this._admit(unclaimed[index], isOfWhole(unclaimed[index])))
    );
    const released = this._released.splice(0);
    this._writeTogether([...released, ...unclaimed.filter((_, index) => chosen.has(index))]);
  }

  /** Whether a metric of the same words was seen in this execution already. */
  isTold(at: IMoment, key: string): boolean {
    const mine = [...words.quantity(words.normal(key))].filter(
      word => ![...SPLITS.values()].includes(word)
    );
    const held = this._held.filter(one => one.at.cell === at.cell).map(one => one.key);
    const known = [...this._known(at.run).owners].flatMap(([name, { cell }]) =>
      cell === at.cell ? [name] : []
    );
    return [...held, ...known].some(name => {
      const its = words.quantity(words.normal(name));
      return mine.some(word => its.has(word));
    });
  }

  /**
   * Whether a sighting is news.
   *
   * @param isOfWhole - it is of a list that repeats nothing.
   */
  private _admit(one: ISighting, isOfWhole: boolean): boolean {
    if (isLogged(one.at.run, one.key)) {
      return false;
    }
    const known = this._known(one.at.run);
    const owner = known.owners.get(one.key);
    if (rank(one.origin) >= TEXT) {
      return this._admitText(one, known, owner);
    }
    // A series that was begun has no gaps, whatever a single value may be equal to.
    if (!isMine(one, owner)) {
      if (!isOfWhole && known.twin(one) !== undefined) {
        return false;
      }
      if (owner !== undefined && owner.cell === one.at.cell) {
        // The same name in the same cell, with another value: what has it already keeps it.
        return false;
      }
    }
    known.add(one, undefined);
    return true;
  }

  /** Decides of a text for all of a cell: it repeats what is known, until it tells something new. */
  private _admitText(one: ISighting, known: Written, owner: IOwner | undefined): boolean {
    const own = isMine(one, owner);
    if (own && one.origin === 'table' && known.twin(one) !== undefined) {
      return false;
    }
    if (!own) {
      const place = placeOf(one);
      const repeats = known.repeats.get(place) ?? [];
      known.repeats.set(place, repeats);
      const twin = known.twin(one);
      if (twin !== undefined && repeats.length < MOST_REPEATS) {
        // What one value of a series repeats is no reason for a gap in it.
        if (twin.key !== one.key || one.step !== undefined) {
          repeats.push(one);
        }
        return false;
      }
      if (owner !== undefined && owner.cell === one.at.cell) {
        return false;
      }
      for (const before of repeats) {
        known.add(before, before.isExact ? undefined : formOf(before));
      }
      this._released.push(...repeats.splice(0));
    }
    known.add(one, one.isExact ? undefined : formOf(one));
    return true;
  }

  /** One line for what was seen together. */
  private _writeTogether(chosen: readonly ISighting[]): void {
    let values = new Map<string, number>();
    let first: ISighting | undefined;
    const flush = (): void => {
      if (first !== undefined) {
        const { at, step, origin, isExact, time } = first;
        this._write(at, { values, step, origin, isExact, time });
      }
    };
    for (const one of chosen) {
      const isTogether =
        first !== undefined &&
        one.at === first.at &&
        one.step === first.step &&
        one.origin === first.origin &&
        one.isExact === first.isExact &&
        one.since === first.since &&
        !values.has(one.key);
      if (!isTogether) {
        flush();
        values = new Map();
        first = one;
      }
      values.set(one.key, one.value);
    }
    flush();
  }

  private _known(run: Run): Written {
    let known = this._runs.get(run.id);
    if (known === undefined) {
      for (const old of [...this._runs.keys()].slice(0, -MOST_RUNS)) {
        this._runs.delete(old);
      }
      this._runs.set(run.id, (known = new Written()));
    }
    return known;
  }

  private readonly _claims = new Claims();
  private _held: ISighting[] = [];
  /** Texts that seemed to repeat something, and do not. */
  private readonly _released: ISighting[] = [];
  private readonly _runs = new Map<string, Written>();
}

function isMine(one: ISighting, owner: IOwner | undefined): boolean {
  return owner !== undefined && owner.origin === one.origin && owner.cell === one.at.cell;
}

/** How it was printed; as it is, if it was not. */
function formOf(one: ISighting): IRounded {
  return one.rounded ?? { places: undefined, isPercent: false };
}
