import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/runlog/index.js';
import { executionsOf } from '../../src/lab/runview/executions.js';
import { isNothing, kindOf, previewOf } from '../../src/lab/runview/uses.js';
import { importedNames } from '../../src/reproduce/script/importednames.js';
import { summary } from './summary.js';

const ARRAY = { type: 'ndarray', shape: [3, 4], dtype: 'float64', size: 96, seen: 'exact' };

/** The executions of a run of so many cells whose session says what is given. */
function executions(events: readonly JsonObject[], run: Parameters<typeof summary>[0] = {}) {
  const cells = [1, 2, 3].map(n => ({
    n,
    cell: null,
    count: n,
    sha256: null,
    status: 'finished',
    duration: 1
  }));
  const text = events.map(event => `${JSON.stringify({ time: 't', ...event })}\n`).join('');
  return executionsOf(
    summary({ session: 's', cells, ...run }),
    { logs: [{ id: 's', text }] },
    importedNames
  );
}

describe('what an execution used', () => {
  it('names each variable once, with what became of it and what it was worth', () => {
    const [first, second, third] = executions([
      {
        event: 'variables',
        n: 1,
        reads: ['np'],
        bound: {
          x: { ...ARRAY, preview: 'ndarray float64 (3, 4)' },
          lr: { type: 'float', seen: 'exact', preview: '0.1' }
        }
      },
      {
        event: 'variables',
        n: 2,
        reads: ['x', 'lr', 'model'],
        changed: {
          x: { ...ARRAY, shape: [5, 4] },
          model: { type: 'Net', seen: 'skipped', assumed: true }
        },
        unknown: ['exec']
      },
      { event: 'variables', n: 3, reads: ['x'], deleted: ['lr'] }
    ]).map(({ uses }) => uses.variables.map(use => [use.name, use.deed, use.value?.type]));
    expect(first).toEqual([
      ['x', 'set', 'ndarray'],
      ['lr', 'set', 'float'],
      ['np', 'read', undefined]
    ]);
    expect(second).toEqual([
      ['x', 'changed', 'ndarray'],
      ['model', 'maybe', 'Net'],
      ['lr', 'read', 'float']
    ]);
    expect(third).toEqual([
      ['lr', 'deleted', 'float'],
      ['x', 'read', 'ndarray']
    ]);
  });

  it('tells what is imported from what is made, which comes first', () => {
    const [cell] = executions([
      {
        event: 'variables',
        n: 1,
        bound: {
          tf: { type: 'module', seen: 'exact', preview: 'module @tensorflow/tfjs' },
          readFile: { type: 'function', seen: 'exact', preview: 'function fs/promises#readFile' },
          sleep: { type: 'function', seen: 'exact', preview: 'function sleep' }
        }
      }
    ]);
    expect(cell?.uses.variables.map(({ name, deed }) => [name, deed])).toEqual([
      ['sleep', 'set'],
      ['tf', 'imported'],
      ['readFile', 'imported']
    ]);
  });

  it('tells what Python imports from a module, whatever it is, by the source of the cell', () => {
    const value = { type: 'function', seen: 'exact', preview: 'function load_digits' };
    const start = { event: 'cell_start', count: 1, cell: null, sha256: '0' };
    const [first, second, third] = executions([
      {
        ...start,
        n: 1,
        source: 'from math import pi\nfrom sk import load_digits\nx = load_digits()'
      },
      {
        event: 'variables',
        n: 1,
        bound: { pi: { type: 'float', seen: 'exact' }, load_digits: value, x: ARRAY }
      },
      { ...start, n: 2, source: 'y = load_digits() * pi * x' },
      { event: 'variables', n: 2, reads: ['load_digits', 'pi', 'x'], bound: { y: ARRAY } },
      { ...start, n: 3, source: 'pi = 3\npi' },
      { event: 'variables', n: 3, bound: { pi: { type: 'int', seen: 'exact' } } }
    ]).map(({ uses }) => uses.variables.map(use => [use.name, use.deed, use.isImported]));
    expect(first).toEqual([
      ['x', 'set', false],
      ['pi', 'imported', true],
      ['load_digits', 'imported', true]
    ]);
    // What was imported earlier is asked for last.
    expect(second).toEqual([
      ['y', 'set', false],
      ['x', 'read', false],
      ['load_digits', 'read', true],
      ['pi', 'read', true]
    ]);
    expect(third).toEqual([['pi', 'set', false]]);
  });

  it('has the error with the line that the compiler refused', () => {
    const error = { type: 'CompileError', message: 'no', line: 3 };
    const end = { event: 'cell_end', count: 1, duration: 0, status: 'failed' };
    const [refused, raised] = executions([
      { ...end, n: 1, error },
      { ...end, n: 2, error: { type: 'RangeError', message: 'far' } }
    ]);
    expect(refused).toMatchObject({ error: 'CompileError: no', errorLine: 3 });
    expect(raised).toMatchObject({ error: 'RangeError: far', errorLine: null });
  });

  it('shows a variable that is only read as the execution before left it', () => {
    const all = executions([
      { event: 'variables', n: 1, bound: { x: { type: 'int', seen: 'exact', preview: '1' } } },
      { event: 'variables', n: 2, bound: { x: { type: 'int', seen: 'exact', preview: '2' } } },
      { event: 'variables', n: 3, reads: ['x'] }
    ]);
    expect(all[2]?.uses.variables[0]?.value?.preview).toBe('2');
  });

  it('holds the files and seeds of that execution alone', () => {
    const [first, second] = executions([], {
      inputs: [
        { path: 'a.csv', sha256: null, cell: 1 },
        { path: 'a.csv', sha256: 'ab', cell: 1 },
        { path: 'b.csv', sha256: 'cd', cell: 2 }
      ],
      outputs: [{ path: 'model.bin', sha256: 'ef', cell: 2 }],
      seeds: [{ library: 'numpy', value: 7, cell: 1 }]
    }).map(({ uses }) => uses);
    expect(first).toMatchObject({ filesRead: ['a.csv'], filesWritten: [], seeds: [{ value: 7 }] });
    expect(second).toMatchObject({ filesRead: ['b.csv'], filesWritten: ['model.bin'], seeds: [] });
  });

  it('is nothing where the log says nothing', () => {
    expect(executions([]).map(({ uses }) => isNothing(uses))).toEqual([true, true, true]);
  });
});

describe('a variable', () => {
  it('is told by its type, and an array by what is in it and how large it is', () => {
    expect(kindOf({ type: 'int', seen: 'exact', size: 28 })).toBe('int');
    expect(kindOf({ type: 'dict', seen: 'exact', size: 5, preview: 'dict of 5' })).toBe(
      'dict of 5'
    );
    expect(kindOf(ARRAY)).toBe('ndarray float64 (3, 4) 96 B');
  });

  it('of TypeScript is told by the type that the compiler knows', () => {
    expect(kindOf({ type: 'object', seen: 'exact', declared: 'Map<string, number[]>' })).toBe(
      'Map<string, number[]>'
    );
  });

  it('of TypeScript is told by how many there are too, and one without dimensions by its number', () => {
    const rows = { type: 'Array', seen: 'exact', size: 178, preview: 'Array of 178' } as const;
    expect(kindOf({ ...rows, declared: 'number[][]' })).toBe('number[][] (178)');
    expect(previewOf({ ...rows, declared: 'number[][]' })).toBe('');
    const scalar = {
      type: 'Tensor',
      seen: 'exact',
      size: 4,
      shape: [] as number[],
      dtype: 'float32',
      preview: 'Tensor 0.97'
    } as const;
    expect(kindOf(scalar)).toBe('Tensor float32 4 B');
    expect(previewOf(scalar)).toBe('0.97');
  });

  it('has a preview only where that says more than its type', () => {
    expect(previewOf({ type: 'int', seen: 'exact', preview: '7' })).toBe('7');
    expect(previewOf({ type: 'Net', seen: 'exact', preview: 'Net' })).toBe('');
    expect(previewOf({ ...ARRAY, preview: 'ndarray float64 (3, 4)' })).toBe('');
    expect(previewOf({ type: 'module', seen: 'exact', preview: 'module numpy 2.4.0' })).toBe(
      'module numpy 2.4.0'
    );
  });
});
