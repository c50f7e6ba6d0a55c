/** Reads what one cell prints, line after line, and gives the points of its metrics. */
import { STEPS, TIMES, wordSet } from '../names/vocabulary.js';
import { type ICounter, type IItem, type ILine, parse } from './parse.js';
import { LONGEST } from './pieces.js';
import type { Names } from './judging.js';
import { Tables } from './tables.js';
import { Traced } from './traced.js';
import { Warned } from './warned.js';

const OUTER = wordSet('fold trial');
const NO_INNER = wordSet('fold trial batch minibatch mini_batch');

/** The metrics of one line, and their step, undefined when nothing counts. */
export interface IPoint {
  readonly step: number | undefined;
  readonly items: readonly IItem[];
}

/** The lines of one stream in one execution: an epoch may stand above the lines that it is the step of. */
export class Reader {
  /** The metrics of a line, or undefined. */
  read(line: string, names: Names = []): IPoint | undefined {
    if (this._warned.covers(line) || this._traced.covers(line) || line.length > LONGEST) {
      return undefined;
    }
    const said: ILine = this._tables.read(line) ?? parse(line, names);
    const { counters, items } = said;
    if (items.length > 0) {
      const [outer, inner] = counters;
      if ((said.leading ?? 0) > 1 && isAround(outer, inner)) {
        // Fold 1, epoch 3: each fold has a series of its own.
        const row = `${outer.word}_${String(outer.value).replace('.', '_')}`;
        return { step: this._step(counters.slice(1)), items: items.map(one => ofRow(one, row)) };
      }
      return { step: this._step(counters), items };
    }
    const named = counters.find(({ word }) => word !== '');
    if (named !== undefined && (named.word.length > 1 || named.total !== undefined)) {
      this._epoch = named;
    }
    return undefined;
  }

  private _step(counters: readonly ICounter[]): number | undefined {
    if (counters.length === 1) {
      const [counter] = counters;
      const isBatch = counter.word === '' && counter.total !== undefined;
      return isBatch && this._epoch !== undefined
        ? this._within(this._epoch, counter)
        : counter.value;
    }
    return counters.length > 0 ? this._within(counters[0], counters[1]) : this._epoch?.value;
  }

  /** The step of a batch, counted through the epochs; undefined when nobody says how many there are. */
  private _within(epoch: ICounter, batch: ICounter): number | undefined {
    if (batch.total === undefined) {
      const isOther = batch.word !== '' && batch.word !== 'step' && !batch.word.startsWith('b');
      return isOther ? epoch.value : undefined;
    }
    this._first ??= epoch.value;
    return Math.max(epoch.value - this._first, 0) * batch.total + batch.value;
  }

  private _epoch: ICounter | undefined;
  /** The epoch that was counted first: some count from 0 and some from 1. */
  private _first: number | undefined;
  private readonly _tables = new Tables();
  private readonly _traced = new Traced();
  private readonly _warned = new Warned();
}

/** Whether a line tells of which of several trainings its epoch is: a fold, a trial, a seed. */
function isAround(outer: ICounter, inner: ICounter): boolean {
  const isInner = STEPS.has(inner.word) && !NO_INNER.has(inner.word);
  const isOfOther = outer.word !== '' && !STEPS.has(outer.word) && !TIMES.has(outer.word);
  return isInner && (OUTER.has(outer.word) || isOfOther);
}

function ofRow(item: IItem, row: string): IItem {
  return item.name.includes('/') ? item : { ...item, name: `${item.name}/${row}` };
}

/** Groups in which each name stands once: `scores: [0.91, 0.92]` are two points of one metric. */
export function unfold(items: readonly IItem[]): Array<Map<string, IItem>> {
  const groups: Array<Map<string, IItem>> = [];
  for (const item of items) {
    let group = groups.find(one => !one.has(item.name));
    if (group === undefined) {
      group = new Map<string, IItem>();
      groups.push(group);
    }
    group.set(item.name, item);
  }
  return groups;
}
