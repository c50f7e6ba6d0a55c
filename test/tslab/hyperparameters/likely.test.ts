/** Which cells are read before they run, because they may train. */
import { expect, test } from 'vitest';
import { mayTrain } from '../../../src/tslab/hyperparameters/likely.js';
import { compile } from '../compiler.js';

/** Functions of the notebook: whether they train by themselves, and not only in a loop. */
const known = new Map([
  ['update', false],
  ['adapt', true]
]);
const before = {
  hasTrained: false,
  knows: (name: string) => known.has(name) || name === 'share',
  trains: (name: string, isLooped: boolean) =>
    known.get(name) === true || (isLooped && known.has(name))
};

const CASES: Array<[cell: string, isLikely: boolean]> = [
  ['let w = 1; for (let i = 0; i < 3; i++) { w = w - 0.1 * w }', true],
  ['let w = [1]; for (const x of [1, 2]) { w[0] += 0.1 * x }', true],
  ['let w = 1; [1, 2].forEach(x => { w -= 0.1 * x })', true],
  ['const model: any = {}; model.fit?.(1); model.fit(1, { epochs: 3 })', true],
  ['const model: any = {}; model.compile({ loss: "mse" })', true],
  ['const trainModel = (x: number) => x; trainModel(3)', true],
  ['const o: any = {}; for (let i = 0; i < 3; i++) { o.update(i) }', true],
  ['const o: any = {}; for (let i = 0; i < 3; i++) { o.other(i) }', false],
  ['const o: any = {}; o.update(3)', false],
  ['const o: any = {}; o.adapt(3)', true],
  ['function train(x: number) { return x }', false],
  ['function train(o: any) { return o.adapt(1) }', true],
  ['function score(o: any) { return o.other(1) }', false],
  ['function loss(o: any) { return o.share(1) }', false],
  ['const o: any = {}; console.log(o.evaluate(3))', true],
  ['const o: any = {}; const accuracy = o.share(3)', true],
  ['const o: any = {}; const accuracy = o.other(3)', false],
  ['const o: any = {}; const part = o.share(3)', false],
  ['class Model { w = 0; step() { this.w -= 0.1 * this.w } }', false],
  ['const v = [0]; for (let i = 0; i < 1000; i++) v[i] = i * 2', false],
  ['const samples = 9; let n = 0; for (let i = 0; i < samples; i++) n++', true],
  ['const o = { epochs: 9 }; let n = 0; for (let i = 0; i < o.epochs; i++) n++', true],
  ['const rows = [1]; let n = 0; for (let i = 0; i < rows.length; i++) n++', false],
  ['let i = 0; while (i < 10) { i++ }', false],
  ['const table = Array.from({ length: 20 }, (_, i) => ({ i, x: Math.random() * 2 - 1 }))', false],
  ['1 + 2 * 3', false]
];

test.each(CASES)('%s: %s', (cell, isLikely) => {
  const [code] = compile(cell);
  expect(mayTrain(code, before)).toBe(isLikely);
});

test('a literal of megabytes is looked through as fast as many short ones are', () => {
  // A cell waits for it: where time grows by the square this takes hours.
  const code = `exports.s = '${'x'.repeat(4_000_000)}'; for (;;) {}`;
  expect(mayTrain(code, before)).toBe(false);
});
