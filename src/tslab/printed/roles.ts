/** What each number of a printed line is: a metric, its step, how many there are of something, or nothing. */
import { COUNTERS, OTHERS, STEPS, TIMES, wordSet } from '../names/vocabulary.js';
import * as words from '../names/words.js';
import {
  BOUND,
  head,
  type ILabel,
  LABEL_WORD,
  labelOf,
  pair,
  phrase,
  STOP,
  WORDY
} from './labels.js';
import { ownNamed, type Role, role, saysLittle, spreadOf } from './role.js';
import { judgeTogether } from './together.js';

const TAKES_TOTAL = /^\s*(?:\/|of|out of)\s*$/i;
const COUNTED = /^[ -](?!is\b|was\b|at\b|for\b|in\b|on\b|after\b|and\b|\()([a-z]{3,})/i;
const WITH_SPREAD =
  /^%?\s+([A-Za-z][\w -]*?),? with (?:an? )?(?:standard deviation|std\.?(?: dev\.?)?|stdev) of\s*$/;
const OPENED = /[[(][^()[\]]*$/;
const CLOSED = /^[^()[\]|,;:=]*[)\]]\s*(?:[:=]|->|is\b)\s*$/;
const MADE = wordSet('mean std var min max median');
const MOST_KNOWN = 2048;

export type Names = ReadonlyArray<string | undefined>;

const known = new Map<string, readonly Role[]>();

/**
 * What each number of a line is. It depends on the texts alone, so that a loop pays for it once.
 *
 * @param texts - those around the numbers.
 * @param whole - of each number, whether it is an integer.
 * @param names - what the code calls each number, where that is known.
 */
export function roles(
  texts: readonly string[],
  whole: readonly boolean[],
  names: Names
): readonly Role[] {
  const key = JSON.stringify([texts, whole, names]);
  let found = known.get(key);
  if (found === undefined) {
    if (known.size >= MOST_KNOWN) {
      known.clear();
    }
    known.set(key, (found = new Roles(texts, whole, names).find()));
  }
  return found;
}

class Roles {
  constructor(
    private readonly _texts: readonly string[],
    private readonly _whole: readonly boolean[],
    private readonly _names: Names
  ) {}

  find(): readonly Role[] {
    for (let index = 0; index < this._whole.length; index++) {
      this._labels.push('');
      this._found.push(this._role(index));
    }
    judgeTogether({ texts: this._texts, labels: this._labels, found: this._found });
    return this._found;
  }

  private _role(index: number): Role {
    const before = this._texts[index].slice(this._counted);
    const after = this._texts[index + 1];
    this._counted = 0;
    const previous = this._found.at(-1);
    if (index > 0 && TAKES_TOTAL.test(before)) {
      return this._taken(index, previous);
    }
    if (index > 0 && /^\s*%?\s*\(?\s*(?:\+\/-|\u00b1|\+-|\+\\-)\s*$/.test(before)) {
      return previous?.kind === 'metric'
        ? role('metric', spreadOf(previous.name), previous.isSure)
        : undefined;
    }
    const [own, row = ''] = this._names[index]?.split('/') ?? [];
    this._row = row;
    const found = this._remarked(index, before, after);
    if (found !== null) {
      return found;
    }
    if (!WORDY.test(before)) {
      return this._unnamed(index, before, after, own);
    }
    const label = labelOf(before, this._group);
    if (TAKES_TOTAL.test(after) && index + 1 < this._whole.length) {
      const both = pair(label.words);
      this._second = both?.[1] ?? '';
      if (both !== undefined) {
        return role('metric', both[0]);
      }
    }
    this._group = label.split;
    this._labels[this._labels.length - 1] = words.normal(label.words.join(' '));
    if (label.words.length === 0) {
      return this._unnamed(index, '', after, own);
    }
    const carried = this._carried;
    this._carried = [];
    const named = this._named(index, label, after, own);
    if (carried.length > 0 && !named?.isSure) {
      // Accuracy on the 10000 test images: 53 %, Accuracy after 5 epochs: 0.9
      const name = words.normal(carried.join(' '));
      if (words.isMetric(name) && /[:=]\s*$|\bis\s*$/.test(before)) {
        const part = words.splitOf(words.normal(label.words.join(' ')));
        this._carried = [];
        return role('metric', phrase(carried, part));
      }
    }
    return named;
  }

  /** A number that is told with its spread, or in a remark that says nothing of it; null for others. */
  private _remarked(index: number, before: string, after: string): Role | null {
    const previous = this._found.at(-1);
    const told = words.normal(WITH_SPREAD.exec(after)?.[1] ?? '');
    if (told !== '' && !this._whole[index] && words.isMetric(told)) {
      // SVM: 0.97 accuracy with a standard deviation of 0.02
      const whose = labelOf(before, undefined).words;
      const isModel = whose.length <= 3 && !saysLittle(whose);
      return role('metric', isModel ? `${told}/${words.label(whose.join(' '))}` : told);
    }
    if (index > 0 && WITH_SPREAD.test(before)) {
      return previous?.kind === 'metric' ? role('metric', spreadOf(previous.name)) : undefined;
    }
    const said = before.slice(0, OPENED.exec(before)?.index ?? 0);
    if (WORDY.test(said) && CLOSED.test(after) && index + 1 < this._whole.length) {
      // avg reward (last 100): -0.3
      this._carried = labelOf(said, this._group).words;
      return undefined;
    }
    return null;
  }

  private _taken(index: number, previous: Role): Role {
    if (previous?.kind === 'counter') {
      return role('total');
    }
    if (previous?.kind === 'metric') {
      if (this._second !== '') {
        // RMSE train/test: 0.31 / 0.42
        const second = this._second;
        this._second = '';
        return role('metric', second, previous.isSure);
      }
      return this._hasPercent(index) || !this._whole[index] ? undefined : role('ratio');
    }
    if (this._whole[index] && this._whole[index - 1] && !WORDY.test(this._texts[index - 1])) {
      // [ 64/60000] without a name.
      this._found[this._found.length - 1] = role('counter');
      return role('total');
    }
    return undefined;
  }

  private _named(index: number, label: ILabel, after: string, own: string | undefined): Role {
    const name = words.normal(label.words.join(' '));
    const last = words.normal(label.words[label.words.length - 1]);
    if (STEPS.has(last) && this._counts(label.words)) {
      this._carried = label.words.slice(0, -1);
      return role('counter', last);
    }
    const isLeading = index === 0 && this._whole[0] && label.words.length === 1;
    if (isLeading && TIMES.has(last) && this._whole.length > 1) {
      // day 20: infected 12.5
      return role('counter', last);
    }
    const counted = COUNTED.exec(after);
    if (counted !== null && this._whole[index] && !this._endsAsLabel(index)) {
      const found = this._countedOf(counted, label, name, last);
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
      return ownNamed(own, name, label, this._row);
    }
    if (!this._takesValue(index, label)) {
      this._carried = label.words;
      if (this._whole[index] && last === 'at') {
        return role('suffix', last);
      }
      const isCounter = this._whole[index] && index === 0 && !words.isOther(name);
      return isCounter ? role('counter', last) : undefined;
    }
    if (words.isMetric(name) || words.isMetric(head(label.words))) {
      return role('metric', phrase(label.words, label.split));
    }
    if (words.isPart(name) && !this._whole[index]) {
      return role('metric', phrase(label.words, undefined));
    }
    if (words.isOther(name) || label.words.length > 4) {
      return undefined;
    }
    const isBracketed = /[([]$/.test(this._texts[index].trimEnd());
    if (
      this._whole[index] &&
      index === 0 &&
      label.words.length <= 2 &&
      this._whole.length > 1 &&
      !isBracketed
    ) {
      // k=3: accuracy 0.95
      return role('counter', last);
    }
    return role('metric', phrase(label.words, label.split), false);
  }

  /** `10000 test images`: so many of them; null where it is not that. */
  private _countedOf(
    counted: RegExpExecArray,
    label: ILabel,
    name: string,
    last: string
  ): Role | null {
    const following = words.normal(counted[1]).replace(/s+$/, '');
    const lowerLast = label.words[label.words.length - 1].toLowerCase();
    if (STEPS.has(following)) {
      this._carried = label.words;
      this._counted = counted[0].length;
      if (lowerLast === 'over' || lowerLast === 'last' || lowerLast === 'past') {
        // An average over the last 100 episodes is of no step.
        const over = label.words.findIndex(word => word.toLowerCase() === 'over');
        this._carried = label.words.slice(0, over >= 0 ? over : -1);
        return undefined;
      }
      return role('counter', following);
    }
    if (STOP.has(lowerLast) || !(words.isMetric(last) || words.isMetric(name))) {
      this._carried = label.words;
      return undefined;
    }
    return null;
  }

  private _unnamed(index: number, before: string, after: string, given: string | undefined): Role {
    const own = given === undefined ? undefined : words.normal(given);
    const previous = this._found.at(-1);
    if (this._isPercentOf(index, before)) {
      // Accuracy: 98/100 (98.0%): the percentage is the metric, in the place of the ratio.
      const back = this._found.findLastIndex(one => one?.kind === 'metric');
      if (back >= 0) {
        const found = this._found[back];
        this._found[back] = undefined;
        return found;
      }
    }
    const isBracketed = before.trimEnd().endsWith('(') && /^\s*%?\)/.test(after);
    if (isBracketed && previous !== undefined && index > 0) {
      return undefined;
    }
    if (index === 0 && this._carried.length === 0) {
      if (this._whole[0] && (own === undefined || COUNTERS.has(own) || !words.isMetric(own))) {
        const isLeading = this._whole.length > 1 && !/^\s*[%/]/.test(after);
        return isLeading
          ? role('counter', own !== undefined && STEPS.has(own) ? own : '')
          : undefined;
      }
      return own !== undefined && words.isMetric(own) ? role('metric', own) : undefined;
    }
    const isJoined = /^\s*[\])]?\s*[:=>-]+\s*\(?\[?\s*$|^\s*[\])]\s*$|^\s+$/.test(before);
    if (this._carried.length > 0 && (isJoined || before === '')) {
      const carried = this._carried;
      this._carried = [];
      const name = words.normal(carried.join(' '));
      if (words.isMetric(name) || (words.isPart(own ?? '') && !this._whole[index])) {
        return role('metric', phrase(carried, undefined, true));
      }
    }
    if (own !== undefined) {
      if (COUNTERS.has(own) && this._whole[index]) {
        return role('counter', STEPS.has(own) ? own : '');
      }
      if (words.isMetric(own)) {
        return role('metric', this._row === '' ? own : `${own}/${this._row}`);
      }
      return words.isOther(own) ? undefined : role('metric', own, false);
    }
    return this._following(index, before, previous);
  }

  /** A number that has no name at all, after one that had one. */
  private _following(index: number, before: string, previous: Role): Role {
    if (previous?.kind === 'metric' && /^[\s,]+$/.test(before) && this._isInList(index)) {
      return previous;
    }
    const isCount = previous?.kind === 'counter' || previous?.kind === 'total';
    if (isCount && before.includes(':') && index === this._whole.length - 1) {
      return this._whole[index] ? undefined : role('metric', 'value');
    }
    if (previous?.kind === 'counter' && this._whole[index] && /^\s*,\s*$/.test(before)) {
      // [1,  2000] loss: 2.2
      return role('counter');
    }
    return undefined;
  }

  /** False for `MSE for k=3: 0.5`, where the number belongs to k and the next one to MSE. */
  private _takesValue(index: number, label: ILabel): boolean {
    const lower = label.words.map(word => word.toLowerCase());
    const following = this._texts[index + 1];
    const isLast = index + 1 >= this._whole.length;
    if (STOP.has(lower[lower.length - 1]) && words.isMetric(words.normal(label.words.join(' ')))) {
      return isLast || !/[:=]/.test(following);
    }
    const bound = lower.findLastIndex((word, place) => place > 0 && BOUND.has(word));
    if (bound < 0 || isLast) {
      return true;
    }
    if (/[:=]\s*$/.test(this._texts[index]) && !this._whole[index]) {
      // posterior mean of mu: 2.44  95% interval
      return true;
    }
    if (WORDY.test(following) || !/[:=>\u2192-]|^\s+$/.test(following)) {
      return true;
    }
    return !words.isMetric(words.normal(label.words.slice(0, bound).join(' ')));
  }

  private _counts(label: readonly string[]): boolean {
    const lower = label.slice(0, -1).map(words.normal);
    return !lower.some(word => OTHERS.has(word) || word === 'per') || lower.includes('after');
  }

  /** Whether the text after a number is the label of the next one. */
  private _endsAsLabel(index: number): boolean {
    const label = index + 1 < this._whole.length ? this._texts[index + 1].match(LABEL_WORD) : null;
    return (
      label !== null && label.length <= 3 && words.isMetric(words.normal(label[label.length - 1]))
    );
  }

  private _hasPercent(index: number): boolean {
    const following = this._texts[index + 2] ?? '';
    return (
      /^\s*[,:=]?\s*\(?\s*$/.test(this._texts[index + 1]) && following.trimStart().startsWith('%')
    );
  }

  private _isPercentOf(index: number, before: string): boolean {
    const isRatio = index >= 2 && TAKES_TOTAL.test(this._texts[index - 1]);
    return isRatio && this._texts[index + 1].trimStart().startsWith('%') && !WORDY.test(before);
  }

  private _isInList(index: number): boolean {
    const opened = this._texts.slice(0, index + 1).join('');
    return opened.split('[').length > opened.split(']').length;
  }

  /** The words before a counter, which name the number after it: `Cost after iteration 100: 0.3`. */
  private _carried: readonly string[] = [];
  /** Of the text after the last number so much says what there were so many of: `20 episodes`. */
  private _counted = 0;
  private readonly _found: Role[] = [];
  /** The part of the data that the present group of the line is of. */
  private _group: string | undefined;
  /** The words before each number, as a name. */
  private readonly _labels: string[] = [];
  /** What the code printed before a number to say whose it is, as the name of a model. */
  private _row = '';
  /** The name of the number after the present one, where a label has two: `train/test loss`. */
  private _second = '';
}
