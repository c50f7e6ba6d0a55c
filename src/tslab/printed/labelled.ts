/** Numbers that have words before them: metrics, counters, how many there are of something, or nothing. */
import { OTHERS, STEPS, TIMES, wordSet } from '../names/vocabulary.js';
import * as words from '../names/words.js';
import type { INumber, Judging } from './judging.js';
import { BOUND, head, type ILabel, phrase, STOP, WORDY } from './labels.js';
import { chosenAs, ownNamed } from './ownname.js';
import { type Role, role } from './role.js';
import { endsAsLabel, followsAmount, isEstimated, isSentence } from './told.js';

const COUNTED = /^[ -](?!is\b|was\b|at\b|for\b|in\b|on\b|after\b|and\b|\()([a-z]{3,})(?!\w*\s?=)/i;
const MADE = wordSet('mean std var min max median');

/** The role of a number with a label. */
export function labelled(line: Judging, number: INumber, label: ILabel): Role {
  const { index, after, own } = number;
  const name = words.normal(label.words.join(' '));
  const last = words.normal(label.words[label.words.length - 1]);
  if (STEPS.has(last) && counts(label.words)) {
    line.carried = label.words.slice(0, -1);
    return role('counter', last);
  }
  const isLeading = index === 0 && line.whole[0];
  const isOfTime = TIMES.has(last) && label.words.length === 1 && !line.isLast(0);
  if (isLeading && (isOfTime || last === 'seed')) {
    // day 20: infected 12.5; seed 3: accuracy 0.9, of one of several trainings
    return role('counter', last);
  }
  const isAmount = index > 0 && line.whole[index - 1] && own !== undefined;
  if (isAmount && words.isMetric(own)) {
    if (followsAmount(line.texts[index], line.previous, name, own)) {
      return role('metric', own);
    }
  }
  const counted = COUNTED.exec(after);
  if (counted !== null && line.whole[index] && !isLabel(line, index + 1)) {
    const found = countedOf(line, counted, label, name);
    if (found !== null) {
      return found;
    }
  }
  if (own !== undefined && MADE.has(own) && words.isMetric(name)) {
    if (!name.split('_').includes(own)) {
      return role('metric', `${phrase(label.words, label.split)}_${own}`);
    }
  }
  if (own !== undefined && words.isMetric(own) && !words.isMetric(name)) {
    return ownNamed(own, name, label, line.row);
  }
  if (!takesValue(line, index, label)) {
    line.carried = label.words;
    if (line.whole[index] && last === 'at') {
      return role('suffix', last);
    }
    const isCounter = line.isSwept || (line.whole[index] && !words.isOther(name));
    return isCounter && index === 0 ? role('counter', last) : undefined;
  }
  const isR0 = label.words.length === 1 && label.words[0] === 'R0';
  if (words.isMetric(name) || words.isMetric(head(label.words)) || isR0) {
    const chosen = chosenAs(own, name);
    const named = phrase(label.words, label.split);
    return role('metric', chosen === undefined ? named : `${chosen}_${named}`);
  }
  if (words.isPart(name) && !line.whole[index]) {
    return role('metric', phrase(label.words, undefined));
  }
  if (line.isSwept && index === 0) {
    return role('counter', last);
  }
  if (isEstimated(last, after) && !line.isLast(index)) {
    return role('metric', phrase(label.words, label.split));
  }
  // A length with decimals counts nothing: of a route it is what a search makes smaller.
  const isMeasure = last === 'length' && !line.whole[index];
  if ((words.isOther(name) && !isMeasure) || isSentence(label.words)) {
    return undefined;
  }
  const isBracketed = /[([]$/.test(line.texts[index].trimEnd());
  if (
    line.whole[index] &&
    index === 0 &&
    label.words.length <= 2 &&
    !line.isLast(0) &&
    !isBracketed
  ) {
    // k=3: accuracy 0.95
    return role('counter', last);
  }
  return role('metric', phrase(label.words, label.split), false);
}

/** `10000 test images`: so many of them; null where it is not that. */
function countedOf(
  line: Judging,
  counted: RegExpExecArray,
  label: ILabel,
  name: string
): Role | null {
  const last = words.normal(label.words[label.words.length - 1]);
  const following = words.normal(counted[1]).replace(/s+$/, '');
  const lowerLast = label.words[label.words.length - 1].toLowerCase();
  if (STEPS.has(following)) {
    line.carried = label.words;
    line.counted = counted[0].length;
    if (lowerLast === 'over' || lowerLast === 'last' || lowerLast === 'past') {
      // An average over the last 100 episodes is of no step.
      const over = label.words.findIndex(word => word.toLowerCase() === 'over');
      line.carried = label.words.slice(0, over >= 0 ? over : -1);
      return undefined;
    }
    return role('counter', following);
  }
  if (STOP.has(lowerLast) || !(words.isMetric(last) || words.isMetric(name))) {
    line.carried = label.words;
    return undefined;
  }
  return null;
}

/** False for `MSE for k=3: 0.5`, where the number belongs to k and the next one to MSE. */
function takesValue(line: Judging, index: number, label: ILabel): boolean {
  const lower = label.words.map(word => word.toLowerCase());
  const following = line.texts[index + 1];
  const isLast = line.isLast(index);
  if (STOP.has(lower[lower.length - 1]) && words.isMetric(words.normal(label.words.join(' ')))) {
    return isLast || !/[:=]/.test(following);
  }
  const bound = lower.findLastIndex((word, place) => place > 0 && BOUND.has(word));
  if (bound < 0 || isLast) {
    return true;
  }
  if (/[:=]\s*$/.test(line.texts[index]) && !line.whole[index]) {
    // posterior mean of mu: 2.44  95% interval
    return true;
  }
  if (WORDY.test(following) || !/[:=>\u2192-]|^\s+$/.test(following)) {
    return true;
  }
  return !words.isMetric(words.normal(label.words.slice(0, bound).join(' ')));
}

/** Whether a label that ends in the word of a counter counts: not in `per epoch`. */
function counts(label: readonly string[]): boolean {
  const lower = label.slice(0, -1).map(words.normal);
  return !lower.some(word => OTHERS.has(word) || word === 'per') || lower.includes('after');
}

function isLabel(line: Judging, index: number): boolean {
  return index < line.whole.length && endsAsLabel(line.texts[index]);
}
