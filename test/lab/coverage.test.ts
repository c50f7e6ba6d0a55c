import { describe, expect, it } from 'vitest';
import { cellFilter, heatMapOf, isGreaterBetter } from '../../src/lab/coverage/heatmap.js';
import { RunFilter } from '../../src/lab/history/runfilter.js';
import type { IRun } from '../../src/lab/store/protocol.js';
import { summary } from './summary.js';

const stats = (last: number): IRun['metrics'][string] => ({
  last,
  min: last,
  max: last,
  first: last,
  count: 1,
  step: 0
});

const tried: readonly [unknown, unknown, number][] = [
  [0.1, 2, 0.72],
  [0.1, 2, 0.7],
  [0.1, 4, 0.74],
  [0.01, 2, 0.79],
  [0.01, 4, 0.78],
  [0.01, 8, 0.83]
];

const runs = tried.map(([lr, depth, auc], at) =>
  summary({
    id: `20261123-15000000${at}-aaaa`,
    params: { lr, depth, optimizer: 'adam' },
    metrics: { 'val/auc': stats(auc), loss: stats(1 - auc) }
  })
);

describe('the heat map of what was tried', () => {
  it('shows each combination with its runs, and those that nobody tried', () => {
    const map = heatMapOf(runs);
    expect([map.down?.key, map.right?.key]).toEqual(['lr', 'depth']);
    expect(map.rows.map(row => row.map(({ value }) => value))).toEqual([
      [1, 1, 1],
      [2, 1, undefined]
    ]);
    expect([map.tried, map.possible, map.runs]).toEqual([5, 6, 6]);
    expect(map.constant).toEqual([{ key: 'optimizer', value: 'adam' }]);
  });

  it('weighs the best of a metric most, whether that is the greatest or the least', () => {
    const most = heatMapOf(runs, { measure: { metric: 'val/auc', greatest: true } });
    expect(most.rows[1][0]).toMatchObject({ value: 0.72, weight: 0 });
    expect(most.rows[0][2]).toMatchObject({ value: 0.83, weight: 1 });
    const least = heatMapOf(runs, { measure: { metric: 'loss', greatest: false } });
    expect(least.rows[0][2].weight).toBe(1);
    expect(least.rows[1][2].weight).toBeUndefined();
    expect([isGreaterBetter('val/auc'), isGreaterBetter('val_loss')]).toEqual([true, false]);
  });

  it('has one row where one param varies, and none where none does', () => {
    const one = heatMapOf(runs.slice(0, 3));
    expect([one.down, one.right?.key, one.rows.length]).toEqual([null, 'depth', 1]);
    expect(heatMapOf(runs.slice(0, 1))).toMatchObject({ right: null, rows: [], runs: 1 });
  });

  it('lays out the params that were chosen, also one that not every run has', () => {
    const more = [
      ...runs,
      summary({ id: '20261123-150000009-aaaa', params: { lr: 1, drop: 0.5 } })
    ];
    const also = [
      ...more,
      summary({ id: '20261123-150000010-aaaa', params: { lr: 2, drop: 0.1 } })
    ];
    const map = heatMapOf(also, { down: 'drop', right: 'lr' });
    expect([map.down?.key, map.right?.key]).toEqual(['drop', 'lr']);
    expect(map.tried).toBe(2);
  });

  it('lets the runs of a cell be listed by a filter, whatever their values are', () => {
    const odd = [
      ['a "b"', true],
      ['or', false],
      [[1, 2], true],
      [1e21, false]
    ].map(([first, second], at) =>
      summary({
        id: `20261123-16000000${at}-aaaa`,
        params: { 'weight decay': first, flag: second },
        tags: { phase: 'x' }
      })
    );
    const map = heatMapOf(odd, { down: 'weight decay', right: 'flag' });
    for (const cell of map.rows.flat().filter(({ runs: own }) => own.length)) {
      const filter = new RunFilter(cellFilter('tags.phase = x or lr = 1', map, cell));
      expect(filter.error).toBeNull();
      expect(filter.apply(odd).map(({ id }) => id)).toEqual(cell.runs);
    }
  });
});
