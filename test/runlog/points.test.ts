import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldOf, metricOf, readPoint, readPoints } from '../../src/runlog/index.js';

describe('the name of a metric', () => {
  const names = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('step', 'time', 'cell', '/', '//', '/step', '__proto__', '')
  );

  it('comes back from its field', () => {
    fc.assert(
      fc.property(names, name => {
        expect(metricOf(fieldOf(name))).toBe(name);
      })
    );
  });

  it('never has the field of another one', () => {
    fc.assert(
      fc.property(names, names, (a, b) => {
        expect(fieldOf(a) === fieldOf(b)).toBe(a === b);
      })
    );
  });

  it.each(['step', 'time', 'cell'])('is not %s, unless it is escaped', field => {
    expect(metricOf(field)).toBeUndefined();
    expect(metricOf(`/${field}`)).toBe(field);
  });
});

describe('a line of metrics', () => {
  it('gives the numbers back and leaves out what is none', () => {
    const line = {
      step: 3,
      time: 1.5,
      cell: 2,
      loss: 'NaN',
      acc: 1,
      word: 'five',
      '/step': '-Infinity'
    };
    expect(readPoint(line)).toStrictEqual({
      step: 3,
      time: 1.5,
      cell: 2,
      values: [
        ['loss', NaN],
        ['acc', 1],
        ['step', -Infinity]
      ]
    });
  });

  it('has no step, time or cell that was not written', () => {
    expect(readPoint({ step: 'first', time: 'now', loss: 1 })).toStrictEqual({
      step: null,
      time: null,
      cell: null,
      values: [['loss', 1]]
    });
  });

  it('is read from the file, with its damage', () => {
    const { points, damaged, torn } = readPoints('{"step":0,"loss":1}\n{"loss":NaN}\n{"step":1,');
    expect(points.map(point => point.values)).toStrictEqual([[['loss', 1]]]);
    expect({ damaged, torn }).toStrictEqual({ damaged: 1, torn: true });
  });
});
