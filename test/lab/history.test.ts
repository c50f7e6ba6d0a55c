import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedParams, mainMetrics, RunsBefore, runSeconds } from '../../src/lab/history/rows.js';
import { sparklinePath } from '../../src/lab/history/sparkpath.js';
import { chosenToFit, fitting } from '../../src/lab/history/fit.js';
import { rowLayout } from '../../src/lab/history/rowlayout.js';
import { chosenColumns } from '../../src/lab/history/columns.js';
import { PLAIN_TABLE } from '../../src/lab/history/table.js';
import { shownStatus } from '../../src/lab/status.js';
import { runTitle } from '../../src/lab/store/title.js';
import type { IRunSummary } from '../../src/lab/store/protocol.js';
import { summary } from './summary.js';

const metric = { last: 1, min: 1, max: 1, first: 1, count: 1, step: 0 };

describe('the params of a row', () => {
  it('are those that differ from the run before', () => {
    const before = summary({ params: { lr: 0.1, layers: [1, 2], gone: 1 } });
    const run = summary({ params: { lr: 0.01, layers: [1, 2], seed: 3 } });
    expect(changedParams(run, before)).toEqual([
      { key: 'lr', value: 0.01, before: 0.1 },
      { key: 'seed', value: 3, before: undefined },
      { key: 'gone', value: undefined, before: 1 }
    ]);
  });

  it('begin with what changed, before what is new', () => {
    const run = summary({ params: { seed: 3, lr: 0.01 } });
    const keys = changedParams(run, summary({ params: { lr: 0.1 } })).map(({ key }) => key);
    expect(keys).toEqual(['lr', 'seed']);
  });

  it('are all of them for the first run', () => {
    expect(changedParams(summary({ params: { lr: 1 } }), undefined)).toHaveLength(1);
  });
});

describe('the metrics of a row', () => {
  it('are first those of held-out data, last those of the system', () => {
    const run = summary({
      metrics: { 'system/cpu': metric, loss: metric, evaluation: metric, 'val/acc': metric }
    });
    expect(mainMetrics(run, 9)).toEqual(['val/acc', 'loss', 'evaluation', 'system/cpu']);
    expect(mainMetrics(run, 1)).toEqual(['val/acc']);
  });

  it('are not the scores of a cross-validation by their name alone', () => {
    const run = summary({ id: 'b', metrics: { accuracy: metric, cross_val_score: metric } });
    expect(mainMetrics(run, 1)).toEqual(['accuracy']);
  });
});

describe('the run before', () => {
  it('is that of the same notebook', () => {
    const [c, b, x, a] = [
      summary({ id: '4', notebook: { path: '/n.ipynb', name: 'n' } }),
      summary({ id: '3', notebook: { path: '/n.ipynb', name: 'n' } }),
      summary({ id: '2', notebook: { path: '/other.ipynb', name: 'other' } }),
      summary({ id: '1', notebook: { path: '/n.ipynb', name: 'n' } })
    ];
    const before = new RunsBefore();
    before.take([c, b, x, a]);
    expect(['4', '3', '2', '1'].map(id => before.get(id))).toEqual([b, a, undefined, undefined]);
  });

  it('is told as it is now, whether a run changed, came, went or is of another notebook', () => {
    const of = (id: string, path: string, name = id): IRunSummary =>
      summary({ id, name, notebook: { path, name: 'n' } });
    const before = new RunsBefore();
    before.take([of('3', '/n'), of('2', '/n'), of('1', '/n')]);
    expect(before.get('3')?.name).toBe('2');
    const renamed = of('2', '/n', 'best');
    before.take([of('3', '/n'), renamed, of('1', '/n')]);
    expect(before.get('3')).toBe(renamed);
    expect(before.get('2')?.id).toBe('1');
    before.take([of('4', '/n'), of('3', '/n'), of('2', '/n')]);
    expect(['4', '3', '2'].map(id => before.get(id)?.id)).toEqual(['3', '2', undefined]);
    before.take([of('4', '/n'), of('3', '/m'), of('2', '/n')]);
    expect(['4', '3', '2'].map(id => before.get(id)?.id)).toEqual(['2', undefined, undefined]);
    before.take([]);
    expect(before.get('4')).toBeUndefined();
  });
});

describe('the duration of a run', () => {
  it('goes on while the run does, and is unknown for a run that nobody ended', () => {
    const started = '2026-11-23T15:00:00.000000Z';
    const now = Date.parse('2026-11-23T15:00:10Z');
    expect(runSeconds(summary({ started, status: 'running', duration: null }), now)).toBe(10);
    expect(runSeconds(summary({ started, status: 'killed', duration: null }), now)).toBeNull();
    expect(runSeconds(summary({ started, status: 'finished', duration: 2.5 }), now)).toBe(2.5);
  });
});

describe('the duration of an open run', () => {
  const started = '2026-11-23T15:00:00.000000Z';
  const run = summary({ started, status: 'running', duration: null });
  const at = Date.parse(started);

  it('stands still at the end of the last cell, and is not said where nobody saw that', () => {
    expect(runSeconds(run, at + 60_000, { isBusy: true, since: null })).toBe(60);
    expect(runSeconds(run, at + 60_000, { isBusy: false, since: at + 5000 })).toBe(5);
    expect(runSeconds(run, at + 60_000, { isBusy: false, since: null })).toBeNull();
    expect(runSeconds(run, at + 60_000, { isBusy: false, since: at - 5000 })).toBeNull();
  });

  it('belongs to the word for it', () => {
    expect(shownStatus('running', { isBusy: false, since: null })).toBe('open');
    expect(shownStatus('running', { isBusy: true, since: null })).toBe('running');
    expect(shownStatus('running', null)).toBe('running');
    expect(shownStatus('finished', { isBusy: false, since: null })).toBe('finished');
  });
});

describe('what has room in a row', () => {
  const more = (): number => 15;

  it('is whole things, with room for the number of the others', () => {
    expect(fitting([50, 50], 108, 8, more)).toBe(2);
    expect(fitting([50, 50], 107, 8, more)).toBe(1);
    expect(fitting([50, 50], 72, 8, more)).toBe(0);
    expect(fitting([50, 10, 1000], 91, 8, more)).toBe(2);
    expect(fitting([], 10, 8, more)).toBe(0);
  });

  it('leaves out a thing that is too long and goes on with shorter ones behind it', () => {
    const more = (hidden: number): number => (hidden > 0 ? 20 : 0);
    expect(chosenToFit([50, 200, 30, 40], 170, 8, more)).toEqual([0, 2, 3]);
    expect(chosenToFit([50, 200, 30, 40], 120, 8, more)).toEqual([0, 2]);
    expect(chosenToFit([50, 30], 200, 8, more)).toEqual([0, 1]);
    // The first is there without room for it, and then nothing else is.
    expect(chosenToFit([50, 1], 40, 8, more)).toEqual([0]);
    expect(chosenToFit([], 40, 8, more)).toEqual([]);
  });

  it('never is more than the row is wide', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 12 }),
        fc.integer({ min: 0, max: 900 }),
        (widths, room) => {
          const count = fitting(widths, room, 8, more);
          const shown = widths.slice(0, count).reduce((sum, width) => sum + width + 8, -8);
          const rest = count < widths.length ? 23 : 0;
          expect(count === 0 || shown + rest <= room).toBe(true);
        }
      )
    );
  });

  it('fills the width with its columns, and gives the commit none where no run has one', () => {
    const code = { commit: 'abc', branch: null, dirty: false, diff: null, root: null };
    for (const [width, runs] of [
      [700, [summary({ code: { ...code, reason: null } })]],
      [760, [summary()]],
      [2400, [summary()]]
    ] as const) {
      const { columns, template } = rowLayout(width, chosenColumns(PLAIN_TABLE, runs, false));
      const each = template.split(' ').map(parseFloat);
      expect(columns.map(({ column }) => column.id).includes('commit')).toBe(width === 700);
      expect(each.reduce((sum, column) => sum + column + 10, 6)).toBe(width);
      expect(Math.min(...each)).toBeGreaterThan(20);
    }
    expect(rowLayout(300, [])).toMatchObject({ isWide: false, hasSparkline: false });
    expect(rowLayout(480, [])).toMatchObject({ isWide: false, hasSparkline: true });
  });

  it('keeps the widths that were given, and is wider than its place where columns are many', () => {
    const table = {
      ...PLAIN_TABLE,
      columns: Array.from({ length: 20 }, (_, at) => `params.p${at}`)
    };
    const columns = chosenColumns(table, [summary({ params: { p0: 1 } })], false);
    const layout = rowLayout(800, columns, { 'params.p3': 300 });
    expect(layout.columns.find(({ column }) => column.id === 'params.p3')?.width).toBe(300);
    expect(layout.width).toBeGreaterThan(2000);
    expect(columns.map(({ isNumber }) => isNumber).slice(0, 2)).toEqual([true, false]);
  });
});

describe('the title of a run', () => {
  it('has the number once', () => {
    const title = (name: string | null, number: number | null): string =>
      runTitle({ id: 'the-id', name, number });
    expect(title('digits 12', 12)).toBe('digits #12');
    expect(title('baseline', 12)).toBe('baseline #12');
    expect(title('digits #12', 12)).toBe('digits #12');
    expect(title('digits 112', 12)).toBe('digits 112 #12');
    expect(title(null, 3)).toBe('#3');
    expect(title(null, null)).toBe('the-id');
  });
});

describe('a sparkline', () => {
  const points = (value: number[]): Parameters<typeof sparklinePath>[0] => ({
    step: value.map((_, at) => at),
    time: value,
    value,
    count: value.length
  });

  it('fills its box, greatest on top', () => {
    expect(sparklinePath(points([0, 10]), 10, 10)).toBe('M1.0 9.0L9.0 1.0');
  });

  it('has a gap where a value is not finite', () => {
    expect(sparklinePath(points([0, NaN, Infinity, 10]), 10, 10)).toBe('M1.0 9.0M9.0 1.0');
  });

  it('is empty without values, and a dot for one', () => {
    expect(sparklinePath(points([NaN]), 10, 10)).toBe('');
    expect(sparklinePath(points([5]), 10, 10)).toBe('M5.0 5.0h0');
  });
});
