/** Seeds that cells set are read from their code, with the values of their names. */
import { expect, test } from 'vitest';
import { type ISeedCall, SeedCalls } from '../../../src/tslab/seeding/calls.js';
import { Reading } from '../../../src/tslab/syntax/reading.js';
import { compile } from '../compiler.js';

/** The seeds that the last of some cells sets. */
function seeds(cells: readonly string[], values: Readonly<Record<string, unknown>> = {}): string[] {
  const calls = new SeedCalls();
  let found: ISeedCall[] = [];
  for (const code of compile(...cells)) {
    found = calls.of(new Reading(code), new Map(Object.entries(values)));
  }
  return found.map(({ library, value }) => `${library} ${JSON.stringify(value)}`);
}

const SEEDRANDOM = "import seedrandom from 'seedrandom';";
const D3 = "import { randomLcg, randomNormal } from 'd3-random';";
// Whose packages are not there: what stands for them has any type.
const TFJS = "const tf = require('@tensorflow/tfjs') as any;";

test('a generator that is made with a seed tells its library and the seed', () => {
  expect(seeds([`${SEEDRANDOM} const rng = seedrandom('hello'); rng()`])).toEqual([
    'seedrandom "hello"'
  ]);
  expect(seeds([SEEDRANDOM, "seedrandom.alea('a'); seedrandom('all', { global: true })"])).toEqual([
    'seedrandom "a"',
    'seedrandom "all"'
  ]);
  expect(seeds([`${D3} const source = randomLcg(0.25); randomNormal.source(source)`])).toEqual([
    'd3-random 0.25'
  ]);
  expect(seeds([D3, 'randomNormal.source(randomLcg(0.5))(0, 1)()'])).toEqual(['d3-random 0.5']);
  expect(seeds(["import * as d3 from 'd3-random';\nd3.randomLcg(-0.5)"])).toEqual([
    'd3-random -0.5'
  ]);
});

test('modules are known however they are imported', () => {
  expect(seeds(["const make = require('seedrandom');\nmake(3)"])).toEqual(['seedrandom 3']);
  expect(seeds(["const { randomLcg: lcg } = require('d3-random');", 'lcg(3)'])).toEqual([
    'd3-random 3'
  ]);
  expect(seeds([SEEDRANDOM, 'const again = seedrandom;', 'again(4)'])).toEqual(['seedrandom 4']);
  expect(seeds([SEEDRANDOM, 'var seedrandom: any = (x: any) => x;', 'seedrandom(4)'])).toEqual([]);
});

test('the values of names, properties and texts that are made of them are known', () => {
  const cells = [`${SEEDRANDOM} const seed = 3; const settings = { seed: 'x' };`];
  const values = { seed: 3, settings: { seed: 'x' } };
  expect(seeds([...cells, 'seedrandom(`run ${seed}`)'], values)).toEqual(['seedrandom "run 3"']);
  expect(seeds([...cells, 'seedrandom(settings.seed)'], values)).toEqual(['seedrandom "x"']);
  expect(seeds([...cells, 'seedrandom(String(seed))'], values)).toEqual(['seedrandom "3"']);
  expect(seeds([...cells, 'seedrandom(seed.toString())'], values)).toEqual(['seedrandom "3"']);
});

test('operations, layers and data of tfjs that are given a seed are told', () => {
  expect(seeds([TFJS, "tf.randomNormal([2], 0, 1, 'float32', 7)"])).toEqual(['tfjs 7']);
  expect(seeds([TFJS, 'tf.initializers.glorotUniform({ seed: 3 })'])).toEqual(['tfjs 3']);
  expect(
    seeds([TFJS, 'tf.layers.dense({ units: 3, kernelInitializer: tf.initializers.heNormal({ seed: 5 }) })']) // prettier-ignore
  ).toEqual(['tfjs 5']);
  expect(seeds([TFJS, "tf.data.array([1, 2]).shuffle(2, 'seven').batch(1)"])).toEqual([
    'tfjs "seven"'
  ]);
  expect(seeds([TFJS, 'tf.randomNormal([2]); tf.util.shuffle([1]); tf.dropout(1, 0.5)'])).toEqual(
    []
  );
});

test('seeds that functions and classes of the notebook set are told where they are called', () => {
  const cells = [
    `${SEEDRANDOM} function make(seed: number, more = 9) { return [seedrandom(seed), seedrandom(more)] }`
  ];
  expect(seeds(cells)).toEqual([]);
  expect(seeds([...cells, 'make(7)'])).toEqual(['seedrandom 7', 'seedrandom 9']);
  expect(seeds([...cells, 'const outer = () => make(8, 8);', 'outer()'])).toEqual(['seedrandom 8']);
  const made = 'class Net { rng: any; constructor(seed: string) { this.rng = seedrandom(seed) } }';
  expect(seeds([SEEDRANDOM, made, "new Net('net')"])).toEqual(['seedrandom "net"']);
});

test('a library that is left to find a seed by itself is told without one', () => {
  expect(seeds([SEEDRANDOM, 'seedrandom()'])).toEqual(['seedrandom undefined']);
  expect(seeds([SEEDRANDOM, 'seedrandom(Date.now())'])).toEqual([]);
});

test('functions of the notebook that are called as those of libraries are none of theirs', () => {
  expect(seeds(['function seedrandom(x: number) { return x }\nseedrandom(3)'])).toEqual([]);
  expect(seeds(['const randomNormal = (...x: any[]) => x;', 'randomNormal(1, 2, 3, 4, 5)'])).toEqual([]); // prettier-ignore
});

test('no getter of the notebook is asked for a seed', () => {
  let asked = 0;
  const settings = { get seed() { return ++asked; } }; // prettier-ignore
  const cells = [`${SEEDRANDOM} const settings = { seed: 1 }`, 'seedrandom(settings.seed)'];
  expect(seeds(cells, { settings })).toEqual([]);
  expect(asked).toBe(0);
});

test('several arguments or a list may be one seed, and one that is drawn is no gap', () => {
  const alea = "const Alea = require('alea') as any;";
  expect(seeds([alea, "new Alea('a', 5)"])).toEqual(['alea ["a",5]']);
  expect(seeds([alea, 'Alea()'])).toEqual(['alea undefined']);
  const chance = "const Chance = require('chance') as any;";
  expect(seeds([chance, 'const one = new Chance(1); one.integer({ min: 0, max: 9 })'])).toEqual([
    'chance 1'
  ]);
  expect(seeds([chance, 'new Chance(); new Chance(Math.random)'])).toEqual([]);
  const faker = "const { faker } = require('@faker-js/faker') as any;";
  expect(seeds([faker, 'faker.seed([1, 2]); faker.seed(); faker.person.firstName()'])).toEqual([
    '@faker-js/faker [1,2]'
  ]);
});
