import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parallelAxis, parallelFigure } from '../../src/lab/compare/parallel.js';
import type { IVariable } from '../../src/lab/compare/variables.js';
import type { IChartTheme } from '../../src/lab/plot/theme.js';

const variable = (values: (number | string | null)[], isNumeric = true): IVariable => ({
  id: 'param x',
  name: 'x',
  kind: 'param',
  values,
  isNumeric
});

const THEME = { border: '#000', surface: '#fff', text: '#000', quiet: '#666' } as IChartTheme;

describe('an axis of parallel coordinates', () => {
  it('has numbers by their size, and by their logarithm where they are far apart', () => {
    expect(parallelAxis(variable([0, 5, 10])).places).toEqual([0, 0.5, 1]);
    const wide = parallelAxis(variable([0.001, 0.01, 0.1])).places;
    expect(wide.map(place => place && Math.round(place * 100))).toEqual([0, 50, 100]);
  });

  it('has texts at even distances, and no place for what a run lacks', () => {
    const { places, ticks } = parallelAxis(variable(['b', null, 'a', 'c'], false));
    expect(places).toEqual([0.5, null, 0, 1]);
    expect(ticks.map(({ text }) => text)).toEqual(['a', 'b', 'c']);
  });

  it('keeps every place within the axis, its ends written and no text over another', () => {
    const numbers = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 2 });
    fc.assert(
      fc.property(numbers, values => {
        const { places, ticks } = parallelAxis(variable(values));
        for (const place of places) {
          expect(place).toBeGreaterThanOrEqual(0);
          expect(place).toBeLessThanOrEqual(1);
        }
        const least = Number(Math.min(...values).toPrecision(4));
        expect(ticks.map(({ text }) => Number(text))).toContain(least);
        const gaps = ticks.slice(1).map(({ at }, before) => at - (ticks[before]?.at ?? 0));
        expect(Math.min(1, ...gaps)).toBeGreaterThan(0.06);
      })
    );
  });

  it('shows names and values letter for letter', () => {
    const make = parallelFigure(
      [variable(['<b>a</b>', 'c'], false), variable([1, 2])],
      ['<i>one</i>', 'two'].map((title, at) => ({ title, at }))
    );
    const drawn = JSON.stringify(make(THEME));
    expect(drawn).not.toMatch(/<[bi]>(a|one)/);
    expect(drawn).toContain('&lt;i&gt;one');
  });
});
