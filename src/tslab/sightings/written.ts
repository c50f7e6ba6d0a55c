/** What was captured and written to one run, so that what is seen again can be told. */
import { digits, type IEntry, isSame, isTelling, round, roundedTo } from './likeness.js';
import type { IRounded, ISighting } from './sighting.js';

const MOST_VALUES = 50_000;
const MOST_PLACES = 12;
/** A number that was printed with more digits was printed as it is. */
const MOST_DIGITS = 15;
const MOST_COMPARED = 200;
/** So many digits tell that an exact value was printed. */
const TOLD = 2;
/** More digits than a number has. */
const ALL = 17;

/** Who told a metric last: the source, and the execution. */
export interface IOwner {
  readonly origin: string;
  readonly cell: number | null;
}

/** The values that were written to a run by themselves, by how they would be printed. */
export class Written {
  readonly owners = new Map<string, IOwner>();
  /** By key and execution, what was printed and seems to be another metric's. */
  readonly repeats = new Map<string, ISighting[]>();

  /** Takes a value that was written; `rounded` says how it was printed if it comes from a text. */
  add(one: ISighting, rounded: IRounded | undefined): void {
    const { key, value, origin } = one;
    const { cell } = one.at;
    this.owners.set(key, { origin, cell });
    const entry = { key, cell, origin };
    if (rounded !== undefined) {
      put(this._printed, value, { entry, rounded });
      this._forms.set(`${rounded.places}${rounded.isPercent}`, rounded);
      return;
    }
    if (this._all.length > MOST_VALUES) {
      this._exact.clear();
      this._all.length = 0;
      this._byPlaces.clear();
    }
    put(this._exact, value, entry);
    this._all.push([value, entry]);
    for (const [places, index] of this._byPlaces) {
      file(index, value, places, entry);
    }
  }

  /** Where the quantity was written already, undefined if it was not. */
  twin(one: ISighting): IEntry | undefined {
    const { value, rounded } = one;
    if (rounded?.places !== undefined && rounded.places <= MOST_PLACES) {
      return this._rounded(one, value, rounded.places);
    }
    const agreed = isTelling(value) ? ALL : 1;
    const found = this._exact.get(value)?.find(entry => isSame(one, entry, agreed));
    if (found === undefined && rounded?.places !== undefined) {
      return this._fine(one, value, rounded.places);
    }
    if (found !== undefined || rounded !== undefined) {
      return found;
    }
    const printed = this._printedAs(one, value);
    const places = printed === undefined ? roundedTo(value) : undefined;
    return places === undefined ? printed : this._rounded(one, value, places);
  }

  /** What was printed, and written, that an exact value may have been. */
  asPrinted(value: number): IEntry[] {
    return [...this._forms.values()].flatMap(form => {
      const shown = shownAs(value, form);
      // Of whatever is between 0.5 and 1.5 a 1 says nothing.
      const isTold = shown === value || digits(shown, form.places ?? ALL) >= TOLD;
      return isTold ? (this._printed.get(shown) ?? []).map(({ entry }) => entry) : [];
    });
  }

  private _rounded(one: ISighting, value: number, places: number): IEntry | undefined {
    let index = this._byPlaces.get(places);
    if (index === undefined) {
      index = new Map<number, IEntry[]>();
      this._byPlaces.set(places, index);
      for (const [known, entry] of this._all) {
        file(index, known, places, entry);
      }
    }
    const agreed = digits(value, places);
    const near = index.get(round(value, places)) ?? [];
    const found = near.find(entry => isSame(one, entry, agreed));
    const place = placeOf(one);
    if (found !== undefined) {
      this._followed.set(place, found.key);
      return found;
    }
    // Among 0.51666667 and 0.46666667 a 0.55 is of the same array, few as its digits are.
    const followed = this._followed.get(place);
    return near.find(({ key }) => key === followed);
  }

  /** Of 6.60e-167 three digits were printed, in more places than are kept apart; tables may print 13. */
  private _fine(one: ISighting, value: number, places: number): IEntry | undefined {
    const agreed = digits(value, places);
    const latest = agreed <= MOST_DIGITS ? this._all.slice(-MOST_COMPARED) : [];
    // Some round it, and some cut it off.
    const near = 10 ** -places;
    return latest.find(
      ([known, entry]) => Math.abs(known - value) < near && isSame(one, entry, agreed)
    )?.[1];
  }

  /** Where an exact value was printed before, and that was written. */
  private _printedAs(one: ISighting, value: number): IEntry | undefined {
    for (const form of this._forms.values()) {
      const text = shownAs(value, form);
      for (const { entry, rounded } of this._printed.get(text) ?? []) {
        const agreed = rounded.places === undefined ? ALL : digits(text, rounded.places);
        if (isSame(one, entry, agreed)) {
          return entry;
        }
      }
    }
    return undefined;
  }

  private readonly _all: Array<readonly [number, IEntry]> = [];
  private readonly _byPlaces = new Map<number, Map<number, IEntry[]>>();
  private readonly _exact = new Map<number, IEntry[]>();
  /** By key and execution, the metric that it repeated last. */
  private readonly _followed = new Map<string, string>();
  private readonly _forms = new Map<string, IRounded>();
  private readonly _printed = new Map<number, Array<{ entry: IEntry; rounded: IRounded }>>();
}

/** A value as it is printed in a form. */
function shownAs(value: number, { places, isPercent }: IRounded): number {
  const shown = isPercent ? value * 100 : value;
  return places !== undefined && Number.isFinite(shown) ? round(shown, places) : shown;
}

/** The key and the execution of a sighting. */
export function placeOf({ key, at }: ISighting): string {
  return `${at.cell} ${key}`;
}

/** Files a value under what it looks like with so many decimal places: as it is, and as a percentage. */
function file(index: Map<number, IEntry[]>, value: number, places: number, entry: IEntry): void {
  if (!Number.isFinite(value)) {
    return;
  }
  const near = 10 ** -places;
  for (const shown of [value, value * 100]) {
    const middle = round(shown, places);
    put(index, middle, entry);
    if (Math.abs(Math.abs(shown - middle) - near / 2) < near * 1e-6) {
      // Halfway: some round it up and some down.
      put(index, round(shown > middle ? middle + near : middle - near, places), entry);
    }
  }
}

function put<T>(index: Map<number, T[]>, key: number, value: T): void {
  const known = index.get(key);
  if (known === undefined) {
    index.set(key, [value]);
  } else {
    known.push(value);
  }
}
