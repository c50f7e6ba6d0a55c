/** What the last expression of a cell gives is a metric where it is one in Python. */
import { expect, test } from 'vitest';
import { results } from '../../../src/tslab/printed/results.js';
import { Reading } from '../../../src/tslab/syntax/reading.js';
import { compile } from '../compiler.js';

const BEFORE =
  'function accuracy(model: any): number { return 1 }\n' +
  'var model: any, net: any, values: any, names: any, results: any;';

/** What is seen of a value that the last expression of a cell gave: origin, step, and metrics. */
function seen(expression: string, value: unknown): unknown[] {
  const { tree } = new Reading(compile(BEFORE, expression)[1]);
  return [...results(tree!, value)].map(({ origin, step, values }) => [
    origin,
    step ?? null,
    Object.fromEntries(values)
  ]);
}

test('a number is named by its expression', () => {
  expect(seen('accuracy(model)', 0.5)).toEqual([['last expression', null, { accuracy: 0.5 }]]);
  expect(seen('net.score(values)', 0.5)).toEqual([['last expression', null, { score: 0.5 }]]);
  expect(seen('values.losses.at(-1)', 2)).toEqual([['last expression', null, { losses: 2 }]]);
  expect(seen('await net.evaluate().loss', 2)).toEqual([['last expression', null, { loss: 2 }]]);
  expect(seen('Math.sqrt(net.mse)', 2)).toEqual([['last expression', null, { rmse: 2 }]]);
});

test('a number of no metric is none', () => {
  expect(seen('values.length', 100)).toEqual([]);
  expect(seen('accuracy(model) > 0.5 ? 1 : 0', 1)).toEqual([]);
  expect(seen('net.rate', 0.1)).toEqual([]);
  expect(seen('accuracy(model)', NaN)).toEqual([]);
  expect(seen('accuracy(model)', 'text')).toEqual([]);
  expect(seen('const loss = 1', undefined)).toEqual([]);
});

test('several numbers are named one by one', () => {
  expect(seen('[accuracy(model), net.loss, values.length]', [0.5, 2, 3])).toEqual([
    ['last expression', null, { accuracy: 0.5, loss: 2 }]
  ]);
});

test('objects and maps give what has names of metrics', () => {
  const object = { trainAccuracy: 0.5, n: 3, test: { f1: 0.75 } };
  expect(seen('net.evaluate(values)', object)).toEqual([
    ['last expression', null, { train_accuracy: 0.5, test_f1: 0.75 }]
  ]);
  expect(seen('net.evaluate(values)', new Map([['loss', 0.5]]))).toEqual([
    ['last expression', null, { loss: 0.5 }]
  ]);
});

test('rows of results are a table, rows of data are none', () => {
  const rows = [
    { kind: 'ridge', rmse: 0.5, k: 3 },
    { kind: 'lasso', rmse: 0.75, k: 4 }
  ];
  expect(seen('names.map(net.evaluate)', rows)).toEqual([
    ['table', null, { 'rmse/ridge': 0.5 }],
    ['table', null, { 'rmse/lasso': 0.75 }]
  ]);
  expect(seen('names.map(net.evaluate)', [{ epoch: 3, loss: 0.5 }])).toEqual([
    ['table', 3, { loss: 0.5 }]
  ]);
  expect(seen('results.slice(0, 5)', rows)).toEqual([]);
  expect(seen('names.map(net.load)', [{ score: 12, age: 3, height: 2.5, weight: 3.5 }])).toEqual(
    []
  );
});

test('nothing of the notebook is called', () => {
  let called = 0;
  const trap = { get loss() { return ++called; }, toString: () => String(++called) }; // prettier-ignore
  const proxy = new Proxy({ loss: 0.5 }, { get: () => ++called, ownKeys: () => (called++, []) });
  expect(seen('net.evaluate(values)', trap)).toEqual([]);
  expect(seen('net.evaluate(values)', proxy)).toEqual([]);
  expect(seen('names.map(net.evaluate)', [trap, proxy])).toEqual([]);
  expect(called).toBe(0);
});
