/** What the text around a number tells of it: that it was estimated, measured, or changed into another. */
import { STEPS, wordSet } from '../names/vocabulary.js';
import * as words from '../names/words.js';
import { LABEL_WORD, STOP } from './labels.js';
import type { Role } from './role.js';

const WITH_ERROR = /^\s*(?:\+\/-|\u00b1|\+-)\s*$/;
/** What is told of data, and of how long something takes, with a spread. */
const MEASURED = wordSet(
  'age price time times seconds sec secs s ms us ns duration size sizes length height width weight loop ' +
    'income salary fare amount samples rows days hours'
);
const VERBS = wordSet('is are was were has have might may could not');
const ARROW = /^\s*(?:[-=]+>|\u2192|\u2014>|to)\s*$/;
const CHANGED = /\b(?:improv|decreas|increas|reduc|drop)\w*\b/i;

/** `A = 2.01 ± 0.02`: what is told with its error was estimated. */
export function isEstimated(last: string, after: string): boolean {
  return WITH_ERROR.test(after) && !MEASURED.has(last);
}

/** Whether a label is a sentence, which has no name of a metric. */
export function isSentence(label: readonly string[]): boolean {
  return label.length > 4 || label.some(word => VERBS.has(word));
}

/** `Validation loss decreased (0.52 --> 0.48)`: both were told, and this is no other metric. */
export function isChange(before: string, beginning: string): boolean {
  return ARROW.test(before) && CHANGED.test(beginning);
}

/**
 * Whether a label begins with what there were so many of, which is no part of it: `1200 train docs accuracy: 0.9`.
 *
 * @param previous - what the number before is, which is whole.
 */
export function followsAmount(before: string, previous: Role, name: string, own: string): boolean {
  const isTold =
    previous !== undefined && (previous.kind !== 'counter' || STEPS.has(previous.name));
  const ending = `_${own}`;
  return (
    !isTold &&
    /^ ?[a-z]{3,} /.test(before) &&
    name.endsWith(ending) &&
    !words.isPart(name.slice(0, -ending.length))
  );
}

/** Whether the text after a number is the label of the next one. */
export function endsAsLabel(text: string): boolean {
  const label = text.match(LABEL_WORD) ?? [];
  // After 60 generations with fitness 0.8: the generations were counted.
  const isApart = label.length > 2 && STOP.has(label[1]);
  const last = label.at(-1);
  return last !== undefined && label.length <= 3 && !isApart && words.isMetric(words.normal(last));
}
