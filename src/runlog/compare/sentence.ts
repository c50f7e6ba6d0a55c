import { KINDS, type Change, type IDifference, type Unknown } from './changes.js';
import type { Entry } from './entries.js';
import type { ICellPair } from './cells.js';

/** Translates texts in which `%1` and so on stand for values, as JupyterLab's bundles do. */
export interface ITranslate {
  __(text: string, ...values: (string | number)[]): string;
}

const ENGLISH: ITranslate = {
  __: (text, ...values) =>
    text.replace(/%(\d)/g, (_, at: string) => String(values[Number(at) - 1] ?? ''))
};

/** How many changes a sentence tells of. */
const TOLD = 6;

/** How long a value may be in a sentence. */
const LENGTH = 32;

/** What changed, in words. */
export interface ISentence {
  /** `lr 0.01 → 0.001, data/train.csv changed and 7 more`, or that nothing did. */
  readonly says: string;
  /** What could not be compared; empty where all could. */
  readonly unknown: string;
}

/**
 * What changed from one run to another, in a sentence: the most telling first, and of each kind at least
 * one while there is room.
 *
 * @param limit - how many changes it tells of before it counts the others
 */
export function sentenceOf(
  { changes, unknown }: Pick<IDifference, 'changes' | 'unknown'>,
  trans: ITranslate = ENGLISH,
  limit = TOLD
): ISentence {
  const told = choose(changes, limit).map(change => textOf(change, trans));
  const more = changes.length - told.length;
  const list = told.join(', ');
  return {
    says: list
      ? more > 0
        ? trans.__('%1 and %2 more', list, more)
        : list
      : unknown.length > 0
        ? trans.__('No difference is known')
        : trans.__('Nothing that was recorded differs'),
    unknown: unknown.length > 0 ? unknownText(unknown, trans, limit) : ''
  };
}

/** The first of each kind, then the others while there is room, in their order. */
function choose(changes: readonly Change[], limit: number): readonly Change[] {
  const firsts = KINDS.flatMap(kind => changes.find(change => change.kind === kind) ?? []);
  const chosen = new Set(firsts.slice(0, limit));
  for (const change of changes) {
    if (chosen.size >= limit) {
      break;
    }
    chosen.add(change);
  }
  return changes.filter(change => chosen.has(change));
}

function unknownText(unknown: readonly Unknown[], trans: ITranslate, limit: number): string {
  const names = unknown.map(one => unknownName(one, trans));
  const list = names.slice(0, limit).join(', ');
  return names.length > limit
    ? trans.__('Not known whether the same: %1 and %2 more', list, names.length - limit)
    : trans.__('Not known whether the same: %1', list);
}

function unknownName(one: Unknown, trans: ITranslate): string {
  switch (one.kind) {
    case 'data':
      return short(one.key, 60);
    case 'cell':
      return cellName(one.pair, trans);
    case 'params':
      return trans.__('the params');
    case 'seeds':
      return trans.__('the seeds');
    case 'code':
      return trans.__('the code');
    case 'environment':
      return trans.__('the environment');
    case 'packages':
      return trans.__('the packages');
    case 'cells':
      return trans.__('the cells');
  }
}

/** One change in a few words. */
export function textOf(change: Change, trans: ITranslate = ENGLISH): string {
  switch (change.kind) {
    case 'param':
    case 'environment':
      return valueText(short(change.key, 60), change.before, change.after, trans);
    case 'seed':
      return valueText(trans.__('%1 seed', change.key), change.before, change.after, trans);
    case 'package':
      return packageText(change.key, change.before, change.after, trans);
    case 'data':
      return dataText(short(change.key, 60), change.before, change.after, trans);
    case 'code':
      return codeText(change.key, change.before, change.after, trans);
    case 'cell':
      return cellText(change.pair, trans);
    case 'again':
      return change.pair.after
        ? trans.__('%1 ran more often', cellName(change.pair, trans))
        : trans.__('%1 ran less often', cellName(change.pair, trans));
    case 'order':
      return trans.__('cells ran in another order');
    case 'other packages':
      return change.count === 1
        ? trans.__('a package that neither run imported')
        : trans.__('%1 packages that neither run imported', change.count);
  }
}

function cellName(pair: ICellPair, trans: ITranslate): string {
  const count = pair.after?.count ?? pair.before?.count;
  return typeof count === 'number' ? trans.__('cell [%1]', count) : trans.__('a cell');
}

function cellText(pair: ICellPair, trans: ITranslate): string {
  const name = cellName(pair, trans);
  return pair.before && pair.after
    ? trans.__('%1 edited', name)
    : pair.after
      ? trans.__('%1 added', name)
      : trans.__('%1 not run', name);
}

function valueText(key: string, before: Entry, after: Entry, trans: ITranslate): string {
  const say = (entry: Entry): string =>
    entry.kind === 'value' ? valueOf(entry.value) : trans.__('not recorded');
  const [a, b] = [say(before), say(after)];
  // Where the beginnings of long values are the same, they tell nothing.
  return a === b ? trans.__('%1 changed', key) : `${key} ${a} → ${b}`;
}

function packageText(key: string, before: Entry, after: Entry, trans: ITranslate): string {
  if (before.kind === 'value' && after.kind === 'value') {
    return valueText(key, before, after, trans);
  }
  return after.kind === 'value'
    ? trans.__('%1 %2 installed', key, valueOf(after.value))
    : trans.__('%1 not installed', key);
}

function dataText(key: string, before: Entry, after: Entry, trans: ITranslate): string {
  if (before.kind === 'value' && after.kind === 'value') {
    return hasHash(after.value)
      ? trans.__('%1 changed', key)
      : valueText(key, before, after, trans);
  }
  return after.kind === 'value' ? trans.__('reads %1', key) : trans.__('does not read %1', key);
}

function codeText(key: string, before: Entry, after: Entry, trans: ITranslate): string {
  if (key === 'commit' && before.kind === 'value' && after.kind === 'value') {
    const [a, b] = [before, after].map(({ value }) => String(value).slice(0, 7));
    return trans.__('commit %1', `${a} → ${b}`);
  }
  if (key === 'uncommitted changes') {
    return before.kind !== 'value'
      ? trans.__('uncommitted changes')
      : after.kind === 'value'
        ? trans.__('other uncommitted changes')
        : trans.__('no uncommitted changes');
  }
  if (key === 'branch') {
    return valueText(trans.__('branch'), before, after, trans);
  }
  return before.kind === 'value' && after.kind === 'value'
    ? trans.__('%1 changed', short(key, 60))
    : after.kind === 'value'
      ? trans.__('uses %1', short(key, 60))
      : trans.__('does not use %1', short(key, 60));
}

function hasHash(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'sha256');
}

function valueOf(value: unknown): string {
  return short(
    typeof value === 'string' && value.trim() !== '' ? value : (JSON.stringify(value) ?? ''),
    LENGTH
  );
}

/** A text on one line, cut where it is too long. */
function short(text: string, length: number): string {
  const line = text.slice(0, 8 * length).replace(/[\s\p{Cc}]+/gu, ' ');
  const letters = Array.from(line);
  return letters.length > length ? `${letters.slice(0, length - 1).join('')}…` : line;
}
