import { describe, expect, it } from 'vitest';
import { Burst } from '../../src/lab/attach/burst.js';

const TOP = (): readonly string[] => ['a', 'b'];

describe('a burst of cells', () => {
  it('attaches ahead of its first cell only', () => {
    const burst = new Burst();
    expect(['x', 'y', 'z'].map(cell => burst.before(cell, TOP))).toEqual(['attach', null, null]);
  });

  it('is a run from the top when the first two code cells come in one macrotask', () => {
    const burst = new Burst();
    expect(['a', 'b', 'c'].map(cell => burst.before(cell, TOP))).toEqual([
      'attach',
      'from_top',
      null
    ]);
  });

  it('is no run from the top when the second cell is not the second of the notebook', () => {
    const burst = new Burst();
    burst.before('a', TOP);
    expect(burst.before('c', TOP)).toBeNull();
    expect(burst.before('b', TOP)).toBeNull();
  });

  it('is no run from the top when the cells come one by one', () => {
    const burst = new Burst();
    burst.before('a', TOP);
    burst.end();
    expect(burst.before('b', TOP)).toBe('attach');
  });

  it('attaches again in every macrotask, because nothing is remembered', () => {
    const burst = new Burst();
    for (let time = 0; time < 3; time++) {
      expect(burst.before('a', TOP)).toBe('attach');
      burst.end();
    }
  });

  it('of a notebook with a single code cell is never marked', () => {
    const burst = new Burst();
    burst.before('a', () => ['a']);
    expect(burst.before('a', () => ['a'])).toBeNull();
  });
});
