import { toNumber } from '../../runlog/index.js';
import { reader, splitKey } from '../../runlog/filter.js';
import type { IRunSummary } from '../store/protocol.js';
import type { ISort } from './table.js';

/** What a value is sorted by: numbers by their size, texts by their letters and then by the number at their end. */
type Place = readonly [kind: number, text: string, number: number];

const MISSING: Place = [3, '', 0];

/** An order of runs. */
export class RunOrder {
  constructor(readonly sort: ISort) {}

  /**
   * The runs in this order; those that are equal stay as they stand.
   *
   * #### Notes
   * A run that has no such value stands behind those that have one, whichever way they are sorted.
   */
  apply(runs: readonly IRunSummary[]): readonly IRunSummary[] {
    const read = reader(splitKey(this.sort.key));
    const sign = this.sort.descending ? -1 : 1;
    return runs
      .map(run => ({ run, place: placeOf(read(run)) }))
      .sort(({ place: a }, { place: b }) => {
        if (a[0] !== b[0]) {
          return a[0] >= 2 || b[0] >= 2 ? a[0] - b[0] : sign * (a[0] - b[0]);
        }
        return sign * (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : a[2] - b[2]);
      })
      .map(({ run }) => run);
  }
}

function placeOf(value: unknown): Place {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  if (one === undefined || one === null || one === '') {
    return MISSING;
  }
  const number =
    typeof one === 'boolean'
      ? Number(one)
      : typeof one === 'number' || (typeof one === 'string' && /^-?Infinity$|^NaN$/.test(one))
        ? toNumber(one)
        : undefined;
  if (number !== undefined) {
    return Number.isNaN(number) ? [2, '', 0] : [0, '', number];
  }
  const text = typeof one === 'string' ? one : JSON.stringify(one);
  const [, head, tail] = /^(.*?)(\d{0,15})$/su.exec(text.toLowerCase()) ?? ['', text, ''];
  return [1, head, tail ? Number(tail) : -1];
}
