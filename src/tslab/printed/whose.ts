/** Whose the numbers of a line are: the name of one of several models, as the code prints it before them. */
import { SPLITS, STEPS, SUMMARIES, TIMES, wordSet } from '../names/vocabulary.js';
import * as words from '../names/words.js';
import type { INode } from '../syntax/compiler.js';
import type { Kinds } from '../syntax/scopes.js';
import { STOP } from './labels.js';

/** Stands for the name of a number that is part of a name: `eps-greedy 0.1`. */
export const PART = '-';
const LONGEST = 60;
const MOST_WORDS = 4;
const WORD = /[A-Za-z]+/g;
/** A word with a whole number: none of `eps=0.1`. */
const NUMBERED = /([A-Za-z]+)\W*\d+(?!\d*\.\d)/g;
/** Names of what is printed for other reasons. */
const OTHERS = wordSet(
  'time now timestamp elapsed eta date today device path file filename msg message text line prefix info ' +
    'status note comment header sep title metric key'
);
/** Words of a heading that name no one. */
const GENERAL: ReadonlySet<string> = new Set([
  ...SUMMARIES,
  ...wordSet(
    'model models result results for of training classifier regressor with evaluating evaluation method ' +
      'running fitting fit using performance on algorithm optimizer report score scores metric metrics ' +
      'testing the and summary classification regression output data set experiment config agent strategy'
  )
]);
const DECORATED = /^\W*[-=*#~_>+]{2,}|[-=*#~_+]{2,}\W*$|^#+ |:\s*$/;
/** How a text is shown: `name.padEnd(12)`. */
const SHOWN = wordSet('toUpperCase toLowerCase padStart padEnd trim toString slice');

/**
 * The name of a row in a text that an expression was printed as; empty where it is none.
 *
 * With numbers in it only a short one is: `eps-greedy 0.1`, but not `epoch 3` or `loss 0.2`.
 */
export function rowOfText(given: string): string {
  const text = given.trim();
  if (!/^\p{L}/u.test(text) || text.length > LONGEST) {
    return '';
  }
  if (/\d/.test(text)) {
    const found = wordsIn(text);
    if (
      numbered(text).some(counts) ||
      found.length > MOST_WORDS ||
      found.some(word => words.isMetric(word))
    ) {
      return '';
    }
  }
  return words.label(text);
}

/** The name of a row in a text that leads a line, whatever else the line says of it. */
export function leads(text: string): string {
  const found = wordsIn(text);
  const isPart = found.some(word => SPLITS.has(word) || STOP.has(word));
  const ends = /\d\W*$/.test(text) ? [] : found.slice(-1);
  if (found.length > MOST_WORDS || isPart || [...ends, ...numbered(text)].some(counts)) {
    return '';
  }
  return words.isMetric(words.normal(text)) ? '' : rowOfText(text);
}

/** The name of a row in a line that is a heading: `---- Ridge ----`, `Random Forest:`. */
export function title(text: string): string {
  if (!DECORATED.test(text) || isGeneral(text)) {
    return '';
  }
  return leads(text.replace(/^\W+|[^\w)]+$/g, ''));
}

/** A text without the name of a row that it begins with. */
export function afterName(text: string, name: string): string {
  for (const { 0: word, index } of text.slice(0, LONGEST).matchAll(/\S+/g)) {
    if (words.label(text.slice(0, index + word.length)) === name) {
      return text.slice(index + word.length);
    }
  }
  return text;
}

/** Whether the words of a heading around a name say nothing themselves: `Results for`. */
export function isGeneral(text: string): boolean {
  return wordsIn(text).every(word => GENERAL.has(word));
}

/** Whether an expression is one by which a notebook calls a model: `name`, `model.constructor.name`. */
export function isName(node: INode | undefined, kinds: Kinds): boolean {
  if (kinds.is(node, 'CallExpression')) {
    const called = node.expression;
    const isMethod = kinds.is(called, 'PropertyAccessExpression');
    return isMethod && SHOWN.has(called.name?.text ?? '') && isName(called.expression, kinds);
  }
  if (kinds.is(node, 'PropertyAccessExpression')) {
    return !says(node.name?.text);
  }
  return kinds.is(node, 'Identifier') && !says(node.text);
}

/** Whether a name is one of what is printed for other reasons than to name a model. */
function says(name: string | undefined): boolean {
  return words
    .normal(name ?? '')
    .split('_')
    .some(word => OTHERS.has(word));
}

function counts(word: string): boolean {
  const plain = words.normal(word);
  return STEPS.has(plain) || STEPS.has(plain.replace(/s+$/, '')) || TIMES.has(plain);
}

function numbered(text: string): string[] {
  return [...text.matchAll(NUMBERED)].map(([, word]) => word);
}

function wordsIn(text: string): string[] {
  return (text.match(WORD) ?? []).map(words.normal);
}
