/** Lists are decided of as a whole: one whose values were printed before is no second metric. */
import { type IEntry, isOneQuantity, isTelling } from './likeness.js';
import type { ISighting } from './sighting.js';
import { placeOf, type Written } from './written.js';

/** So many points are a series. */
const POINTS = 2;
/** So many values tell that a list is the one that was printed. */
const SERIES = 3;

/** What is to be written of sightings in which there are lists. */
export interface IJudged {
  /** Without the lists that were printed and written before. */
  readonly rest: readonly ISighting[];
  /** Whether a sighting is of a list that repeats nothing, though one of its values may. */
  readonly isOfWhole: (one: ISighting) => boolean;
}

/** Judges the lists among some sightings; `knownOf` gives what was written to the run of one. */
export function judgeLists(
  ready: readonly ISighting[],
  knownOf: (one: ISighting) => Written
): IJudged {
  const lists = new Map<string, ISighting[]>();
  for (const one of ready) {
    if (isOfList(one)) {
      const place = placeIn(one);
      const list = lists.get(place);
      if (list === undefined) {
        lists.set(place, [one]);
      } else {
        list.push(one);
      }
    }
  }
  const whole = new Set<string>();
  const printed = new Set<string>();
  for (const [place, list] of lists) {
    const [first] = list;
    const known = knownOf(first);
    const owner = known.owners.get(first.key);
    const isMine = owner?.origin === first.origin && owner.cell === first.at.cell;
    if (list.length < SERIES || isMine) {
      continue;
    }
    const isSame =
      ({ key }: ISighting) =>
      (entry: IEntry) =>
        isOneQuantity(key, entry.key);
    if (list.every(one => known.asPrinted(one.value).some(isSame(one)))) {
      printed.add(place);
    } else if (
      list.filter(one => isTelling(one.value) && known.twin(one) !== undefined).length * 2 <
      list.length
    ) {
      whole.add(place);
    }
  }
  return {
    // What was printed under the name since then is no part of the list.
    rest:
      printed.size > 0 ? ready.filter(one => !(isOfList(one) && printed.has(placeIn(one)))) : ready,
    isOfWhole: one => whole.has(placeIn(one))
  };
}

/**
 * Sightings without the numbers that a cell left under a name of which it printed a series: they are what that
 * came to.
 */
export function withoutEnds(ready: readonly ISighting[]): readonly ISighting[] {
  const printed = new Map<string, Set<number>>();
  for (const one of ready) {
    if (one.origin === 'printed' && one.step !== undefined) {
      const place = placeIn(one);
      const steps = printed.get(place);
      if (steps === undefined) {
        printed.set(place, new Set([one.step]));
      } else {
        steps.add(one.step);
      }
    }
  }
  const isEnd = (one: ISighting): boolean =>
    one.origin === 'variable' &&
    one.step === undefined &&
    (printed.get(placeIn(one))?.size ?? 0) >= POINTS;
  return printed.size > 0 ? ready.filter(one => !isEnd(one)) : ready;
}

function isOfList({ origin, step }: ISighting): boolean {
  return origin === 'variable' && step !== undefined;
}

function placeIn(one: ISighting): string {
  return `${one.at.run.id} ${placeOf(one)}`;
}
