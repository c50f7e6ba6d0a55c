/** Numbers that are told with their spread: `0.97 ± 0.02`, `0.97 accuracy with a standard deviation of 0.02`. */
import * as words from '../names/words.js';
import type { Judging } from './judging.js';
import { labelOf, saysLittle } from './labels.js';
import { type Role, role } from './role.js';

const PLUS_MINUS = /^\s*%?\s*\(?\s*(?:\+\/-|\u00b1|\+-|\+\\-)\s*$/;
const WITH_SPREAD =
  /^%?\s+([A-Za-z][\w -]*?),? with (?:an? )?(?:standard deviation|std\.?(?: dev\.?)?|stdev) of\s*$/;

/** Whether a text between two numbers makes the second one the spread of the first, by a sign. */
export function isPlusMinus(text: string): boolean {
  return PLUS_MINUS.test(text);
}

/** The role of a number that is the spread of the one before it. */
export function spread({ previous }: Judging, isSure?: boolean): Role {
  return previous?.kind === 'metric'
    ? role('metric', spreadOf(previous.name), isSure ?? previous.isSure)
    : undefined;
}

/** The role of a number that a sentence tells with its spread, or of that spread; null for others. */
export function toldWithSpread(
  line: Judging,
  index: number,
  before: string,
  after: string
): Role | null {
  const told = words.normal(WITH_SPREAD.exec(after)?.[1] ?? '');
  if (told !== '' && !line.whole[index] && words.isMetric(told)) {
    // SVM: 0.97 accuracy with a standard deviation of 0.02
    const whose = labelOf(before, undefined).words;
    const isModel = whose.length <= 3 && !saysLittle(whose);
    return role('metric', isModel ? `${told}/${words.label(whose.join(' '))}` : told);
  }
  return index > 0 && WITH_SPREAD.test(before) ? spread(line, true) : null;
}

/** The name of the spread of a metric, which may be that of one of several models. */
function spreadOf(name: string): string {
  const [metric, ...row] = name.split('/');
  return [`${metric.replace(/_mean$/, '')}_std`, ...row].join('/');
}
