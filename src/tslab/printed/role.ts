/** The role of one number of a printed line. */
import { SUMMARIES, wordSet } from '../names/vocabulary.js';
import * as words from '../names/words.js';
import { head, type ILabel } from './labels.js';

const MEANS = wordSet('mean avg average');

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

/** The code calls the number a metric, and the text says something else before it. */
export function ownNamed(own: string, name: string, label: ILabel): Role {
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
    return role('metric', label.words.length === 1 ? `${name}_${own}` : `${part}_${own}`);
  }
  return words.isOther(name) && part === undefined && label.words.length < 4
    ? undefined
    : role('metric', own);
}
