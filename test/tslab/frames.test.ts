import { describe, expect, it } from 'vitest';
import { frameOf, rowsOf, shapeOf } from '../../src/tslab/frames.js';
import { Functions } from '../../src/tslab/variables/fingerprint/functions.js';
import { clock, look } from '../../src/tslab/variables/fingerprint/look.js';

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

describe('a table of arquero', () => {
  const columns = { a: [1, 2, 3], b: Float64Array.from([0.5, 1.5, 2.5]) };
  const table = (more: object = {}): object => ({
    ...{ _names: ['a', 'b'], _data: columns, _total: 3, _nrows: 3, _mask: null, _group: null },
    ...{ _order: null, _params: undefined, _index: null, _partitions: null },
    ...more
  });

  it('is read where it lies', () => {
    const found = frameOf(table());
    expect(found && shapeOf(found)).toEqual([3, 2]);
    expect(found && rowsOf(found, 3)?.at(2)).toEqual({ a: 3, b: 2.5 });
  });

  it('has the rows that a filter left', () => {
    const bits = Uint32Array.of(0x60000000);
    const found = frameOf(table({ _mask: { _bits: bits }, _nrows: 2 }));
    expect(found && shapeOf(found)).toEqual([2, 2]);
    expect(found && rowsOf(found, 3)).toEqual([
      { a: 2, b: 1.5 },
      { a: 3, b: 2.5 }
    ]);
  });

  it('has no rows at hand where it is ordered, or its columns are no lists', () => {
    const ordered = frameOf(table({ _order: () => 0 }));
    expect(ordered && rowsOf(ordered, 3)).toBeUndefined();
    const odd = frameOf(table({ _data: { ...columns, b: { at: () => expect.fail('it ran') } } }));
    expect(odd && rowsOf(odd, 3)).toBeUndefined();
  });

  it('is the same whatever it looked up, and another with another number or filter', () => {
    const how = { functions: new Functions(), secret: () => false };
    const see = (value: object): string | undefined => {
      const [{ seen, fingerprint }] = look(value, 'x', clock() + 1000, 50, how);
      expect(seen).toBe('exact');
      return fingerprint;
    };
    expect(see(table({ _index: Uint32Array.of(0, 1, 2) }))).toBe(see(table()));
    const group = { names: ['a'], keys: [0, 1, 2], rows: [0, 1, 2], size: 3, get: [() => 0] };
    const others = [
      table(),
      table({ _data: { ...columns, a: [1, 2, 4] } }),
      table({ _mask: { _bits: Uint32Array.of(0x60000000) }, _nrows: 2 }),
      table({ _group: group })
    ];
    expect(new Set(others.map(see)).size).toBe(others.length);
  });
});
