/** Lines that compare: in `Ridge: MSE 3.2, R2 0.9` what stands before the metrics says whose they are. */
import { SPLITS, STEPS, SUMMARIES, wordSet } from '../names/vocabulary.js';
import * as words from '../names/words.js';
import { LABEL_WORD, phrase, STOP } from './labels.js';

const ROW =
  /^\W*(?<row>[A-Za-z](?:[\w.+'/-]|[ ](?![ |\u2013\u2014-]))*)(?:\s{2,}|\s*:\s+|\s+[|\u2013\u2014-]\s+|\s*[-=]>\s*)(?<metric>[A-Za-z][\w @^%.-]*?)\s*[:=]?\s*$/;
const MOST_WORDS = 4;
/** Words that are of no one in particular. */
const GENERAL: ReadonlySet<string> = new Set([
  ...SUMMARIES,
  ...STEPS,
  ...wordSet(
    'result results metric metrics score scores summary performance report evaluation model output ' +
      'done stats statistics here now new log info debug epochs steps loss losses so thus'
  )
]);

/** The name of a row, and that of its first metric, in the text `before` the first number of a line. */
export function rowOf(
  before: string
): { readonly row: string; readonly first: string } | undefined {
  const groups = ROW.exec(before)?.groups;
  if (groups === undefined) {
    return undefined;
  }
  const of = (groups.row.match(LABEL_WORD) ?? []).map(words.normal);
  const isPlain = !of.some(one => SPLITS.has(one) || GENERAL.has(one) || STOP.has(one));
  if (of.length === 0 || of.length > MOST_WORDS || !isPlain) {
    return undefined;
  }
  const label = groups.metric.match(LABEL_WORD) ?? [];
  const isOfMetric =
    !words.isMetric(words.normal(groups.row)) &&
    label.length > 0 &&
    words.isMetric(words.normal(label.join(' ')));
  return isOfMetric ? { row: words.label(groups.row), first: phrase(label, undefined) } : undefined;
}
