/** What the user logs by hand claims what is seen of it elsewhere, whatever name it has there. */
import * as words from '../names/words.js';
import type { Run } from '../run.js';
import { areApart, digits, isWithin, round, STRONG } from './likeness.js';
import { type ISighting, rank, TEXT } from './sighting.js';

const MOST_CLAIMED = 1000;
/** So many of the values that were logged last are compared as they would be printed. */
const MOST_ROUNDED = 32;

/** Remembers of each execution which sightings are of what the user logs. */
export class Claims {
  /**
   * The sightings that are of nothing that the user logs. It is decided for all sightings of one name in an
   * execution together, so that no series has gaps.
   */
  unclaimed(ready: readonly ISighting[]): readonly ISighting[] {
    const groups = new Map<string, ISighting[]>();
    for (const one of ready) {
      const place = placeIn(one);
      groups.set(place, [...(groups.get(place) ?? []), one]);
    }
    for (const [place, group] of groups) {
      if (!this._claimed.has(place) && claims(loggedIn(group[0].at.run), group)) {
        if (this._claimed.size >= MOST_CLAIMED) {
          this._claimed.clear();
        }
        this._claimed.add(place);
      }
    }
    return ready.filter(one => !this._claimed.has(placeIn(one)));
  }

  private readonly _claimed = new Set<string>();
}

/** Whether the user logs this quantity by hand in this run, under this name or a like one. */
export function isLogged(run: Run, key: string): boolean {
  const mine = words.quantity(words.normal(key));
  return keysOf(run).some(name => {
    const its = words.quantity(words.normal(name));
    return name === key || (isWithin(mine, its) && isWithin(its, mine));
  });
}

function keysOf(run: Run): string[] {
  return [...run.metricOrigins].flatMap(([name, origin]) => (origin === 'logged' ? [name] : []));
}

function loggedIn(run: Run): Map<string, readonly number[]> {
  return new Map(keysOf(run).map(key => [key, run.points.lately(key)]));
}

function placeIn({ at, origin, key }: ISighting): string {
  return `${at.run.id} ${at.cell} ${origin} ${key}`;
}

/** Whether half of the sightings at least have values that were logged under one name. */
function claims(
  logged: ReadonlyMap<string, readonly number[]>,
  group: readonly ISighting[]
): boolean {
  const name = words.normal(group[0].key);
  for (const [key, values] of logged) {
    const other = words.normal(key);
    if (!areApart(name, other) && mayBeOne(name, other)) {
      const exact = new Set(values);
      const latest = values.slice(-MOST_ROUNDED);
      const hits = group.filter(one => isAmong(one, exact, latest)).length;
      if (hits * 2 >= group.length) {
        return true;
      }
    }
  }
  return false;
}

function mayBeOne(name: string, other: string): boolean {
  const [mine, its] = [words.quantity(name), words.quantity(other)];
  return (
    isWithin(mine, its) ||
    isWithin(its, mine) ||
    !(words.isSpecific(name) && words.isSpecific(other))
  );
}

function isAmong(one: ISighting, exact: ReadonlySet<number>, latest: readonly number[]): boolean {
  const { value, rounded } = one;
  if (rank(one.origin) < TEXT) {
    return (
      exact.has(value) || exact.has(value * 100) || latest.some(known => roundsTo(value, known))
    );
  }
  const places = rounded?.places;
  if (places === undefined) {
    return exact.has(value);
  }
  return (
    digits(value, places) >= STRONG &&
    latest.some(known => round(known, places) === value || round(known * 100, places) === value)
  );
}

/** Whether the user rounded a value before logging it. */
function roundsTo(value: number, known: number): boolean {
  const places = (String(known).split('.')[1] ?? '').length;
  return (
    places >= 2 &&
    places <= 6 &&
    digits(known, places) >= 3 &&
    (known === round(value, places) || known === round(value * 100, places))
  );
}
