/** The variables of a notebook that hold metrics. */
import type { IBindings } from '../syntax/bindings.js';
import type { IMoment } from '../sightings/sighting.js';
import type { ISeen, Sightings } from '../sightings/arbiter.js';
import { frameOf } from '../frames.js';
import { items } from './numbers.js';
import { Rows } from './rows.js';
import { scalarOf } from '../tensors.js';
import { keyOf, lists, Series } from './series.js';
import { tableRows } from './tables.js';
import * as words from './words.js';

export const VARIABLE = 'variable';
const MOST_ITEMS = 100;
const COUNT = /^-?\d{1,6}(?:\.\d{1,8})?$|^\de-\d{1,2}$/;

/** Metric-named numbers and lists of one session. */
export class NamedMetrics {
  constructor(private readonly _sightings: Sightings) {}

  /** What is there already was not computed in this session's runs. */
  start(values: ReadonlyMap<string, unknown>): void {
    for (const found of lists(values, this._classes)) {
      this._series.passedOver(found);
    }
    this._rows.passedOver(values, this._classes);
  }

  /** A cell was compiled. */
  before(bindings: IBindings | undefined): void {
    if (bindings !== undefined) {
      this._series.rebound(bindings.all, bindings.differences);
      this._rows.rebound(bindings.all);
      bindings.classes.forEach(name => this._classes.add(name));
    }
  }

  /** Takes the new elements of lists; also while a cell runs. */
  look(at: IMoment, values: ReadonlyMap<string, unknown>, isEnded: boolean): void {
    for (const found of lists(values, this._classes)) {
      const news = this._series.news(found, at.run.id, isEnded);
      for (const [index, value] of news?.values.entries() ?? []) {
        this._see(at, new Map([[news!.key, value]]), news!.start + index);
      }
    }
    for (const { values: row, step } of this._rows.news(values, this._classes, isEnded)) {
      this._see(at, row, step);
    }
  }

  /** Takes the numbers that the cell bound to names of metrics. */
  bound(at: IMoment, values: ReadonlyMap<string, unknown>, bindings: IBindings): void {
    for (const name of [...bindings.computed].sort()) {
      const value = values.get(name);
      if (typeof value === 'object' && value !== null && frameOf(value)) {
        this._frames.add(value);
        for (const { values: row, step, origin } of tableRows(value)) {
          this._sightings.see(at, { values: row, step, origin, isExact: true });
        }
        continue;
      }
      for (const { key, value, step } of scalars([name], values.get(name))) {
        if (Number.isFinite(value)) {
          this._see(at, new Map([[key, value]]), step);
        }
      }
    }
    // What a loop bound last is of interest where the loop told its metrics in no other way.
    for (const name of [...bindings.inLoops].sort()) {
      const key = words.normal(name);
      const given = values.get(name);
      const value = scalarOf(given) ?? given;
      const isNews = typeof value === 'number' && Number.isFinite(value) && words.isMetric(key);
      if (isNews && !this._sightings.isTold(at, key)) {
        this._see(at, new Map([[key, value]]), undefined);
      }
    }
  }

  /** Whether a value is a table that was taken already. */
  has(value: unknown): boolean {
    return this._rows.has(value) || this._frames.has(value as object);
  }

  private _see(at: IMoment, values: ISeen['values'], step: number | undefined): void {
    this._sightings.see(at, { values, step, origin: VARIABLE, isExact: true });
  }

  private readonly _classes = new Set<string>();
  private readonly _frames = new WeakSet<object>();
  private readonly _rows = new Rows();
  private readonly _series = new Series();
}

interface IScalar {
  readonly key: string;
  readonly value: number;
  readonly step: number | undefined;
}

/** The numbers with names of metrics in a value, and the step of those that are counted. */
function* scalars(path: readonly string[], given: unknown): Generator<IScalar> {
  const value = scalarOf(given) ?? given;
  if (typeof value === 'number') {
    const key = keyOf(path);
    // Within an object an integer is a count, mostly.
    if (key !== undefined && !(path.length > 1 && Number.isInteger(value))) {
      yield { key, value, step: undefined };
    }
    return;
  }
  const inner = path.length < 3 && typeof value === 'object' ? items(value) : undefined;
  if (inner === undefined || inner.length > MOST_ITEMS) {
    return;
  }
  const isCounted = inner.length > 1 && inner.every(([name]) => COUNT.test(name));
  // Whole numbers come first in an object, whatever was stored first.
  const inOrder = isCounted ? inner.sort(([one], [other]) => Number(one) - Number(other)) : inner;
  for (const [name, item] of inOrder) {
    if (isCounted && typeof item === 'number') {
      // An error for each year, k or rate: one series.
      for (const found of scalars(path, item)) {
        yield { ...found, step: Number(name) };
      }
    } else {
      yield* scalars([...path, name], item);
    }
  }
}
