import { describe, expect, it } from 'vitest';
import { plottable } from '../../src/lab/plot/plottable.js';

describe('a metric', () => {
  const metric = (count: number, min: unknown, max: unknown): Parameters<typeof plottable>[0] =>
    ({ last: 1, first: 1, step: 1, count, min, max }) as Parameters<typeof plottable>[0];

  it('has a line, but for one point, and for points of which none is finite', () => {
    expect(plottable(metric(2, 0, 1))).toBe('line');
    expect(plottable(metric(1, 1, 1))).toBe('value');
    expect(plottable(metric(9, null, null))).toBe('none');
    expect(plottable(metric(9, 'Infinity', 'Infinity'))).toBe('none');
  });

  it('is drawn where it cannot be told that there is nothing to draw', () => {
    expect(plottable(undefined)).toBe('line');
    expect(plottable(metric(9, '-Infinity', 'Infinity'))).toBe('line');
    expect(plottable(metric(9, 0, 'Infinity'))).toBe('line');
  });
});
