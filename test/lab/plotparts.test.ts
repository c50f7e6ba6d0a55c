import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choiceOf, PLAIN_CHOICE, PlotChoice } from '../../src/lab/plot/choice.js';
import { csvOf } from '../../src/lab/plot/csv.js';
import { marksOf, placeOf } from '../../src/lab/plot/marks.js';
import { smoothed } from '../../src/lab/plot/smooth.js';
import { spliced } from '../../src/lab/plot/splice.js';
import type { IPoints } from '../../src/lab/store/series.js';
import { summary } from './summary.js';

const points = (...step: number[]): IPoints => ({
  step,
  time: step.map(one => 100 + one),
  value: step.map(one => one * 10),
  count: 100
});

describe('a smoothed line', () => {
  it('stays between the values, begins with the first, and keeps its gaps', () => {
    const some = fc.array(fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true })));
    fc.assert(
      fc.property(some, fc.double({ min: 0, max: 0.98, noNaN: true }), (values, weight) => {
        const line = smoothed(values, weight);
        const known = values.filter(one => one !== null);
        line.forEach((one, at) => {
          expect(one === null).toBe(values[at] === null);
          if (one !== null) {
            expect(one).toBeGreaterThanOrEqual(Math.min(...known) - 1e-6);
            expect(one).toBeLessThanOrEqual(Math.max(...known) + 1e-6);
          }
        });
      })
    );
    expect(smoothed([4, 4, null, 4], 0.9).map(one => one && Math.round(one))).toEqual([
      4,
      4,
      null,
      4
    ]);
  });
});

describe('points in more detail', () => {
  it('stand in place of those between their ends', () => {
    const joined = spliced(points(0, 10, 20, 30), points(10, 12, 14, 20));
    expect(joined.step).toEqual([0, 10, 12, 14, 20, 30]);
    expect(joined.value).toEqual([0, 100, 120, 140, 200, 300]);
  });

  it('change nothing where steps go back', () => {
    const back = points(0, 10, 5, 30);
    expect(spliced(back, points(4, 6))).toBe(back);
  });
});

describe('a table of points', () => {
  it('has a title that no spreadsheet takes for a formula', () => {
    expect(csvOf('=SUM("x")', points(1))).toBe('step,time,"\'=SUM(""x"")"\r\n1,101,10\r\n');
    expect(csvOf('loss', points(1)).startsWith('step,time,"loss"')).toBe(true);
  });
});

describe('marks of a run', () => {
  const run = summary({
    id: '20261123-150000000-aaaa',
    session: '20261123-145900000-ssss',
    cells: [{ n: 1, cell: 'c', count: 7, sha256: null, status: 'finished', duration: 1 }]
  });
  const line = (event: object): string =>
    JSON.stringify({ time: '1970-01-01T00:01:55.000000Z', ...event });
  const param = { event: 'param', run: run.id, key: 'lr' };
  const text = [
    line({ event: 'cell_start', n: 1, cell: 'c' }),
    line({ event: 'cell_start', n: 9, cell: 'd' }),
    line({ ...param, value: 1 }),
    line({ ...param, value: 2 }),
    ''
  ].join('\n');

  it('are its cells, and the changes of its params', () => {
    const marks = marksOf(run, { logs: [{ id: run.session, text }] });
    expect(marks.map(({ time, kind, label }) => [time, kind, label])).toEqual([
      [115, 'cell', '[7]'],
      [115, 'param', 'lr 1 → 2']
    ]);
  });

  it('stand between the points that were logged around them', () => {
    const [mark] = marksOf(run, { logs: [{ id: run.session, text }] });
    const at = (time: number): number => time * 2;
    expect(placeOf(mark, points(10, 20), 'step', at)).toBe(15);
    expect(placeOf(mark, points(10, 20), 'time', at)).toBe(230);
    expect(placeOf(mark, points(16, 20), 'step', at)).toBeUndefined();
    expect(placeOf(mark, points(1, 2), 'step', at)).toBeUndefined();
  });
});

describe('how charts are drawn', () => {
  it('is read from settings whatever somebody wrote there, and kept', () => {
    fc.assert(
      fc.property(fc.anything(), value => {
        const { smoothing, columns } = choiceOf(value);
        expect(smoothing >= 0 && smoothing < 1).toBe(true);
        expect([0, 1, 2, 3]).toContain(columns);
      })
    );
    const kept: unknown[] = [];
    const choice = new PlotChoice();
    choice.connect({ isLogY: true, axis: 'clock' }, value => kept.push(value));
    choice.set({ columns: 2 });
    expect(kept).toEqual([{ ...PLAIN_CHOICE, isLogY: true, axis: 'clock', columns: 2 }]);
    choice.set({ isFolded: true });
    expect(choiceOf(kept.at(-1)).isFolded).toBe(true);
  });
});
