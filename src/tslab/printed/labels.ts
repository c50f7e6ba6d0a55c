/** The words that stand before a number of a printed line, and the name of the metric that they make. */
import { SPLITS, SUMMARIES, wordSet } from '../names/vocabulary.js';
import * as words from '../names/words.js';

export const WORDY = /[A-Za-z]/;
export const LABEL_WORD =
  /[A-Za-z\u00b2\u03c1\u03c7](?:[\w.@^/\u00b2-]*[\w\u00b2%])?(?:['\u2019]s\b)?/g;
export const STOP = wordSet(
  'the a an on of for in at after with and to from by over than is was our your this that using when ' +
    'per so far'
);
export const BOUND = wordSet('for at after on with in using when of k per');
const SEPARATOR =
  /[|,;\t{}]|\s[-\u2013\u2014]+>?\s|\s*=>\s*|\.\s|\.{2,}|\s{3,}|\u2192|(?<!\w)[\d.]+[A-Za-z]+\b/;
const AT_END = wordSet('is was of to the equals has reached');
const NO_LABEL = wordSet('the a an and with');
const AT_BEGINNING = wordSet('the a an our this and with its');
const LITTLE: ReadonlySet<string> = new Set([
  ...SUMMARIES,
  ...wordSet(
    'set data dataset result results split part error errors rate metric metrics value score scores'
  )
]);

/** The words, and the part of the data that their group is of, as in `Train: loss 0.3`. */
export interface ILabel {
  readonly words: readonly string[];
  readonly split: string | undefined;
}

/**
 * The words that stand directly before a number, in the text `before` it.
 *
 * @param group - the part of the data that the line spoke of so far; the label has what it speaks of now.
 */
export function labelOf(before: string, group: string | undefined): ILabel {
  const parts = before.split(SEPARATOR);
  while (parts.length > 1 && !WORDY.test(parts.at(-1) ?? '')) {
    parts.pop();
  }
  const text = (parts.at(-1) ?? '').trimEnd();
  const chain = text.split(/[:=]+\s*/).filter(piece => WORDY.test(piece));
  let split = group;
  for (const piece of [...parts.slice(0, -1), ...chain.slice(0, -1)]) {
    const found = (piece.match(LABEL_WORD) ?? []).map(words.normal);
    const part = found.find(word => SPLITS.has(word));
    if (part !== undefined && found.length <= 3) {
      split = part;
    }
  }
  const label: string[] = [...((chain.at(-1) ?? text).match(LABEL_WORD) ?? [])];
  while (label.length > 0 && AT_END.has((label.at(-1) ?? '').toLowerCase())) {
    label.pop();
  }
  while (label.length > 1 && AT_BEGINNING.has(label[0].toLowerCase())) {
    label.shift();
  }
  if (label.length === 1 && NO_LABEL.has(label[0])) {
    label.pop();
  }
  return { words: label, split };
}

/** The name of a metric in the words of its label; of a whole sentence, the words that matter. */
export function phrase(
  label: readonly string[],
  group: string | undefined,
  isCarried = false
): string {
  const kept = [...label];
  while (
    kept.length > 1 &&
    (STOP.has(kept[kept.length - 1].toLowerCase()) ||
      (isCarried && BOUND.has(kept[kept.length - 2].toLowerCase())))
  ) {
    kept.pop();
  }
  let normals = kept.map(words.normal);
  const speaksOf = head(label);
  const part = normals.find(one => SPLITS.has(one));
  if (kept.length > 6 && words.isMetric(speaksOf) && speaksOf.split('_').length < 6) {
    return part !== undefined && words.splitOf(speaksOf) === undefined
      ? `${part}_${speaksOf}`
      : speaksOf;
  }
  if (kept.length > 6) {
    const matter = normals.filter(one => words.isMetric(one) || SUMMARIES.has(one));
    normals = [
      ...(part === undefined ? [] : [part]),
      ...(matter.length > 0 ? matter : normals.slice(-2))
    ];
  }
  const name = normals.filter(Boolean).join('_');
  return group !== undefined && words.splitOf(name) === undefined
    ? `${words.normal(group)}_${name}`
    : name;
}

/** The two names in a label for two numbers: `RMSE train/test`, `val loss/acc`; undefined for others. */
export function pair(label: readonly string[]): readonly [string, string] | undefined {
  for (const [place, word] of label.entries()) {
    const sides = word.split('/').map(words.normal);
    if (sides.length !== 2) {
      continue;
    }
    const rest = [...label.slice(0, place), ...label.slice(place + 1)];
    const name = words.normal(rest.join('_'));
    if (words.isMetric(name) && sides.every(side => SPLITS.has(side))) {
      return [`${sides[0]}_${name}`, `${sides[1]}_${name}`];
    }
    if (sides.every(words.isMetric)) {
      const named = (side: string): string => words.normal([...rest, side].join('_'));
      return [named(sides[0]), named(sides[1])];
    }
  }
  return undefined;
}

/** What a label speaks of: accuracy, in accuracy of the model. */
export function head(label: readonly string[]): string {
  const end = label.findIndex((word, place) => place > 0 && STOP.has(word.toLowerCase()));
  return words.normal(label.slice(0, end < 0 ? label.length : end).join(' '));
}

/** Whether words name no one: set, data, results. */
export function saysLittle(label: readonly string[]): boolean {
  return label.every(word => LITTLE.has(words.normal(word)));
}
