/** Words that look as if they were drawn at random, as keys are, and hashes, ids and names are not. */
import { type Finding, rules } from './rules.js';

const KIND = 'random text';
const BEFORE = 48;
const RUN = /[A-Z]?[a-z]{4,}/g;
const CHANGE = /(?=Ul|U0|lU|l0|0U|0l)/g;
const { shortest, longest, bits, changes, letters, before } = rules.entropy;

// With what has to stand before it in front: a search then passes over most of a text.
const WORDS = new RegExp(`(?:^|["'\`\\s=:,;(>?&])([A-Za-z0-9+/_=-]{${shortest},})`, 'dg');
const NAMED = new RegExp(before);

const QUOTES = '"\'`';
/** What may end such a word: in code, quotes; elsewhere also what sets a value apart. */
const CLOSED = `${QUOTES} \t\r\n,;)<&\\`;

/**
 * The random words of a text.
 *
 * @param quoted - only those in quotes
 */
export function* findRandomText(text: string, quoted: boolean): Generator<Finding> {
  for (const match of text.matchAll(WORDS)) {
    let [start] = match.indices?.[1] ?? [0, 0];
    const end = match.index + match[0].length;
    // What stands before an = is a name: the value begins behind it.
    const name = text.indexOf('=', start);
    if (name >= 0 && name < end - 2 && text[name + 1] !== '=') {
      start = name + 1;
    }
    if (end - start > longest || end - start < shortest) {
      continue;
    }
    const ahead = text[start - 1] ?? '\n';
    const behind = text[end] ?? '\n';
    const apart = quoted
      ? QUOTES.includes(ahead) && (behind === ahead || behind === '\\')
      : CLOSED.includes(behind);
    if (apart && isRandom(text.slice(start, end)) && !isNamed(text, start)) {
      yield [start, end, KIND];
    }
  }
}

/** Whether what stands before a word tells that it is a hash, an id or data. */
function isNamed(text: string, start: number): boolean {
  return NAMED.test(text.slice(Math.max(0, start - BEFORE), start));
}

function isRandom(word: string): boolean {
  if (word.slice(0, 3).toLowerCase() === 'sha' && word.slice(3, 8).includes('-')) {
    return false;
  }
  const kinds = word.replace(/[A-Z]/g, 'U').replace(/[a-z]/g, 'l').replace(/[0-9]/g, '0');
  const count = (kind: string): number => kinds.split(kind).length - 1;
  if (Math.min(count('U'), count('l'), count('0')) < 2) {
    return false;
  }
  if ((kinds.match(CHANGE) ?? []).length < changes * word.length) {
    return false;
  }
  const inRuns = (word.match(RUN) ?? []).reduce((sum, run) => sum + run.length, 0);
  return inRuns <= letters * word.length && entropy(word) >= bits;
}

/** Bits a character. */
function entropy(word: string): number {
  const counts = new Map<string, number>();
  for (const letter of word) {
    counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  let sum = 0;
  for (const count of counts.values()) {
    sum -= (count / word.length) * Math.log2(count / word.length);
  }
  return sum;
}
