/** Numbers that stand after a slash, `98/100` and `64 of 60000`, and the percentage that they make. */
import type { Judging } from './judging.js';
import { WORDY } from './labels.js';
import { type Role, role } from './role.js';

const TAKES_TOTAL = /^\s*(?:\/|of|out of)\s*$/i;

/** Whether a text between two numbers makes the second one the total of the first. */
export function takesTotal(text: string): boolean {
  return TAKES_TOTAL.test(text);
}

/** The role of a number that stands after a slash. */
export function taken(line: Judging, index: number): Role {
  const { previous } = line;
  if (previous?.kind === 'counter') {
    return role('total');
  }
  if (previous?.kind === 'metric') {
    if (line.second !== '') {
      // RMSE train/test: 0.31 / 0.42
      const { second } = line;
      line.second = '';
      return role('metric', second, previous.isSure);
    }
    return hasPercent(line, index) || !line.whole[index] ? undefined : role('ratio');
  }
  const before = line.texts[index - 1];
  // 0.123 (504 of 4100): what stands in such brackets says more of the number before them.
  const isRemark = index > 1 && before.trimEnd().endsWith('(');
  if (line.whole[index] && line.whole[index - 1] && !WORDY.test(before) && !isRemark) {
    // [ 64/60000] without a name.
    line.found[line.found.length - 1] = role('counter');
    return role('total');
  }
  return undefined;
}

/** Whether a number without a name is the percentage of the ratio before it: `98/100 (98.0%)`. */
export function isPercentOf({ texts }: Judging, index: number, before: string): boolean {
  const isRatio = index >= 2 && takesTotal(texts[index - 1]);
  return isRatio && texts[index + 1].trimStart().startsWith('%') && !WORDY.test(before);
}

/** Whether the percentage of a ratio stands after it. */
function hasPercent({ texts }: Judging, index: number): boolean {
  const following = texts[index + 2] ?? '';
  return /^\s*[,:=]?\s*\(?\s*$/.test(texts[index + 1]) && following.trimStart().startsWith('%');
}
