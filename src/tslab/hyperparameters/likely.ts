/**
 * Which cells may train, told from their text: only these are read before they run.
 *
 * #### Notes
 * A cell waits for it. So a pattern begins where a word does: from within, it would look at the rest of a word as
 * often as that has letters, and literals of a notebook have millions.
 */
import { vocabulary } from './vocabulary.js';
import { isEvaluating, isLikeTraining, isMeasured, isOfRounds, isResampled } from './wanted.js';

const LOOP = /\b(?:for|while|do|forEach)\b/;
/** A sum or a difference; `i++` is none. */
const SUM = /(?<!\+)\+(?!\+)|(?<!-)-(?!-)/;
/** A condition on two names, the second of them perhaps a property. */
const LIMIT = /\b(\w+) ?[<>]=? ?(?:\w+\.)*(\w+)/g;
/** A function or a method that is defined, or else one that is called, as the compiler prints them. */
const NAME = /\b(?:(\w+)\([^()\n]*\) \{|(\w+)(?=\())/g;

/** How long a list is that is made by a function. */
const LENGTH = /\blength: (?:\w+\.)*(\w+)/g;

/** A name of the notebook that is bound to a value, as the compiler prints it: `exports.loss = loss` is of a function. */
const BOUND = /(?:\bexports\.|\b(?:const|let|var) )(\w+) = (?!\1;|void 0;|exports\.\w+ = )/g;

/** What is known of the cells before. */
export interface IBefore {
  /** Whether anything was trained yet. */
  readonly hasTrained: boolean;
  /** Whether the notebook has a function of this name. */
  knows(name: string): boolean;
  /** Whether that function trains, by itself or perhaps only where it is called in a loop. */
  trains(name: string, isLooped: boolean): boolean;
}

/**
 * Whether a cell may train: it has a loop and moves a value by a product, or goes through rounds; it calls
 * what has a name of training or evaluating; it calls a function of the notebook that trains; or it binds a
 * name of a metric to what was computed.
 *
 * @param code - the JavaScript of it.
 */
export function mayTrain(code: string, before: IBefore): boolean {
  const hasLoop = LOOP.test(code);
  if (hasLoop && ((code.includes('*') && SUM.test(code)) || hasRounds(code))) {
    return true;
  }
  if (
    code.includes('length: ') &&
    [...code.matchAll(LENGTH)].some(([, name]) => isResampled(name))
  ) {
    return true;
  }
  let isResultLikely = before.hasTrained;
  // Name by name, for each cell waits for this.
  NAME.lastIndex = 0;
  for (let found = NAME.exec(code); found !== null; found = NAME.exec(code)) {
    const name = found[2];
    if (name !== undefined) {
      if (isSaid(name) || before.trains(name, hasLoop)) {
        return true;
      }
      isResultLikely ||= before.knows(name);
    }
  }
  return isResultLikely && [...code.matchAll(BOUND)].some(([, name]) => isMeasured(name));
}

/** Whether a name says that something is trained or measured. Cells call the same again and again. */
function isSaid(name: string): boolean {
  let is = said.get(name);
  if (is === undefined) {
    is = isTraining(name) || isEvaluating(name);
    if (said.size >= MOST) {
      said.clear();
    }
    said.set(name, is);
  }
  return is;
}

const said = new Map<string, boolean>();
const MOST = 1000;

function hasRounds(code: string): boolean {
  return [...code.matchAll(LIMIT)].some(([, counter, limit]) => [counter, limit].some(isOfRounds));
}

function isTraining(name: string): boolean {
  return name === 'compile' || vocabulary.training.has(name) || isLikeTraining(name);
}
