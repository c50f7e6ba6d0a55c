/** The keys under which what stands in objects is recorded, as in Python (`test/tracker/test_names.py`). */
import { expect, test } from 'vitest';
import { NamedMetrics } from '../../../src/tslab/names/variables.js';
import { keyOf, lists } from '../../../src/tslab/names/series.js';
import type { ISeen } from '../../../src/tslab/sightings/arbiter.js';
import type { IMoment } from '../../../src/tslab/sightings/sighting.js';
import { Reading } from '../../../src/tslab/syntax/reading.js';
import '../compiler.js';

test('a path of names gives one key', () => {
  expect(keyOf(['history', 'valLoss'])).toBe('val_loss');
  expect(keyOf(['losses', 'train'])).toBe('train_losses');
  expect(keyOf(['scores', 'forest'])).toBe('scores/forest');
  expect(keyOf(['results', 'Logistic Regression'])).toBe('results/logistic_regression');
  expect(keyOf(['config', 'batchSize'])).toBeUndefined();
  expect(keyOf(['result', 'labels'])).toBeUndefined();
  expect(keyOf(['best', 'valMse'])).toBe('best_val_mse');
  expect(keyOf(['best', 'bestLoss'])).toBe('best_loss');
});

class Perceptron {
  errors = [5, 3];
  logProb = { pos: [-1.5, -2.5] };
}

class Library {
  stdErrors = [0.5, 0.25];
  history = { loss: [0.5, 0.25] };
}

function keysOf(values: Record<string, unknown>): string[] {
  const classes = new Set(['Perceptron']);
  return [...lists(new Map(Object.entries(values)), classes)].map(({ key }) => key);
}

test('objects of the notebook are looked into, and those of libraries for what a history is', () => {
  expect(keysOf({ Perceptron, ppn: new Perceptron() })).toEqual(['errors']);
  expect(keysOf({ Library, mlr: new Library() })).toEqual(['loss']);
});

test('lists of places and of probabilities are no series', () => {
  expect(keysOf({ result: { tour: [3, 1, 2, 0], forest: [0.5, 0.25] } })).toEqual([
    'result/forest'
  ]);
  expect(keysOf({ logProbs: [-1.5, -2.5], mistakes: [3, 1, 2, 0] })).toEqual(['mistakes']);
});

/** What a cell leaves gives: the step, the key and the value of each metric. */
function seen(code: string, left: Record<string, unknown>): Array<[unknown, string, number]> {
  const found: Array<[unknown, string, number]> = [];
  const names = new NamedMetrics({
    see: (_: IMoment, { values, step }: ISeen) =>
      values.forEach((value, key) => found.push([step, key, value])),
    isTold: () => false
  } as never);
  const { bindings } = new Reading(code);
  const [at, values] = [JSON.parse('{"run":{"id":"r"}}') as IMoment, new Map(Object.entries(left))];
  names.start(new Map());
  names.before(bindings);
  names.look(at, values, true);
  names.bound(at, values, bindings!);
  return found;
}

test('what was tried is the step of what an object keeps under it', () => {
  const cvMse = { '1': 0.75, '10': 0.875, '0.01': 0.5, '0.1': 0.625 };
  expect(seen('exports.cvMse = measure();', { cvMse })).toEqual([
    [0.01, 'cv_mse', 0.5],
    [0.1, 'cv_mse', 0.625],
    [1, 'cv_mse', 0.75],
    [10, 'cv_mse', 0.875]
  ]);
});

test('rows that a text tells apart have a metric each', () => {
  const report = [
    { sign: 'pos', precision: 0.625 },
    { sign: 'neg', precision: 0.75 }
  ];
  expect(seen('exports.report = make();', { report })).toEqual([
    [undefined, 'precision/pos', 0.625],
    [undefined, 'precision/neg', 0.75]
  ]);
  const rows = ['a', 'b'].map(id => ({ id, price: 3.5, guess: 3, error: 0.5 }));
  expect(seen('exports.rows = make();', { rows }).map(([, key]) => key)).toEqual([
    'error',
    'error'
  ]);
  const tried = ['rbf', 'rbf'].map(kernel => ({ kernel, recall: 0.5 }));
  expect(seen('exports.tried = make();', { tried }).map(([, key]) => key)).toEqual([
    'recall',
    'recall'
  ]);
});

test('the differences of all samples are no series, and what was measured for several values is', () => {
  const errors = [0.5, 0.25];
  const code = (made: string): string => `exports.errors = exports.p.map(${made});`;
  expect(seen(code('(p, i) => p - exports.y[i]'), { errors })).toEqual([]);
  expect(seen(code('(p, i) => { return Math.abs(p - exports.y[i]); }'), { errors })).toEqual([]);
  expect(seen(code('(p, i) => (p - exports.y[i]) ** 2'), { errors })).toEqual([]);
  expect(seen(code('k => 1 - exports.accuracy(k)'), { errors }).length).toBe(2);
  expect(seen(code('k => exports.errorOf(k)'), { errors }).length).toBe(2);
});
