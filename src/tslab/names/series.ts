/** Lists that grow: of which names they are found under, and which of their elements are new. */
import { remembered } from './remembered.js';
import { GENERIC, SPLITS, wordSet } from './vocabulary.js';
import { isFloats, isList, items, lengthOf, numberAt, sequence } from './numbers.js';
import { type Inside, insideOf } from './objects.js';
import * as words from './words.js';

const MOST = 200_000;
const MOST_AT_ONCE = 20_000;
const MOST_ITEMS = 200;
const RESULTS = wordSet('results result performance performances summary evaluation comparison');
/** What is one of several is no point of the series that it is chosen from. */
const EXTREMES = wordSet('best worst');
/** What an array of these has is one number for each sample, mostly. */
const PER_SAMPLE = wordSet('residual residuals error errors err errs entropy');
/** What lists of these have is one number for each class, word or step of an episode. */
const PROBABILITIES = /(?:^|_)log_?probs?(?![a-z])/;
/** So many numbers are a list that may be one of names or places. */
const SEVERAL = 3;
const LOOKED = 50;

/** A list of metrics, or a number: the path of names to it, and the key it is recorded under. */
export interface IFound {
  readonly path: readonly string[];
  readonly key: string;
  readonly value: unknown;
}

/** The new elements of a list. */
export interface INews {
  readonly key: string;
  /** The index of the first of them. */
  readonly start: number;
  readonly values: readonly number[];
}

interface ISeen {
  readonly list: WeakRef<object> | undefined;
  readonly length: number;
  readonly first: number;
  readonly last: number;
  readonly run: string | undefined;
  isRebound: boolean;
}

/** What is known of the lists of one session. */
export class Series {
  /**
   * A cell begins that binds these names anew: what they stand for afterwards may be another list.
   *
   * @param differences - those of them that stand for the difference of each sample.
   */
  rebound(names: ReadonlySet<string>, differences: ReadonlySet<string>): void {
    for (const name of names) {
      if (differences.has(name)) {
        this._samples.add(name);
      } else {
        this._samples.delete(name);
      }
    }
    for (const [path, seen] of this._seen) {
      if (names.has(path.split('\0')[0])) {
        seen.isRebound = true;
      }
    }
  }

  /**
   * What is new in a list.
   *
   * @param isEnded - the cell has ended well, so that a name it binds is bound.
   */
  news(found: IFound, run: string, isEnded: boolean): INews | undefined {
    const { value } = found;
    if (found.path.length === 1 && this._samples.has(found.path[0])) {
      return undefined;
    }
    if (!isList(value) && !isEnded) {
      // A typed array has its length from the beginning, and is filled by and by.
      return undefined;
    }
    const path = found.path.join('\0');
    const seen = this._seen.get(path);
    const start = known(value, seen, run, isEnded);
    const length = lengthOf(value);
    if (length <= start || length > MOST || length - start > MOST_AT_ONCE) {
      return undefined;
    }
    const values = sequence(value, start);
    if (values === undefined || values.length === 0) {
      return undefined;
    }
    const first = seen !== undefined && start > 0 ? seen.first : values[0];
    this._put(path, found, first, values[values.length - 1], start + values.length, run);
    return { key: this._key(found, run), start, values };
  }

  /** The list was there before anything was recorded. */
  passedOver(found: IFound): void {
    const values = sequence(found.value);
    if (values !== undefined && values.length > 0) {
      const path = found.path.join('\0');
      this._put(path, found, values[0], values[values.length - 1], values.length, undefined);
    }
  }

  private _put(
    path: string,
    { value }: IFound,
    first: number,
    last: number,
    length: number,
    run: string | undefined
  ): void {
    const list = new WeakRef(value as object);
    this._seen.set(path, { list, length, first, last, run, isRebound: false });
  }

  /** A key that no other list has: the second history with a loss gets its own name too. */
  private _key({ path, key }: IFound, run: string): string {
    const place = `${run} ${key}`;
    const own = path.join('\0');
    const owner = this._keys.get(place) ?? own;
    this._keys.set(place, owner);
    return owner === own || path.length < 2 ? key : `${key}/${words.normal(path[0])}`;
  }

  private readonly _keys = new Map<string, string>();
  /** Names of lists with a number for each sample. */
  private readonly _samples = new Set<string>();
  private readonly _seen = new Map<string, ISeen>();
}

/** How many elements of a list were there already. */
function known(value: unknown, seen: ISeen | undefined, run: string, isEnded: boolean): number {
  const length = lengthOf(value);
  if (seen === undefined || length < seen.length) {
    return 0;
  }
  const isOther = length !== seen.length || seen.list?.deref() !== value;
  if (seen.isRebound && seen.run !== run && (isEnded || isOther)) {
    return 0;
  }
  const isSame =
    Object.is(numberAt(value, 0), seen.first) &&
    Object.is(numberAt(value, seen.length - 1), seen.last);
  return isSame ? seen.length : 0;
}

/**
 * The lists of numbers with names of metrics in a namespace, and in its objects.
 *
 * @param classes - the names of the notebook's own classes.
 */
export function* lists(
  values: ReadonlyMap<string, unknown>,
  classes: ReadonlySet<string>
): Generator<IFound> {
  const inside = insideOf(values, classes);
  for (const [name, value] of values) {
    if (typeof value === 'object' && value !== null && !name.startsWith('_')) {
      yield* within([name], value, inside);
    }
  }
}

function* within(path: readonly string[], value: unknown, inside: Inside): Generator<IFound> {
  if (isList(value)) {
    const key = value.length > 0 && numberAt(value, 0) !== undefined ? keyOf(path) : undefined;
    if (key !== undefined && isOfMetric(key, value)) {
      yield { path, key, value };
    }
  } else if (isFloats(value)) {
    const key = lengthOf(value) > 1 ? keyOf(path) : undefined;
    const isOfSamples = [...words.quantity(key ?? '')].some(word => PER_SAMPLE.has(word));
    if (key !== undefined && !isOfSamples && !PROBABILITIES.test(key)) {
      yield { path, key, value };
    }
  } else if (path.length < 3) {
    const inner = inside(value) ?? [];
    if (inner.length <= MOST_ITEMS) {
      for (const [name, item] of inner) {
        if (typeof item === 'object' && item !== null) {
          yield* within([...path, name], item, items);
        }
      }
    }
  }
}

/** Whether a list holds what its name says: `result.tour` is the order of its stops, and no metric. */
function isOfMetric(key: string, list: readonly unknown[]): boolean {
  const [name] = key.split('/');
  if (words.isMetric(name) && !GENERIC.has(name)) {
    return !PROBABILITIES.test(name);
  }
  const looked = Math.min(list.length, LOOKED);
  const some = Array.from({ length: looked }, (_, index) => numberAt(list, index));
  return looked < SEVERAL || !some.every(Number.isInteger);
}

const keyOfText = remembered((text: string): { key: string | undefined } => {
  const path = text.split('\0');
  const names = path.map(words.normal);
  const telling = names.filter(name => name !== '' && !GENERIC.has(name));
  let metric = names.findLast(name => words.isMetric(name) && !GENERIC.has(name));
  if (metric === undefined) {
    const isGeneric = names.slice(0, -1).some(name => GENERIC.has(name));
    const last = words.label(path[path.length - 1]);
    const isResult =
      isGeneric &&
      names.length === 2 &&
      last !== '' &&
      RESULTS.has(names[0]) &&
      !words.isOther(names[1]);
    return { key: isResult ? `${names[0]}/${last}` : undefined };
  }
  let others = telling.filter(name => name !== metric);
  if (path.length > 1 && metric !== names[0]) {
    // The name of the container: it says more only where two hold the same.
    others = without(others, names[0]);
    if (EXTREMES.has(names[0]) && !metric.split('_').includes(names[0])) {
      // Of what was the best one.
      metric = `${names[0]}_${metric}`;
    }
  }
  const part = others.find(name => SPLITS.has(name));
  if (part !== undefined && words.splitOf(metric) === undefined) {
    others = without(others, part);
    metric = `${part}_${metric}`;
  }
  const labels = path.filter(name => others.includes(words.normal(name))).map(words.label);
  return { key: [metric, ...labels].join('/') };
});

/**
 * The key of what is found on a path of names, undefined when they are not those of a metric.
 * `history.valLoss` is `val_loss`, `losses.train` `train_losses`, `scores.forest` `scores/forest`.
 */
export function keyOf(path: readonly string[]): string | undefined {
  return keyOfText(path.join('\0')).key;
}

function without(names: readonly string[], name: string): string[] {
  const at = names.indexOf(name);
  return names.filter((_, index) => index !== at);
}
