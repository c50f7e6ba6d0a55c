/** Lists of objects, one for each epoch or trial: `log.push({ epoch: 3, valLoss: 0.2 })`. */
import { wordSet } from './vocabulary.js';
import { STEPS } from './vocabulary.js';
import { isList, items } from './numbers.js';
import * as words from './words.js';

const MOST = 20_000;
/** An object with more items is looked into no further. */
const MOST_ITEMS = 200;
/** Keys whose texts tell of what a row is. */
const NAMES = wordSet('model name classifier regressor method algorithm estimator variant');

/** The metrics of one object, and its step, undefined when it has none. */
export interface IRow {
  readonly step: number | undefined;
  readonly values: ReadonlyMap<string, number>;
}

/** What is known of such lists. */
export class Rows {
  /** A cell begins that binds these names anew. */
  rebound(names: ReadonlySet<string>): void {
    for (const path of this._seen.keys()) {
      if (names.has(path.split('\0')[0])) {
        this._seen.delete(path);
      }
    }
  }

  /** What is there already is none of this session's. */
  passedOver(values: ReadonlyMap<string, unknown>): void {
    for (const [name, list] of listsOfObjects(values)) {
      this._seen.set(name, { list: new WeakRef(list), length: list.length });
    }
  }

  /** Whether a list is one whose rows were taken already. */
  has(value: unknown): boolean {
    return [...this._seen.values()].some(({ list }) => list.deref() === value);
  }

  /** The rows that were added since. */
  *news(values: ReadonlyMap<string, unknown>): Generator<IRow> {
    for (const [name, list] of listsOfObjects(values)) {
      const seen = this._seen.get(name);
      const isSame = seen?.list.deref() === list && list.length >= seen.length;
      const start = isSame ? seen.length : 0;
      if (list.length - start > MOST) {
        continue;
      }
      this._seen.set(name, { list: new WeakRef(list), length: list.length });
      for (let index = start; index < list.length; index++) {
        const row = rowOf(Object.getOwnPropertyDescriptor(list, index)?.value, index);
        if (row !== undefined) {
          yield row;
        }
      }
    }
  }

  private readonly _seen = new Map<string, { list: WeakRef<object>; length: number }>();
}

/** Those that have names, and those in objects that have: `log`, `population.history`. */
function* listsOfObjects(
  values: ReadonlyMap<string, unknown>
): Generator<[path: string, list: readonly unknown[]]> {
  for (const [name, value] of values) {
    if (typeof value !== 'object' || value === null || name.startsWith('_')) {
      continue;
    }
    if (isOfObjects(value)) {
      yield [name, value];
    } else {
      const inner = items(value, true) ?? [];
      for (const [key, item] of inner.length <= MOST_ITEMS ? inner : []) {
        if (isOfObjects(item)) {
          yield [`${name}\0${key}`, item];
        }
      }
    }
  }
}

function isOfObjects(value: unknown): value is readonly unknown[] {
  return (
    isList(value) &&
    value.length > 0 &&
    items(Object.getOwnPropertyDescriptor(value, 0)?.value) !== undefined
  );
}

/**
 * The metrics of one object.
 *
 * @param isTable - whatever text it has first says whose they are.
 */
export function rowOf(value: unknown, index: number, isTable = false): IRow | undefined {
  const found = new Map<string, number>();
  let step: number | undefined;
  let label = '';
  for (const [name, item] of items(value) ?? []) {
    const key = words.normal(name);
    if (typeof item === 'string' && (isTable || NAMES.has(key))) {
      label ||= words.label(item);
    } else if (typeof item === 'number') {
      if (STEPS.has(key) || key === 'epochs' || key === 'iterations') {
        step = item;
      } else if (words.isMetric(key)) {
        found.set(key, item);
      }
    }
  }
  if (found.size === 0) {
    return undefined;
  }
  return label === ''
    ? { step: step ?? index, values: found }
    : { step, values: new Map([...found].map(([key, number]) => [`${key}/${label}`, number])) };
}
