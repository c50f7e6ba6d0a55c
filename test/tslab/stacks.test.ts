import { describe, expect, it } from 'vitest';
import { stackOf, withoutUs } from '../../src/tslab/stacks.js';

const stacked = (...calls: string[]): Error => {
  const error = new Error('lost');
  error.stack = ['Error: lost', ...calls.map(call => `    at ${call}`)].join('\n');
  return error;
};

describe('stacks of errors', () => {
  it('are had as Node made them', () => {
    expect(stackOf(new RangeError('far'))).toMatch(/^RangeError: far\n +at /);
  });

  it('are had as they were set', () => {
    expect(stackOf(stacked('f (a.js:1:1)'))).toBe('Error: lost\n    at f (a.js:1:1)');
  });

  it('are not had by a getter of the notebook', () => {
    let asked = 0;
    const error = Object.defineProperty(new Error('mine'), 'stack', {
      get: () => String(++asked)
    });
    expect(stackOf(error)).toBeUndefined();
    withoutUs(error, 'register.cjs');
    expect(asked).toBe(0);
  });

  it('are not had of what is no error', () => {
    expect(stackOf({ stack: 'at f' })).toBeUndefined();
    expect(stackOf(undefined)).toBeUndefined();
  });

  it('lose the calls of one file only', () => {
    const error = stacked('f (a.js:1:1)', 'us (/x/register.cjs:1:1)', 'g (b.js:1:1)');
    withoutUs(error, '/x/register.cjs');
    expect(error.stack).toBe('Error: lost\n    at f (a.js:1:1)\n    at g (b.js:1:1)');
  });
});
