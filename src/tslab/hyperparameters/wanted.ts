/** Which names with which values are hyperparameters, and which are paths, flags, counters, labels or data. */
import { remembered } from '../names/remembered.js';
import { vocabulary } from './vocabulary.js';

const FILE = /^(?:https?:|s3:|gs:|file:|hf:|~|\.{0,2}\/|[A-Za-z]:\\)|\.[a-z][a-z0-9]{1,5}$|\\/i;
const DATE = /^\d{4}-\d\d(?:-\d\d)?|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}$/;
const LONGEST_TEXT = 60;
const LONGEST_LIST = 20;
const USES = new Set(['use', 'with', 'add', 'fit', 'apply']);
const LIMITS = new Set(['max', 'min', 'n', 'num']);

/** A value that a param can be. */
export type Plain = string | number | boolean | null | readonly Plain[];

/** `nEpochs`, `N_EPOCHS` and `n_epochs` are `n` and `epochs`. */
export const wordsOf = remembered((name: string): readonly string[] =>
  (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[A-Z]/g) ?? []).map(word => word.toLowerCase())
);

/** Whether a name is that of what is gone through again and again: epochs, generations, draws. */
export function isOfRounds(name: string): boolean {
  return wordsOf(name).some(word => vocabulary.rounds.has(word));
}

/** Whether a name is that of how often something is drawn anew: a bootstrap, a permutation, a simulation. */
export function isResampled(name: string): boolean {
  return wordsOf(name).some(word => vocabulary.resampled.has(word));
}

/** Whether a function of this name says how good something is: `evaluate`, `meanSquaredError`. */
export function isEvaluating(name: string): boolean {
  const words = wordsOf(name);
  const last = words[words.length - 1];
  const isMeasure = words.length > 1 && (last === 'score' || last === 'error');
  return isMeasure || vocabulary.evaluating.has(words.join('_'));
}

/** Whether a name is that of a metric: `valAcc` is, `lossFn` is none. */
export function isMeasured(name: string): boolean {
  const words = wordsOf(name);
  const last = words.slice(-2).join('');
  return vocabulary.measured.has(words[words.length - 1]) || last === 'r2' || last === 'f1';
}

/** Whether what a loop tries under a name is a param: `lr of [0.1, 0.01]`. */
export function isTried(name: string, values: readonly Plain[]): boolean {
  const words = wordsOf(name);
  const isSaid = words[0] === 'n' || among(vocabulary.tuned, words);
  return isSaid && isWanted(name, values, false);
}

/** Whether a function of the notebook trains, or simulates, by its name. */
export function isLikeTraining(name: string): boolean {
  return wordsOf(name).some(word => vocabulary.likeTraining.has(word));
}

/** Whether a name says by itself that it is a hyperparameter. */
export function isTuned(name: string): boolean {
  return among(vocabulary.tuned, wordsOf(name));
}

/** Whether a text is one of several choices that an object is made with: `{ gainFunction: 'gini' }`. */
export function isChoice(name: string, value: Plain): boolean {
  const words = wordsOf(name);
  const isOther =
    among(vocabulary.paths, words) || among(vocabulary.bookkeeping, words) || namesColumns(words);
  return typeof value === 'string' && /^[A-Za-z][\w+-]*$/.test(value) && !isOther;
}

/** Whether a name is that of a seed: those are recorded as seeds. */
export function isSeed(name: string): boolean {
  return vocabulary.seeds.has(name.toLowerCase()) || among(vocabulary.seeds, wordsOf(name));
}

/**
 * Whether a name with a plain value is a hyperparameter.
 *
 * @param isHeld - it stands in a configuration, or is a parameter of a function that trains.
 */
export function isWanted(name: string, value: Plain, isHeld: boolean): boolean {
  const words = wordsOf(name);
  if (words.length === 0 || name.startsWith('_')) {
    return false;
  }
  if (isSeed(name)) {
    return isHeld && Number.isInteger(value);
  }
  const isText = typeof value !== 'number' && typeof value !== 'boolean';
  if ((isText && among(vocabulary.paths, words)) || among(vocabulary.bookkeeping, words)) {
    return false;
  }
  const isTuned = among(vocabulary.tuned, words);
  if (typeof value === 'boolean') {
    return wantedFlag(words, isTuned || isHeld);
  }
  if (typeof value === 'number') {
    return wantedNumber(name, words, value, isTuned);
  }
  if (typeof value === 'string') {
    return wantedText(words, value, isTuned);
  }
  return value === null ? isHeld || isTuned : wantedList(name, words, value, isTuned, isHeld);
}

function among(set: ReadonlySet<string>, words: readonly string[]): boolean {
  return words.some(word => set.has(word));
}

function wantedFlag(words: readonly string[], isSaid: boolean): boolean {
  if (among(vocabulary.flags, words) || among(vocabulary.counters, words)) {
    return false;
  }
  return isSaid || USES.has(words[0]);
}

function wantedNumber(
  name: string,
  words: readonly string[],
  value: number,
  isTuned: boolean
): boolean {
  const isOfMetrics = among(vocabulary.ofMetrics, words);
  if (vocabulary.single.has(name.toLowerCase()) || among(vocabulary.truth, words)) {
    return false;
  }
  if (value === 0 && !isTuned) {
    return false; // A state to begin with.
  }
  if (Math.abs(value) <= 1 && Number.isInteger(value) && among(vocabulary.sums, words)) {
    return false;
  }
  if (among(vocabulary.counters, words) && !isOfMetrics) {
    return false;
  }
  const isMeasured = among(vocabulary.metrics, words) && !isOfMetrics;
  return !isMeasured && Math.abs(value) < 1e300;
}

function wantedText(words: readonly string[], value: string, isTuned: boolean): boolean {
  const last = words[words.length - 1];
  const isWord =
    value !== '' &&
    value.length <= LONGEST_TEXT &&
    !value.includes('\n') &&
    value.split(' ').length <= 3;
  if (!isWord || vocabulary.parts.has(value.toLowerCase())) {
    return false;
  }
  if (DATE.test(value)) {
    return among(vocabulary.dated, words);
  }
  if (FILE.test(value) || (value.includes('/') && !isTuned)) {
    return false;
  }
  if (namesColumns(words)) {
    return last === 'name' && isTuned;
  }
  if (last === 'metric') {
    // How distances are measured; most others tell how a result is.
    return vocabulary.distances.has(value.toLowerCase());
  }
  return isTuned || words[0] === 'max' || words[0] === 'min';
}

function wantedList(
  name: string,
  words: readonly string[],
  value: readonly Plain[],
  isTuned: boolean,
  isHeld: boolean
): boolean {
  if (
    value.length === 0 ||
    value.length > LONGEST_LIST ||
    vocabulary.data.has(name.toLowerCase())
  ) {
    return false;
  }
  if (namesColumns(words) || among(vocabulary.counters, words) || among(vocabulary.truth, words)) {
    return false;
  }
  const isFlat = value.every(one => !Array.isArray(one));
  const isBelow = value.some(one => typeof one === 'number' && one < 0);
  if ((isBelow || !isFlat) && !isHeld) {
    return false; // Offsets and rows of numbers are data.
  }
  if (value.some(one => typeof one === 'string')) {
    return (isHeld || isTuned) && !value.some(one => typeof one === 'string' && FILE.test(one));
  }
  return isHeld || isTuned || !among(vocabulary.data, words);
}

function namesColumns(words: readonly string[]): boolean {
  return vocabulary.columns.has(words[words.length - 1]) && !LIMITS.has(words[0]);
}
