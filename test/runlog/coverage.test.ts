import { expect, test } from 'vitest';
import { coverage, type FilteredRun } from '../../src/runlog/filter.js';

let number = 0;
const run = (params: FilteredRun['params'], loss?: number): FilteredRun => ({
  id: `run-${++number}`,
  params,
  tags: {},
  metrics:
    loss === undefined
      ? {}
      : { loss: { last: loss, min: loss, max: loss, first: loss, count: 1, step: 0 } }
});
const runs = [
  run({ lr: 0.1, depth: 2, optimizer: 'adam' }, 0.5),
  run({ lr: 0.1, depth: 2, optimizer: 'adam' }, 0.3),
  run({ lr: 0.01, depth: 2, optimizer: 'adam' }, 0.2),
  run({ lr: 0.01, depth: 10, optimizer: 'adam' })
];

test('the grid has every combination of the values that were tried, with the runs that tried it', () => {
  const found = coverage(runs, { measure: { key: 'loss', greatest: false } });
  expect(found.keys).toEqual([
    { key: 'lr', values: [0.01, 0.1] },
    { key: 'depth', values: [2, 10] }
  ]);
  expect(found.combinations.map(one => [one.values, one.runs.length, one.best])).toEqual([
    [[0.01, 2], 1, 0.2],
    [[0.01, 10], 1, undefined],
    [[0.1, 2], 2, 0.3],
    [[0.1, 10], 0, undefined]
  ]);
  expect([found.tried, found.possible]).toEqual([3, 4]);
  expect(found.constant).toEqual([{ key: 'optimizer', value: 'adam' }]);
});

test('a param that some run lacks is left out of the grid unless it is asked for', () => {
  const more = [...runs, run({ lr: 0.1, depth: 2, clip: 1 }), run({ lr: 0.1, depth: 2, clip: 5 })];
  expect(coverage(more).left).toEqual(['clip']);
  const asked = coverage(more, { keys: ['clip', 'params.lr'] });
  expect(asked.combinations.map(one => [one.values, one.runs.length])).toEqual([
    [[1, 0.01], 0],
    [[1, 0.1], 1],
    [[5, 0.01], 0],
    [[5, 0.1], 1]
  ]);
});

test('without a param that all have, the grid is of those that most runs have', () => {
  const other = [run({ trees: 10 }), run({ trees: 20 }), run({})];
  const found = coverage([...runs, ...other]);
  expect(found.keys.map(({ key }) => key)).toEqual(['lr', 'depth']);
  expect([found.placed, found.tried, found.possible]).toEqual([4, 3, 4]);
  expect(found.left).toEqual(['trees']);
});

test('a run without any param, as one that prepares data, is no try', () => {
  const found = coverage([...runs, run({}, 0.1)]);
  expect(found.keys.map(({ key }) => key)).toEqual(['lr', 'depth']);
  expect(found.placed).toBe(4);
  expect(found.constant).toEqual([{ key: 'optimizer', value: 'adam' }]);
});

test('a grid too large to be counted out is only measured', () => {
  const many = Array.from({ length: 30 }, (_, n) => run({ a: n, b: n, c: n, d: n }));
  const found = coverage(many);
  expect([found.possible, found.tried, found.combinations]).toEqual([30 ** 4, 30, []]);
  expect(coverage([]).possible).toBe(0);
});
