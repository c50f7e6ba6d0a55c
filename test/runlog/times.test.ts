import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoTime, microseconds } from '../../src/runlog/index.js';

describe('times of a log', () => {
  it('keep every microsecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000_000 }), time => {
        expect(microseconds(isoTime(time))).toBe(time);
      })
    );
  });

  it('are read and written in the form that the page says', () => {
    expect(microseconds('1970-01-01T00:00:01.000002Z')).toBe(1_000_002);
    expect(isoTime(1_795_446_975_123_456)).toBe('2026-11-23T15:16:15.123456Z');
  });

  it.each([
    '2026-11-23T15:16:15Z',
    '2026-11-23 15:16:15.123456',
    '2026-99-23T15:16:15.123456Z',
    1795446975,
    null
  ])('are not guessed from %j', time => {
    expect(microseconds(time)).toBeUndefined();
  });
});
