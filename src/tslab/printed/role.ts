/** The role of one number of a printed line. */
import { SPLITS, SUMMARIES, wordSet } from '../names/vocabulary.js';
import * as words from '../names/words.js';
import { head, type ILabel } from './labels.js';

const MEANS = wordSet('mean avg average');
const LITTLE: ReadonlySet<string> = new Set([
  ...SUMMARIES,
  ...wordSet(
    'set data dataset result results split part error errors rate metric metrics value score scores'
  )
]);

/** The role of a number. */
export interface IRole {
  /** `ratio` divides the metric before it; a `total` is that of a counter. */
  readonly kind: 'counter' | 'total' | 'ratio' | 'suffix' | 'metric';
  readonly name: string;
  /** False: only its varying with a counter makes it a metric. */
  readonly isSure: boolean;
}

/** Undefined: it is none of what is told apart. */
export type Role = IRole | undefined;

/** A role. */
export function role(kind: IRole['kind'], name = '', isSure = true): IRole {
  return { kind, name, isSure };
}

/** Whether words name no one: set, data, results. */
export function saysLittle(label: readonly string[]): boolean {
  return label.every(word => LITTLE.has(words.normal(word)));
}

/** The name of the spread of a metric, which may be that of one of several models. */
export function spreadOf(name: string): string {
  const [metric, ...row] = name.split('/');
  return [`${metric}_std`, ...row].join('/');
}

/**
 * The code calls the number a metric, and the text says something else before it.
 *
 * @param row - what the code printed before it, as the name of a model; empty for nothing.
 */
export function ownNamed(own: string, name: string, label: ILabel, row: string): Role {
  const speaksOf = head(label.words);
  if (SUMMARIES.has(speaksOf.split('_')[0]) && words.isMetric(speaksOf)) {
    // Mean MAE over folds: of what the fold's own are kept in.
    return role('metric', speaksOf);
  }
  if (MEANS.has(name)) {
    // Mean: of scores whose own values are printed too.
    return role('metric', `${own}_mean`);
  }
  const part = words.splitOf(name);
  if (part !== undefined && words.splitOf(own) === undefined && label.words.length <= 2) {
    if (label.words.length === 1) {
      return role('metric', `${name}_${own}`);
    }
    // OOF LGB: of two models.
    const rest = label.words.filter(one => !SPLITS.has(words.normal(one)));
    const isModel = rest.length > 0 && !saysLittle(rest);
    return role('metric', `${part}_${own}${isModel ? `/${words.label(rest.join(' '))}` : ''}`);
  }
  if (row !== '' && part === undefined && words.label(label.words.join(' ')).endsWith(row)) {
    // LR: 0.91, of several models in a loop.
    return role('metric', `${own}/${row}`);
  }
  return words.isOther(name) && part === undefined && label.words.length < 4
    ? undefined
    : role('metric', own);
}
