/** Which cells may train, told from their text: only these are read before they run. */
import { vocabulary } from './vocabulary.js';
import { isOfRounds, wordsOf } from './wanted.js';

const LOOP = /\b(?:for|while|do|forEach)\b/;
/** A sum or a difference; `i++` is none. */
const SUM = /(?<!\+)\+(?!\+)|(?<!-)-(?!-)/;
/** A condition on two names, the second of them perhaps a property. */
const LIMIT = /(\w+) ?[<>]=? ?(?:\w+\.)*(\w+)/g;
/** A function or a method that is defined, or else one that is called, as the compiler prints them. */
const NAME = /(\w+)\([^()\n]*\) \{|(\w+)(?=\()/g;

/**
 * Whether a cell may train: it has a loop and moves a value by a product, or goes through rounds; it calls
 * what has a name of training; or it calls a function of the notebook that trains, perhaps only in a loop.
 *
 * @param code - the JavaScript of it.
 * @param isTrained - whether a function of the notebook trains that has this name, in a loop or by itself.
 */
export function mayTrain(
  code: string,
  isTrained: (name: string, isLooped: boolean) => boolean
): boolean {
  const hasLoop = LOOP.test(code);
  if (hasLoop && ((code.includes('*') && SUM.test(code)) || hasRounds(code))) {
    return true;
  }
  return [...code.matchAll(NAME)].some(
    ([, , called]) => called !== undefined && (isTraining(called) || isTrained(called, hasLoop))
  );
}

function hasRounds(code: string): boolean {
  return [...code.matchAll(LIMIT)].some(([, counter, limit]) => [counter, limit].some(isOfRounds));
}

function isTraining(name: string): boolean {
  return (
    name === 'compile' ||
    vocabulary.training.has(name) ||
    wordsOf(name).some(word => vocabulary.likeTraining.has(word))
  );
}
