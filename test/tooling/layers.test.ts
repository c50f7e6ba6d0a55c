import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import { wrongImport } from '../../scripts/lint/layers.mjs';
import { inRoot } from '../../scripts/setup/paths.mjs';

/** Only the rules that need no types, so that a file can be linted that is not there. */
const eslint = new ESLint({
  cwd: inRoot(),
  overrideConfig: {
    languageOptions: { parserOptions: { project: null, projectService: false } }
  },
  ruleFilter: ({ ruleId }) => ['backtrail/layers', 'no-restricted-globals'].includes(ruleId)
});

/** The rules that the code breaks as a file of `src`. */
async function broken(file: string, code: string): Promise<(string | null)[]> {
  const results = await eslint.lintText(code, { filePath: inRoot('src', file) });
  return results.flatMap(result => result.messages.map(message => message.ruleId));
}

describe('imports that go up or sideways are refused', () => {
  test.each([
    ['runlog/a.ts', '../reproduce/index.js'],
    ['runlog/a.ts', '../lab/index.js'],
    ['runlog/deep/a.ts', '../../cli/main.js'],
    ['runlog/a.ts', 'node:fs'],
    ['runlog/a.ts', '@jupyterlab/services'],
    ['reproduce/a.ts', '../lab/index.js'],
    ['reproduce/a.ts', '../cli/main.js'],
    ['reproduce/a.ts', 'node:path'],
    ['reproduce/a.ts', 'zod'],
    ['lab/a.ts', '../cli/main.js'],
    ['lab/a.ts', 'node:fs'],
    ['cli/a.ts', '../lab/tokens.js'],
    ['cli/a.ts', '@jupyterlab/services'],
    ['cli/a.ts', '../../scripts/start.mjs']
  ])('src/%s importing %s', (file, imported) => {
    expect(wrongImport(inRoot('src', file), imported)).toContain(imported);
  });
});

describe('imports that go down are allowed', () => {
  test.each([
    ['runlog/a.ts', 'zod'],
    ['runlog/deep/a.ts', '../reader.js'],
    ['reproduce/a.ts', '../runlog/index.js'],
    ['lab/history/a.tsx', '../../reproduce/index.js'],
    ['lab/a.ts', '@jupyterlab/notebook'],
    ['lab/a.ts', 'react'],
    ['cli/commands/a.ts', '../../runlog/index.js'],
    ['cli/a.ts', 'node:util']
  ])('src/%s importing %s', (file, imported) => {
    expect(wrongImport(inRoot('src', file), imported)).toBeUndefined();
  });
});

test.each([
  ["import { a } from '../lab/index.js';"],
  ["import type { A } from '../lab/index.js';"],
  ["export * from '../lab/index.js';"],
  ["export { a } from '../lab/index.js';"],
  ["export const a = await import('../lab/index.js');"],
  ["export type A = import('../lab/index.js').A;"]
])('ESLint refuses every form of import: %s', async code => {
  expect(await broken('runlog/a.ts', code)).toEqual(['backtrail/layers']);
});

test('ESLint refuses names of the page and of Node in what runs in both', async () => {
  expect(await broken('runlog/a.ts', 'window.alert(process.pid);')).toEqual([
    'no-restricted-globals',
    'no-restricted-globals'
  ]);
  expect(await broken('reproduce/a.ts', 'export const a = Buffer.alloc(1);')).toEqual([
    'no-restricted-globals'
  ]);
  expect(await broken('lab/a.ts', 'window.alert(1);')).toEqual([]);
});

test('ESLint lets a right import pass', async () => {
  expect(await broken('lab/a.ts', "export * from '../runlog/index.js';")).toEqual([]);
});
