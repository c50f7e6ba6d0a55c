/** Which calls of which libraries set a seed. Data alone: no library is loaded for it. */
import { wordSet } from '../names/vocabulary.js';

/** A call that sets a seed: the library as the log names it, and which of its arguments it is. */
export interface ISeeder {
  readonly library: string;
  readonly at: number;
  /** Whether all arguments from there on are the seed together. */
  readonly isRest: boolean;
  /** Whether it draws a seed from `Math.random` where it is given none, which is recorded. */
  readonly isDrawn: boolean;
}

/** Names of options that are seeds, whichever library has them. */
export const OPTIONS = wordSet('seed randomSeed randomState random_state');

/** Words without one of which a cell gives no seed as an option. */
export const WORDS = /seed|random_?state/i;

const ANY = '*';
/** By library and function, the place of the seed. A function of the library itself has no name. */
const PLACES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  seedrandom: { [ANY]: 0 },
  alea: { '': 0, default: 0 },
  'd3-random': { randomLcg: 0 },
  d3: { randomLcg: 0 },
  tfjs: {
    randomNormal: 4,
    truncatedNormal: 4,
    randomUniform: 4,
    randomGamma: 4,
    randomUniformInt: 3,
    randomStandardNormal: 2,
    multinomial: 2,
    dropout: 3,
    shuffle: 1
  },
  'pure-rand': { mersenne: 0, xoroshiro128plus: 0, xorshift128plus: 0, congruential32: 0 },
  'random-js': { seed: 0 },
  'random-seed': { create: 0, '': 0, seed: 0 },
  'mersenne-twister': { '': 0, init_seed: 0 },
  prando: { '': 0 },
  chance: { '': 0, Chance: 0 },
  '@faker-js/faker': { seed: 0, generateMersenne32Randomizer: 0, generateMersenne53Randomizer: 0 }
};
const REST = new Set(['alea', 'chance']);
const DRAWN = new Set(['chance', '@faker-js/faker']);

/** The library that a module belongs to, as the log names it. */
export function libraryOf(module: string): string | undefined {
  if (/^@tensorflow\/tfjs(?:-[\w-]+)?$/.test(module)) {
    return 'tfjs';
  }
  const [, name] = /^((?:@[\w.-]+\/)?[A-Za-z][\w.-]*)(?:\/|$)/.exec(module) ?? [];
  return name;
}

/** Whether functions of a module are known that set seeds. */
export function canBeSeeded(module: string): boolean {
  const library = libraryOf(module);
  return library !== undefined && Object.hasOwn(PLACES, library);
}

/** What a function of a module sets, by the names that lead to it. */
export function seederOf(module: string, members: readonly string[]): ISeeder | undefined {
  const library = libraryOf(module);
  const places =
    library !== undefined && Object.hasOwn(PLACES, library) ? PLACES[library] : undefined;
  const name = members.at(-1) ?? '';
  const at = places && (Object.hasOwn(places, name) ? places[name] : places[ANY]);
  return library === undefined || at === undefined
    ? undefined
    : { library, at, isRest: REST.has(library), isDrawn: DRAWN.has(library) };
}
