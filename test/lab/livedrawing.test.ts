import { describe, expect, it } from 'vitest';
import {
  endsOf,
  extremesOf,
  grown,
  isAlike,
  pathOf,
  pixelsOf,
  scaleOf
} from '../../src/lab/plot/fit.js';
import { tickPlaces, tickStep, tickText } from '../../src/lab/plot/ticks.js';

describe('the ticks of a linear axis', () => {
  it('stand apart by two, five or ten times a power of ten, as few as are wanted', () => {
    // Those that plotly makes of these spans.
    expect(tickStep(1272, 6)).toBe(500);
    expect(tickStep(6.6667, 6)).toBe(2);
    expect(tickStep(6, 6)).toBe(2);
    expect(tickStep(0.0012, 4)).toBeCloseTo(0.0005, 12);
  });

  it('are the multiples of a step between the ends, those on the ends included', () => {
    expect(tickPlaces([0, 1272], 500)).toEqual([0, 500, 1000]);
    expect(tickPlaces([-0.3, 0.3], 0.1).map(place => Number(place.toFixed(9)))).toEqual([
      -0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3
    ]);
    expect(tickPlaces([0.2, 0.8], 1)).toEqual([]);
  });

  it('are written with six digits and no zeros at the end', () => {
    expect(tickText(0)).toBe('0');
    expect(tickText(500)).toBe('500');
    expect(tickText(-0.30000000000000004)).toBe('−0.3');
    expect(tickText(1e6)).toBe('1e+6');
    expect(tickText(1_250_000)).toBe('1.25e+6');
    expect(tickText(0.00002)).toBe('0.00002');
    expect(tickText(2e-7)).toBe('2e-7');
    expect(tickText(100)).toBe('100');
  });
});

describe('the ends of an axis', () => {
  it('are where plotly puts them', () => {
    expect(endsOf([0, 1272], 0)).toEqual([0, 1272]);
    const [from, to] = endsOf([-3, 3], 1 / 18)!;
    expect(isAlike([from, to], [-3.3333308868688394, 3.3333330086580117])).toBe(true);
  });

  it('are not known for values that are all the same', () => {
    expect(endsOf([1, 1], 1 / 18)).toBeUndefined();
  });

  it('stay until the line passes them, and have something in advance then', () => {
    const first = grown([0, 100], [0, 101], 0)!;
    expect(first).toEqual([0, 101 * 1.03]);
    expect(grown(first, [0, 103], 0)).toBe(first);
    expect(grown(first, [0, 105], 0)![1]).toBeGreaterThan(105);
  });

  it('stay while three quarters of the margin are left to the line', () => {
    const shown = endsOf([0, 1], 1 / 18)!;
    expect(grown(shown, [0, 1.03], 1 / 18)).toBe(shown);
    expect(grown(shown, [0, 1.05], 1 / 18)![1]).toBeCloseTo(1.05 * (1 + 1 / 18), 9);
  });
});

describe('a line that is drawn on', () => {
  it('has a gap where there is no number, and where there is no logarithm', () => {
    const scale = scaleOf(true);
    const y = [10, null, 100, 0, 1000, 10_000].map(scale);
    expect(extremesOf([10, null, 100, 0, 1000, 10_000], scale)).toEqual([1, 4]);
    expect(pathOf([0, 1, 2, 3, 4, 5], y)).toBe('M0,1M2,2M4,3L5,4');
  });

  it('is told in pixels', () => {
    const toX = pixelsOf([10, 20], 200);
    expect(pathOf([10, 15, 20].map(toX), [1, 2, 3.14159])).toBe('M0,1L100,2L200,3.1');
  });

  it('has no ends where nothing is a number', () => {
    expect(extremesOf([null, null], scaleOf(false))).toBeUndefined();
  });
});
