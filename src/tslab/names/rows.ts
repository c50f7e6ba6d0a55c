/** Lists of objects, one for each epoch or trial: `log.push({ epoch: 3, valLoss: 0.2 })`. */
import { wordSet } from './vocabulary.js';
import { STEPS } from './vocabulary.js';
import { isList, items } from './numbers.js';
import { insideOf } from './objects.js';
import * as words from './words.js';

const MOST = 20_000;
/** So many rows at most are each a model, a class or the like that has a name. */
const MOST_NAMED = 30;
/** An object with more items is looked into no further. */
const MOST_ITEMS = 200;
/** Keys whose texts tell of what a row is. */
const NAMES = wordSet('model name classifier regressor method algorithm estimator variant');

/** How far a list was taken, and the key by whose texts its rows are told apart. */
interface ITaken {
  readonly list: WeakRef<object>;
  readonly length: number;
  readonly naming?: string;
}

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
  passedOver(values: ReadonlyMap<string, unknown>, classes: ReadonlySet<string>): void {
    for (const [name, list] of listsOfObjects(values, classes)) {
      this._seen.set(name, { list: new WeakRef(list), length: list.length });
    }
  }

  /** Whether a list is one whose rows were taken already. */
  has(value: unknown): boolean {
    return [...this._seen.values()].some(({ list }) => list.deref() === value);
  }

  /**
   * The rows that were added since.
   *
   * @param classes - the names of the notebook's own classes.
   * @param isEnded - the cell has ended: what tells rows apart is known when all of them are there.
   */
  *news(
    values: ReadonlyMap<string, unknown>,
    classes: ReadonlySet<string>,
    isEnded: boolean
  ): Generator<IRow> {
    for (const [name, list] of listsOfObjects(values, classes)) {
      const seen = this._seen.get(name);
      const isSame = seen?.list.deref() === list && list.length >= seen.length;
      const start = isSame ? seen.length : 0;
      if (list.length - start > MOST || (start === 0 && !isEnded && mayBeNamed(list))) {
        continue;
      }
      const naming = start > 0 ? seen?.naming : namingKey(list);
      this._seen.set(name, { list: new WeakRef(list), length: list.length, naming });
      for (let index = start; index < list.length; index++) {
        const row = rowOf(itemAt(list, index), index, false, naming);
        if (row !== undefined) {
          yield row;
        }
      }
    }
  }

  private readonly _seen = new Map<string, ITaken>();
}

/** Those that have names, and those in objects that have: `log`, `population.history`. */
function* listsOfObjects(
  values: ReadonlyMap<string, unknown>,
  classes: ReadonlySet<string>
): Generator<[path: string, list: readonly unknown[]]> {
  const inside = insideOf(values, classes);
  for (const [name, value] of values) {
    if (typeof value !== 'object' || value === null || name.startsWith('_')) {
      continue;
    }
    if (isOfObjects(value)) {
      yield [name, value];
    } else {
      const inner = inside(value) ?? [];
      for (const [key, item] of inner.length <= MOST_ITEMS ? inner : []) {
        if (isOfObjects(item)) {
          yield [`${name}\0${key}`, item];
        }
      }
    }
  }
}

function isOfObjects(value: unknown): value is readonly unknown[] {
  return isList(value) && value.length > 0 && items(itemAt(value, 0)) !== undefined;
}

/** Whether rows have texts that may tell them apart, and nothing else that does. */
function mayBeNamed(list: readonly unknown[]): boolean {
  const row = items(itemAt(list, 0)) ?? [];
  const isTold = row.some(([name, item]) => {
    const key = words.normal(name);
    return isStep(key) || (typeof item === 'string' && NAMES.has(key));
  });
  return !isTold && list.length <= MOST_NAMED && row.some(([, item]) => typeof item === 'string');
}

/**
 * The key with another text in each row, as `label` of the rows of a report. Of rows that are mostly no metrics, as
 * samples with what was predicted for them, there is none.
 */
function namingKey(list: readonly unknown[]): string | undefined {
  if (list.length < 2 || !mayBeNamed(list)) {
    return undefined;
  }
  const row = items(itemAt(list, 0)) ?? [];
  const numeric = row.filter(([, item]) => typeof item === 'number');
  const metrics = numeric.filter(([name]) => words.isMetric(words.normal(name)));
  const naming = row.find(([, item]) => typeof item === 'string')?.[0];
  const texts = Array.from({ length: list.length }, (_, index) => {
    const text = (items(itemAt(list, index)) ?? []).find(([name]) => name === naming)?.[1];
    return typeof text === 'string' ? words.label(text) : '';
  });
  const areNames = !texts.includes('') && new Set(texts).size === texts.length;
  return areNames && metrics.length * 2 >= numeric.length ? naming : undefined;
}

function isStep(key: string): boolean {
  return STEPS.has(key) || key === 'epochs' || key === 'iterations';
}

function itemAt(list: readonly unknown[], index: number): unknown {
  return Object.getOwnPropertyDescriptor(list, index)?.value;
}

/**
 * The metrics of one object.
 *
 * @param isTable - whatever text it has first says whose they are.
 * @param naming - the key whose text says so.
 */
export function rowOf(
  value: unknown,
  index: number,
  isTable = false,
  naming?: string
): IRow | undefined {
  const found = new Map<string, number>();
  let step: number | undefined;
  let label = '';
  for (const [name, item] of items(value) ?? []) {
    const key = words.normal(name);
    if (typeof item === 'string' && (isTable || NAMES.has(key) || name === naming)) {
      label ||= words.label(item);
    } else if (typeof item === 'number') {
      if (isStep(key)) {
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
