/**
 * Whether a text needs to be looked through at all: most hold nothing that any rule begins with.
 *
 * #### Notes
 * A cell waits for it, and between two cells the compiler fills the caches of the processor: sixty searches
 * then take twenty times what they take in a loop. So it is one pattern for what all rules begin with.
 */
import { rules } from './rules.js';

const { shapes, names, entropy } = rules;

/** The Kelvin sign is the one other letter that has a lower case in ASCII. */
const KELVIN = '\u212a';

const ANY = new RegExp(
  [
    ...shapes.flatMap(({ words }) => words.map(escaped)),
    ...names.words.map(word => escaped(word).replaceAll('k', `[k${KELVIN}]`)),
    `[A-Za-z0-9+/_=-]{${entropy.shortest}}`
  ].join('|'),
  'i'
);

/** False where none of the rules that everybody has can find anything. */
export function isSuspicious(text: string): boolean {
  return ANY.test(text);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
