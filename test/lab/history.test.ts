import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedParams, mainMetrics, runSeconds, runsBefore } from '../../src/lab/history/rows.js';
import { sparklinePath } from '../../src/lab/history/sparkpath.js';
import { fitting } from '../../src/lab/history/fit.js';
import { rowLayout } from '../../src/lab/history/rowlayout.js';
import { visibleRows } from '../../src/lab/history/window.js';
import { shownStatus } from '../../src/lab/status.js';
import { runTitle } from '../../src/lab/store/title.js';
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
});

describe('the run before', () => {
  it('is that of the same notebook', () => {
    const [c, b, x, a] = [
      summary({ id: '4', notebook: { path: '/n.ipynb', name: 'n' } }),
      summary({ id: '3', notebook: { path: '/n.ipynb', name: 'n' } }),
      summary({ id: '2', notebook: { path: '/other.ipynb', name: 'other' } }),
      summary({ id: '1', notebook: { path: '/n.ipynb', name: 'n' } })
    ];
    const before = runsBefore([c, b, x, a]);
    expect(before.get('4')).toBe(b);
    expect(before.get('3')).toBe(a);
    expect(before.has('2')).toBe(false);
    expect(before.has('1')).toBe(false);
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
    for (const [width, hasCommits] of [
      [700, true],
      [760, false],
      [2400, true]
    ] as const) {
      const { columns } = rowLayout(width, hasCommits);
      const each = columns.split(' ').map(parseFloat);
      expect(each).toHaveLength(hasCommits ? 8 : 7);
      expect(each.reduce((sum, column) => sum + column + 10, 6)).toBe(width);
      expect(Math.min(...each)).toBeGreaterThan(20);
    }
    expect(rowLayout(300, true)).toMatchObject({ isWide: false, hasSparkline: false });
    expect(rowLayout(480, true)).toMatchObject({ isWide: false, hasSparkline: true });
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

describe('the rows that are drawn', () => {
  it('cover what can be seen, and no more than the spare rows beside it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20000 }),
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: -200, max: 2_000_000 }),
        fc.integer({ min: 1, max: 3000 }),
        (count, height, top, viewport) => {
          const { from, to } = visibleRows(count, height, top, viewport, 8);
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(count);
          expect(to - from).toBeLessThanOrEqual(Math.ceil(viewport / height) + 18);
          for (let row = 0; row < count; row += Math.max(1, Math.floor(count / 50))) {
            const isSeen =
              (row + 1) * height > Math.max(0, top) && row * height < Math.max(0, top) + viewport;
            if (isSeen) {
              expect(row).toBeGreaterThanOrEqual(from);
              expect(row).toBeLessThan(to);
            }
          }
        }
      )
    );
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
