import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toNumber, writeNumber } from '../../src/runlog/index.js';

describe('numbers of a log', () => {
  it('come back as they were, the non-finite ones included', () => {
    fc.assert(
      fc.property(fc.double(), value => {
        const written = JSON.parse(JSON.stringify(writeNumber(value)));
        // JSON has no -0.
        expect(toNumber(written)).toBe(Object.is(value, -0) ? 0 : value);
      })
    );
  });

  it.each([NaN, Infinity, -Infinity])('write %d as a string of that name', value => {
    expect(writeNumber(value)).toBe(String(value));
    expect(toNumber(String(value))).toBe(value);
  });

  it.each(['1', 'nan', 'inf', '', true, null, undefined, [1], {}])('are not seen in %j', value => {
    expect(toNumber(value)).toBeUndefined();
  });
});
