/** Whether two sightings are of one quantity: by their names, and by how telling a value is. */
import { wordSet } from '../names/vocabulary.js';
import * as words from '../names/words.js';
import { type ISighting, LAST_EXPRESSION } from './sighting.js';

/** Digits that agree only when two numbers are one. */
export const STRONG = 4;
const FEW_PLACES = 4;
const FEW_DIGITS = 2;
/** What is made of a series is another quantity than the series, though its value is among it. */
const DISTINCT = wordSet('best worst max min median std var');

/** Where a value was written: the key, the execution, and the source. */
export interface IEntry {
  readonly key: string;
  readonly cell: number | null;
  readonly origin: string;
}

/** A number with so many decimal places. */
export function round(value: number, places: number): number {
  if (places < 0) {
    const unit = 10 ** -places;
    return Math.round(value / unit) * unit;
  }
  return Number(value.toFixed(Math.min(places, 100)));
}

/** How many significant digits were printed; of several zeros at the end one counts: 0.7540 is not 0.5. */
export function digits(value: number, places: number): number {
  if (!Number.isFinite(value)) {
    return 0;
  }
  const text = Math.abs(value).toFixed(Math.min(100, Math.max(places, 0)));
  const shown = text.replace('.', '').replace(/^0+/, '');
  const told = shown.replace(/0+$/, '').length;
  return places > 0 && told >= FEW_DIGITS && told < shown.length ? told + 1 : told;
}

/** Whether a value is hardly had by chance: an accuracy of 1 or 0.5 is, and tells of no other that has it. */
export function isTelling(value: number): boolean {
  const shown = String(Math.abs(value))
    .replace('.', '')
    .replace(/^0+|0+$/g, '');
  return Number.isFinite(value) && shown.length > 1;
}

/** The decimal places of a value that the notebook seems to have rounded, as by `toFixed`. */
export function roundedTo(value: number): number | undefined {
  const places = (String(value).split('.')[1] ?? '').length;
  return places <= FEW_PLACES && digits(value, places) >= FEW_DIGITS ? places : undefined;
}

/** Whether a sighting is of the quantity of `entry`, whose value agrees to `agreed` digits. */
export function isSame(one: ISighting, entry: IEntry, agreed: number): boolean {
  if (entry.key !== one.key) {
    return namesAgree(one, entry, agreed);
  }
  // A source may well tell the same value twice, as when nothing changes from one epoch to the next.
  // But a table that is bound to a name and shown is one table.
  const isTable = one.origin === 'table' && one.step === undefined;
  const isShown = one.origin === 'table' || one.origin === LAST_EXPRESSION;
  return entry.origin !== one.origin || (isShown && (isTable || entry.cell !== one.at.cell));
}

/** Whether two names in their normal form are of different parts of the data. */
export function areApart(name: string, other: string): boolean {
  const [one, two] = [words.splitOf(name), words.splitOf(other)];
  return one !== undefined && two !== undefined && one !== two;
}

/** Whether the words of one key are those of another, or fewer: losses and loss, loss and train_loss. */
export function isOneQuantity(one: string, other: string): boolean {
  const [name, its] = [words.normal(one), words.normal(other)];
  const [mine, theirs] = [words.quantity(name), words.quantity(its)];
  const isMade = [...DISTINCT].some(word => mine.has(word) !== theirs.has(word));
  return !areApart(name, its) && !isMade && (isWithin(mine, theirs) || isWithin(theirs, mine));
}

/** Whether all that one name stands for is in what the other one stands for. */
export function isWithin(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].every(word => other.has(word));
}

function namesAgree(one: ISighting, entry: IEntry, agreed: number): boolean {
  const [name, other] = [words.normal(one.key), words.normal(entry.key)];
  if (areApart(name, other)) {
    return false;
  }
  const [mine, its] = [words.quantity(name), words.quantity(other)];
  if ([...DISTINCT].some(word => mine.has(word) !== its.has(word))) {
    return false;
  }
  const isHere = entry.cell === one.at.cell;
  if (isWithin(mine, its) || isWithin(its, mine)) {
    return agreed >= STRONG || isHere;
  }
  if (words.isSpecific(name) && words.isSpecific(other)) {
    return false;
  }
  const telling = Number.isInteger(one.value)
    ? String(Math.abs(one.value)).replace(/0+$/, '').length
    : agreed;
  return telling >= STRONG && isHere;
}
