import { describe, expect, it } from 'vitest';
import { frameOf, rowsOf, shapeOf } from '../../src/tslab/frames.js';

/** As danfojs lays it out, with a getter for each column. */
function frame(columns: unknown[], data: unknown[], isSeries = false): object {
  const made = {
    $columns: columns,
    $index: data.map((_, index) => index),
    $dtypes: columns.map(() => 'int32'),
    $isSeries: isSeries,
    $data: data
  };
  for (const column of isSeries ? [] : columns) {
    Object.defineProperty(made, String(column), {
      enumerable: true,
      get: () => {
        throw new Error('a getter ran');
      }
    });
  }
  return made;
}

describe('a frame', () => {
  it('is read where it lies, without its getters', () => {
    const found = frameOf(frame(['a', 'b'], [[1, 2]]));
    expect(found && shapeOf(found)).toEqual([1, 2]);
    expect(found && rowsOf(found, 1)).toEqual([{ a: 1, b: 2 }]);
    expect(found && rowsOf(found, 0)).toBeUndefined();
  });

  it('may be a series, which has no rows', () => {
    const found = frameOf(frame(['0'], [1, 2, 3], true));
    expect(found && shapeOf(found)).toEqual([3]);
    expect(found && rowsOf(found, 9)).toBeUndefined();
  });

  it('is nothing that only looks like one in part, nor a proxy', () => {
    expect(frameOf({ $columns: ['a'] })).toBeUndefined();
    expect(frameOf([])).toBeUndefined();
    expect(frameOf(new Proxy(frame(['a'], []), {}))).toBeUndefined();
  });

  it('may have columns whose names are none', () => {
    const odd = { toString: () => expect.fail('toString ran') };
    expect(frameOf({ ...frame([], []), $columns: [odd, Symbol('x'), 5] })?.columns).toEqual([
      '',
      '',
      '5'
    ]);
  });
});
