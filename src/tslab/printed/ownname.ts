/** Numbers that the code calls a metric, while the text before them says something else. */
import { SPLITS, SUMMARIES, wordSet } from '../names/vocabulary.js';
import * as words from '../names/words.js';
import { head, type ILabel, saysLittle } from './labels.js';
import { type Role, role } from './role.js';

const MEANS = wordSet('mean avg average');
const CHOSEN = wordSet('best worst');

/**
 * `Best threshold 0.4 with F1 = 0.9` of what the code calls `bestF1` is no point of the F1 scores it is chosen from.
 *
 * @param name - the words before it, as a name.
 * @returns `best` or `worst`; undefined where the code says neither, or the text says it too.
 */
export function chosenAs(own: string | undefined, name: string): string | undefined {
  const [first, ...rest] = own === undefined ? [] : words.normal(own).split('_');
  if (!CHOSEN.has(first) || rest.length === 0 || name.split('_').includes(first)) {
    return undefined;
  }
  const [mine, its] = [words.quantity(rest.join('_')), words.quantity(name)];
  return [...mine].every(word => its.has(word)) ? first : undefined;
}

/**
 * The role of one.
 *
 * @param own - what the code calls it.
 * @param name - the words before it, as a name.
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
