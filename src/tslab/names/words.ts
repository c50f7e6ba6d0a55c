/** Which names are those of metrics, and the one form in which a name is recorded. */
import { remembered } from './remembered.js';
import { FILLERS, METRICS, OTHERS, PHRASES, SAME, SPLITS, wordSet } from './vocabulary.js';

const MEANS = wordSet('avg mean average');
const NO_SCORES = wordSet('cv results result splits split');
const NOT_FIRST = wordSet('n num len df plot fig ax is has use');
const HISTORIES = wordSet('history hist list log logs values curve');
const WHOLE = wordSet('best final overall');
/** Metrics with an @, as hits@10. */
const OF_RANKINGS = wordSet('hits hit hr p r top');
const GENERAL = wordSet('score metric metrics evaluation objective obj loss error');
const SPECIFIC = new Set([...METRICS, ...SAME.values()].filter(word => !GENERAL.has(word)));

/** The first letter of sMAPE, nRMSE, mAP. */
const ACRONYM = /(?<![A-Za-z])[a-z](?=[A-Z]{2,}(?![a-z]))/g;
const CAMEL = /(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])/g;
const BREAKS = /[^0-9A-Za-z@/+]+/g;
const POSSESSIVE = /(?<=\w)['’]s\b/g;
const NUMBERED = /(?<=[a-z]{3})\d{1,2}$/;
/** Names of several words that are one quantity with another name: that of a summary, that of a library. */
const WRITTEN_APART: ReadonlyArray<readonly [RegExp, string]> = [
  [/(?<![a-z])r_(?:squared|sq|2)(?![a-z0-9])/g, 'r2'],
  [/(?<![a-z])(?:prob_f(?:_stat(?:istic)?)?|f_p_?val(?:ue)?)(?![a-z0-9])/g, 'fpvalue'],
  [/(?<![a-z])f_(?:stat(?:istic)?|value)(?![a-z0-9])/g, 'fvalue']
];
const SIGNS: Readonly<Record<string, string>> = {
  '²': '2',
  '³': '3',
  '₁': '1',
  '₂': '2',
  '\u03c7': 'chi',
  '\u03c1': 'rho'
};

/**
 * The one form of a metric's name: lower case, words joined by `_`; `/`, `@` and `+` stay. `Val Loss`,
 * `val-loss`, `valLoss` and `val's loss` are all `val_loss`. Empty when there is no word.
 */
export const normal = remembered(name => {
  const plain = name
    .replace(POSSESSIVE, '')
    .replace(/[²³₁₂\u03c7\u03c1]/g, sign => SIGNS[sign])
    .replaceAll('^', '')
    .replaceAll('mIoU', 'miou')
    .replaceAll('IoU', 'Iou');
  const text = plain.replace(ACRONYM, first => first.toUpperCase()).replace(CAMEL, '_');
  const parts = text.split('/').map(part => stripped(part.replace(BREAKS, '_')).toLowerCase());
  return parts.filter(Boolean).join('/').slice(0, 120);
});

/** Whether a name in its normal form is that of a metric, by its words alone. */
export const isMetric: (name: string) => boolean = remembered(name => {
  const words = wordsOf(name);
  if (words.length === 0 || NOT_FIRST.has(words[0])) {
    return false;
  }
  const last = words.at(-1) ?? '';
  if (words.at(-2) === 'over' && last === 'time') {
    return isMetric(words.slice(0, -2).join('_'));
  }
  if (OTHERS.has(last)) {
    // accuracy_list and loss_history are metrics all the same; loss_fn and score_time are not.
    if (words.length > 1 && PHRASES.has(`${words.at(-2)}_${last}`)) {
      return true;
    }
    const before = HISTORIES.has(last) ? words.slice(0, -1) : last === 'percent' ? words : [];
    return before.some(word => METRICS.has(word));
  }
  return (
    (words[0] === 'cv' && !NO_SCORES.has(last)) ||
    (name.includes('@') && OF_RANKINGS.has(words[0])) ||
    words.some(word => METRICS.has(word)) ||
    words.slice(1).some((word, index) => PHRASES.has(`${words[index]}_${word}`))
  );
});

/** Whether a name speaks of nothing but a part of the data, or of the best: as in `CV: 0.85`. */
export const isPart = remembered(name => {
  const words = wordsOf(name).filter(word => !MEANS.has(word));
  return words.length > 0 && words.every(word => SPLITS.has(word) || WHOLE.has(word));
});

/** Whether a name in its normal form is known to be none of a metric's. */
export const isOther = remembered(name => {
  const words = wordsOf(name);
  const ends = [words[0], words.at(-1) ?? ''];
  return words.length === 0 || (!isMetric(name) && ends.some(word => OTHERS.has(word)));
});

/** The part of the data that a name speaks of: train, val, test and the like, or nothing. */
export function splitOf(name: string): string | undefined {
  const found = wordsOf(name).flatMap(word => SPLITS.get(word) ?? []);
  // cv/test/rmse is of the test folds.
  return found.find(one => one !== 'cv') ?? found.at(0);
}

/** What a name in its normal form stands for: one for `val_accs` and `validation_accuracy`. */
export const quantity: (name: string) => ReadonlySet<string> = remembered(name => {
  const whole = WRITTEN_APART.reduce((text, [written, one]) => text.replace(written, one), name);
  const words = wordsOf(whole).map(word => SAME.get(word) ?? word);
  const known = words.filter(word => !FILLERS.has(word)).map(word => SPLITS.get(word) ?? word);
  return new Set(known.length > 0 ? known : words);
});

/** Whether a name in its normal form says which metric it is: accuracy does, score and result do not. */
export const isSpecific = remembered(name => [...quantity(name)].some(word => SPECIFIC.has(word)));

/** The name of a row of a table in that form: words are not taken apart. */
export function label(text: string): string {
  return stripped(text.replace(BREAKS, '_')).toLowerCase().slice(0, 80);
}

function wordsOf(name: string): string[] {
  return name
    .split(/[_/@+.\s]+/)
    .filter(Boolean)
    .map(word => word.replace(NUMBERED, '') || word);
}

function stripped(text: string): string {
  return text.replace(/^[_+]+|[_+]+$/g, '');
}
