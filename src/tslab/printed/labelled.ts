/** Numbers that have words before them: metrics, counters, how many there are of something, or nothing. */
import { OTHERS, STEPS, TIMES, wordSet } from '../names/vocabulary.js';
import * as words from '../names/words.js';
import type { INumber, Judging } from './judging.js';
import { BOUND, head, type ILabel, LABEL_WORD, phrase, STOP, WORDY } from './labels.js';
import { ownNamed } from './ownname.js';
import { type Role, role } from './role.js';

const COUNTED = /^[ -](?!is\b|was\b|at\b|for\b|in\b|on\b|after\b|and\b|\()([a-z]{3,})/i;
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
  const isLeading = index === 0 && line.whole[0] && label.words.length === 1;
  if (isLeading && TIMES.has(last) && !line.isLast(0)) {
    // day 20: infected 12.5
    return role('counter', last);
  }
  const counted = COUNTED.exec(after);
  if (counted !== null && line.whole[index] && !endsAsLabel(line, index)) {
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
    const isCounter = line.whole[index] && index === 0 && !words.isOther(name);
    return isCounter ? role('counter', last) : undefined;
  }
  if (words.isMetric(name) || words.isMetric(head(label.words))) {
    return role('metric', phrase(label.words, label.split));
  }
  if (words.isPart(name) && !line.whole[index]) {
    return role('metric', phrase(label.words, undefined));
  }
  if (words.isOther(name) || label.words.length > 4) {
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

/** Whether the text after a number is the label of the next one. */
function endsAsLabel(line: Judging, index: number): boolean {
  const label = line.isLast(index) ? null : line.texts[index + 1].match(LABEL_WORD);
  return (
    label !== null && label.length <= 3 && words.isMetric(words.normal(label[label.length - 1]))
  );
}
