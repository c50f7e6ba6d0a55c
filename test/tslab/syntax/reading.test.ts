/** The JavaScript of a cell is read once, without what the compiler puts before it. */
import { expect, test } from 'vitest';
import { readCell } from '../../../src/tslab/syntax/cellcode.js';
import { parse } from '../../../src/tslab/syntax/compiler.js';
import { Reading } from '../../../src/tslab/syntax/reading.js';
import { compile } from '../compiler.js';

const CELL =
  "import * as fs from 'fs'; import path, { join } from 'path';\n" +
  'function marked(): any { return () => 0 }\n' +
  'class Model { @marked() w = 1; read() { return fs.readFileSync(join("a")) } }';

test('helpers of imports and decorators are not read, and what is said of the cell is the same', () => {
  const [code] = compile(CELL);
  expect(code).toContain('(this && this.__importStar)');
  expect(code).toContain('(this && this.__decorate)');
  const reading = new Reading(code);
  expect(reading.tree?.text).toContain('var __importStar;\n');
  expect(reading.tree?.text).not.toContain('(this && this');
  const whole = readCell(parse(code)!);
  for (const part of ['loads', 'locals', 'sure', 'imports', 'modules', 'globals'] as const) {
    expect([...reading.cell![part]], part).toEqual([...whole[part]]);
  }
  expect([...reading.cell!.closures.keys()]).toEqual([...whole.closures.keys()]);
  expect(reading.cell!.functions.size).toBeGreaterThan(1);
});

test('a cell that looks like a helper in its own words is read whole', () => {
  const code = 'const text = "(this && this.__importStar)";\nlet a = 1;\n';
  expect(new Reading(code).tree?.text).toBe(code);
});
