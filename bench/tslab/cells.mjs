// What recording adds to cells: before they are answered, right behind the answer, and to cells that wait for each other.
import { attach, between, kernel, moment, receive } from './kernel.mjs';

/** @typedef {import('./kernel.mjs').Moment} Moment */

/** @param {string} name @param {number} count @param {string} value */
const many = (name, count, value) =>
  Array.from(
    { length: count },
    (_, i) => `const ${name}${i} = ${value.replaceAll('@', String(i))};`
  ).join('\n');

// A notebook has some 200 names already.
const SETUP = [
  many('number', 100, '@ / 7'),
  many('items', 40, 'Array.from({ length: @ * 10 }, (_, k) => k)'),
  many('array', 35, 'Float64Array.from({ length: 2000 }, (_, k) => k * @)'),
  many(
    'rows',
    15,
    'Array.from({ length: 100 }, (_, k) => ({ k, name: `row ${k}`, x: k / (@ + 1) }))'
  ),
  many('large', 5, 'new Float64Array(1_000_000).fill(@)')
];

// Each round has sources of its own, as of cells that are edited: nothing of them is known yet.
const CELLS = [
  'const rate = 0.1@; const epochs = 3; let w = [0, 0, @];',
  'function loss(v: number[]): number { return v.reduce((sum, x) => sum + (x - 3.@) ** 2, 0) / v.length }',
  'for (let epoch = 0; epoch < epochs; epoch++) { w = w.map(x => x - rate * 2 * (x - 3.@)); console.log(`epoch ${epoch}: loss ${loss(w).toFixed(4)}`) }',
  'const table = Array.from({ length: 200 }, (_, i) => ({ i, x: Math.random() * 1@ }));',
  'table.filter(row => row.x > 0.5@).length',
  'const weights = new Float32Array(1000); for (let i = 0; i < 1000; i++) weights[i] = i * 1@;',
  'weights[3] += 1@; loss(w)',
  'class Model { w = 0; step() { this.w -= rate * (this.w - 3.@) } }',
  'const model = new Model(); for (let i = 0; i < 1@; i++) model.step(); model.w'
];

/** @param {number} round */
const sources = round => CELLS.map(cell => cell.replaceAll('@', String(round)));

const nothing = () => undefined;
/** @param {number} milliseconds */
const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

/** How many kinds of cells there are; each round has one of each. */
export const KINDS = CELLS.length;

/**
 * Each cell by itself, with a pause behind it. `waited`: what it waits for, but for the compiler, which takes twenty
 * times as long and never twice the same; what recording adds to that is told by a kernel without. `behind`: what is
 * done right behind the answer; `idle`: what is done in the pause. `whole`: the cell with the compiler.
 *
 * @param {number} rounds
 * @param {boolean} isRecorded
 * @returns {Promise<Record<string, Moment[]>>}
 */
export async function apart(rounds, isRecorded) {
  const { handler, converter } = kernel();
  /** @type {Moment} */
  let compiled = [0, 0];
  const { convert } = converter;
  converter.convert = (/** @type {unknown[]} */ ...rest) => {
    const begun = moment();
    try {
      return convert(...rest);
    } finally {
      compiled = between(begun, moment());
    }
  };
  if (isRecorded) {
    attach('cells');
  }
  for (const code of SETUP) {
    await handler.handleExecute({ code }, nothing, nothing);
  }
  /** @type {Record<'waited' | 'behind' | 'idle' | 'whole', Moment[]>} */
  const found = { waited: [], behind: [], idle: [], whole: [] };
  for (let round = 0; round < rounds; round++) {
    for (const code of sources(round)) {
      const request = { code };
      const begun = moment();
      if (isRecorded) {
        receive(request);
      }
      await handler.handleExecute(request, nothing, nothing);
      const answered = moment();
      // The tracker's tick was asked for before this one.
      const settled = await new Promise(resolve => process.nextTick(() => resolve(moment())));
      await pause(300);
      const rested = moment();
      const whole = between(begun, answered);
      found.waited.push(between(compiled, whole));
      found.behind.push(between(answered, settled));
      found.idle.push(between(settled, rested));
      found.whole.push(whole);
    }
  }
  // The first rounds compile the tracker itself.
  const from = KINDS * 2;
  return Object.fromEntries(Object.entries(found).map(([name, all]) => [name, all.slice(from)]));
}

/**
 * Cells that wait for each other: `row`, all of a round sent at once; `chain`, each as soon as the one before is answered.
 * For each round what a cell takes.
 *
 * @param {number} rounds
 * @param {boolean} isRecorded
 * @returns {Promise<Record<string, Moment[]>>}
 */
export async function together(rounds, isRecorded) {
  const { handler } = kernel();
  if (isRecorded) {
    attach('together');
  }
  /** @param {string} code */
  const send = code => {
    const request = { code };
    if (isRecorded) {
      receive(request);
    }
    return handler.handleExecute(request, nothing, nothing);
  };
  for (const code of SETUP) {
    await send(code);
  }
  /** @type {Record<'row' | 'chain', Moment[]>} */
  const found = { row: [], chain: [] };
  for (let round = 0; round < rounds * 2; round++) {
    const begun = moment();
    if (round % 2 === 0) {
      await Promise.all(sources(round).map(send));
    } else {
      for (const code of sources(round)) {
        await send(code);
        // The next request is another message.
        await new Promise(resolve => setImmediate(resolve));
      }
    }
    const [wall, spent] = between(begun, moment());
    if (round > 3) {
      found[round % 2 === 0 ? 'row' : 'chain'].push([wall / CELLS.length, spent / CELLS.length]);
    }
    await pause(100);
  }
  return found;
}
