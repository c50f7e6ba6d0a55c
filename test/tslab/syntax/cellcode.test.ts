/** What cells use of the notebook, read from what the kernel's own compiler makes of them. */
import { expect, test } from 'vitest';
import type { ICellCode } from '../../../src/tslab/syntax/cellcode.js';
import { Reading } from '../../../src/tslab/syntax/reading.js';
import { compile } from '../compiler.js';

const FIRST = `import * as fs from 'fs'; import path, { join } from 'path';
let n = 1; const data = [1]; const rate = 0.1; let t: any;
function inc() { n++; return n + data.length; }
class Model { step() { return rate; } }`;

function readCell(code: string): ICellCode | undefined {
  return new Reading(code).cell;
}

function read(cell: string): ICellCode {
  return readCell(compile(FIRST, cell).at(-1)!)!;
}

function loads(cell: string): string[] {
  return [...read(cell).loads].sort();
}

test('names of earlier cells that a cell uses are its loads', () => {
  expect(loads('data.push(n); inc()')).toEqual(['data', 'inc', 'n']);
  expect(loads('data.map(v => v + rate)')).toEqual(['data', 'rate']);
  expect(loads('const o = { n: 1, data: data }; o.n')).toEqual(['data']);
  expect(loads('((n: number) => n)(rate)')).toEqual(['rate']);
});

test('what a cell binds first it does not load', () => {
  expect(loads('n = 100; const y = n + 1')).toEqual([]);
  expect(loads('const y = n + 1; n = 100')).toEqual(['n']);
  expect(loads('if (rate) { n = 2 } n')).toEqual(['n', 'rate']);
  expect(loads('const data = [2]; data.length')).toEqual([]);
  expect(loads('n += 1')).toEqual(['n']);
  expect(loads('[t, { a: t }] = [1, { a: rate }] as any')).toEqual(['rate']);
});

test('a function uses nothing before it is called', () => {
  const cell = read(
    'function f() { return inc() }\nconst g = () => data\nconst o = { m() { return n } }'
  );
  expect([...cell.loads]).toEqual([]);
  expect([...cell.closures.get('f')!.loads]).toEqual(['inc']);
  expect([...cell.closures.get('g')!.loads]).toEqual(['data']);
  expect([...cell.closures.get('o')!.loads]).toEqual(['n']);
  expect([...read('function f() { return rate }\nf()').locals]).toEqual(['f']);
});

test('functions use what stands around them, and not what they bind themselves', () => {
  const cell = readCell(compile(FIRST)[0])!;
  expect([...cell.closures.get('inc')!.locals].sort()).toEqual(['data', 'n']);
  expect([...cell.closures.get('Model')!.locals]).toEqual(['rate']);
  const other = readCell(
    compile(
      'let a = 1; function f(a: number) { for (const b of [1]) { a += b } try {} catch (e) { e } return a }'
    )[0]
  )!;
  expect([...other.closures.get('f')!.locals]).toEqual([]);
});

test('what is bound in any case, and what was imported, is known', () => {
  const cell = readCell(compile(FIRST)[0])!;
  expect([...cell.sure].sort()).toEqual(
    ['Model', 'data', 'fs', 'inc', 'join', 'n', 'path', 'rate', 't'].sort()
  );
  expect(cell.imports.get('fs')).toEqual({ module: 'fs', member: '*' });
  expect(cell.imports.get('path')).toEqual({ module: 'path', member: 'default' });
  expect(cell.imports.get('join')).toEqual({ module: 'path', member: 'join' });
});

test('ways around names are told', () => {
  expect([...read('eval("n")').unknown]).toEqual(['eval']);
  expect([...read('new Function("return 1")').unknown]).toEqual(['Function']);
  expect([...read('Object.keys((globalThis as any).x); Math.random()').unknown]).toEqual([]);
  expect(read('Math.random()').globals.has('Math')).toBe(true);
});

test('labels, classes with bases and loops are read', () => {
  expect(loads('outer: for (const i of data) { for (;;) { continue outer } }')).toEqual(['data']);
  expect(loads('class B extends Model { x = n }')).toEqual(['Model']);
  expect(loads('for (var k = n; k < 3; k++) {}')).toEqual(['n']);
});
