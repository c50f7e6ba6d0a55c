import fc from 'fast-check';
import { Signal } from '@lumino/signaling';
import { describe, expect, it, vi } from 'vitest';
import { editAll } from '../../src/lab/actions/editall.js';
import { keyTitle, usualColumns } from '../../src/lab/history/columns.js';
import { Preferences, type Settings } from '../../src/lab/history/preferences.js';
import { mainMetrics } from '../../src/lab/history/rows.js';
import { RunOrder } from '../../src/lab/history/runorder.js';
import { Selection } from '../../src/lab/history/selection.js';
import { PLAIN_TABLE, tableOf, viewsOf } from '../../src/lab/history/table.js';
import type { IRunStore } from '../../src/lab/tokens.js';
import { summary } from './summary.js';

const metric = (last: number | 'NaN' | 'Infinity') => ({
  last,
  min: null,
  max: null,
  first: last,
  count: 1,
  step: 0
});

function order(key: string, descending: boolean, ...runs: ReturnType<typeof summary>[]): string {
  return new RunOrder({ key, descending })
    .apply(runs)
    .map(({ id }) => id)
    .join('');
}

describe('the order of runs', () => {
  const runs = [
    summary({ id: 'a', metrics: { loss: metric(2) }, name: 'n 10' }),
    summary({ id: 'b', name: 'n 9' }),
    summary({ id: 'c', metrics: { loss: metric('Infinity') }, name: 'M 1' }),
    summary({ id: 'd', metrics: { loss: metric('NaN') }, name: null }),
    summary({ id: 'e', metrics: { loss: metric(-1) }, name: 'n' })
  ];

  it('goes by numbers, with NaN and what is missing at the end whichever way', () => {
    expect(order('metrics.loss', false, ...runs)).toBe('eacdb');
    expect(order('metrics.loss', true, ...runs)).toBe('caedb');
  });

  it('goes by texts and the numbers at their ends', () => {
    expect(order('name', false, ...runs)).toBe('cebad');
    expect(order('name', true, ...runs)).toBe('abecd');
  });

  it('leaves those that are equal as they stand', () => {
    expect(order('status', true, ...runs)).toBe('abcde');
    expect(order('params.none', true, ...runs)).toBe('abcde');
  });
});

describe('the selection', () => {
  const of = (...ids: string[]): Selection => {
    const selection = new Selection();
    selection.keep(ids);
    return selection;
  };

  it('is one row, others beside it, or all in between', () => {
    const selection = of('a', 'b', 'c', 'd');
    selection.set('b');
    selection.extendTo('d');
    expect(selection.ids).toEqual(['b', 'c', 'd']);
    selection.extendTo('a');
    expect(selection.ids).toEqual(['a', 'b']);
    selection.toggle('d');
    selection.toggle('a');
    expect(selection.ids).toEqual(['b', 'd']);
    selection.collapse();
    expect(selection.ids).toEqual(['a']);
  });

  it('never holds what cannot be seen', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ maxLength: 3 }), { minLength: 1, maxLength: 20 }),
        fc.array(fc.nat(19), { maxLength: 10 }),
        fc.nat(20),
        (ids, toggled, kept) => {
          const selection = of(...ids);
          toggled.forEach(at => selection.toggle(ids[at % ids.length]));
          selection.keep(ids.slice(0, kept));
          expect(selection.ids.every(id => ids.slice(0, kept).includes(id))).toBe(true);
          expect(selection.size).toBe(selection.ids.length);
        }
      )
    );
  });
});

describe('how the table looks', () => {
  it('is read from settings whatever somebody wrote there', () => {
    fc.assert(
      fc.property(fc.anything(), value => {
        expect(Object.keys(tableOf(value)).sort()).toEqual(['columns', 'sort', 'widths']);
        expect(Array.isArray(viewsOf(value))).toBe(true);
      })
    );
    const view = { name: 'best', filter: 'loss < 1', columns: ['seed'], widths: { seed: 50 } };
    expect(viewsOf([view, { name: '' }, 3])).toEqual([{ ...view, sort: null }]);
  });

  it('is kept in settings, views in the order of their names', () => {
    const kept: Record<string, unknown> = {};
    const settings = {
      get: (key: string) => ({ composite: kept[key], user: undefined }),
      set: (key: string, value: unknown) => {
        kept[key] = value;
        return Promise.resolve();
      },
      changed: null as unknown
    };
    settings.changed = new Signal(settings);
    const preferences = new Preferences();
    preferences.connect(settings as unknown as Settings);
    preferences.save({ ...PLAIN_TABLE, name: 'z', filter: 'a' });
    preferences.save({ ...PLAIN_TABLE, name: 'b', filter: '' });
    preferences.save({ ...PLAIN_TABLE, name: 'z', filter: 'c' });
    const again = new Preferences();
    again.connect(settings as unknown as Settings);
    expect(again.views.map(({ name, filter }) => [name, filter])).toEqual([
      ['b', ''],
      ['z', 'c']
    ]);
    again.remove('b');
    expect(kept.views).toHaveLength(1);
  });

  it('has no column that no run has anything for', () => {
    expect(usualColumns([summary()], false)).toEqual(['metrics', 'params', 'started', 'duration']);
    expect(usualColumns([summary()], true)).toContain('notebook');
    expect(keyTitle('metrics."val/acc"')).toBe('val/acc');
    expect(keyTitle('number')).toBe('number');
  });

  it('shows first by what it is sorted', () => {
    const run = summary({ metrics: { loss: metric(1), 'val/acc': metric(1) } });
    expect(mainMetrics(run, 1, 'metrics.loss.min')).toEqual(['loss']);
    expect(mainMetrics(run, 2, 'params.lr')).toEqual(['val/acc', 'loss']);
  });
});

describe('an edit of several runs', () => {
  it('shows those that succeeded, once, and says why another did not', async () => {
    const put = vi.fn();
    const edit = (id: string): Promise<unknown> =>
      id === 'b' ? Promise.reject(new Error('It is gone.')) : Promise.resolve(summary({ id }));
    const store = { client: { edit }, put } as unknown as IRunStore;
    await expect(
      editAll(store, ['a', 'b', 'c'], { event: 'archive', archived: true })
    ).rejects.toThrow('It is gone.');
    expect(put).toHaveBeenCalledTimes(1);
    expect(put.mock.calls[0].map(({ id }: { id: string }) => id)).toEqual(['a', 'c']);
  });
});
