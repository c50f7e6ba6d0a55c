/** Numbers that have no words before them: what stood before others, or what the code calls them, may name them. */
import { COUNTERS, STEPS } from '../names/vocabulary.js';
import * as words from '../names/words.js';
import type { INumber, Judging } from './judging.js';
import { phrase } from './labels.js';
import { isPercentOf } from './ratios.js';
import { type Role, role } from './role.js';

/** The role of a number without a label. */
export function unlabelled(line: Judging, { index, before, after, own: given }: INumber): Role {
  const own = given === undefined ? undefined : words.normal(given);
  const { previous } = line;
  if (isPercentOf(line, index, before)) {
    // Accuracy: 98/100 (98.0%): the percentage is the metric, in the place of the ratio.
    const back = line.found.findLastIndex(one => one?.kind === 'metric');
    if (back >= 0) {
      const found = line.found[back];
      line.found[back] = undefined;
      return found;
    }
  }
  const isBracketed = before.trimEnd().endsWith('(') && /^\s*%?\)/.test(after);
  if (isBracketed && previous !== undefined && index > 0) {
    return undefined;
  }
  if (index === 0 && line.carried.length === 0) {
    if (line.isSwept && own !== undefined && !words.isMetric(own)) {
      return role('counter', STEPS.has(own) ? own : '');
    }
    if (line.whole[0] && (own === undefined || COUNTERS.has(own) || !words.isMetric(own))) {
      const isLeading = !line.isLast(0) && !/^\s*[%/]/.test(after);
      return isLeading
        ? role('counter', own !== undefined && STEPS.has(own) ? own : '')
        : undefined;
    }
    return own !== undefined && words.isMetric(own) ? role('metric', own) : undefined;
  }
  const isJoined = /^\s*[\])]?\s*[:=>-]+\s*\(?\[?\s*$|^\s*[\])]\s*$|^\s+$/.test(before);
  if (line.carried.length > 0 && (isJoined || before === '')) {
    const carried = line.carried;
    line.carried = [];
    const name = words.normal(carried.join(' '));
    if (words.isMetric(name) || (words.isPart(own ?? '') && !line.whole[index])) {
      return role('metric', phrase(carried, undefined, true));
    }
  }
  if (own !== undefined) {
    if (COUNTERS.has(own) && line.whole[index]) {
      return role('counter', STEPS.has(own) ? own : '');
    }
    if (words.isMetric(own)) {
      return role('metric', line.row === '' ? own : `${own}/${line.row}`);
    }
    // What has no name of a metric beside a value that is tried may be anything, as a quantile.
    return words.isOther(own) || line.isSwept ? undefined : role('metric', own, false);
  }
  return following(line, index, before);
}

/** A number that has no name at all, after one that had one. */
function following(line: Judging, index: number, before: string): Role {
  const { previous } = line;
  if (previous?.kind === 'metric' && /^[\s,]+$/.test(before) && isInList(line, index)) {
    return previous;
  }
  const isCount = previous?.kind === 'counter' || previous?.kind === 'total';
  if (isCount && before.includes(':') && line.isLast(index) && !line.isSwept) {
    return line.whole[index] ? undefined : role('metric', 'value');
  }
  if (previous?.kind === 'counter' && line.whole[index] && /^\s*,\s*$/.test(before)) {
    // [1,  2000] loss: 2.2
    return role('counter');
  }
  return undefined;
}

function isInList({ texts }: Judging, index: number): boolean {
  const opened = texts.slice(0, index + 1).join('');
  return opened.split('[').length > opened.split(']').length;
}
