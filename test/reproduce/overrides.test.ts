import { describe, expect, it } from 'vitest';
import { manifestOf } from '../../src/reproduce/script/typescript/manifest.js';
import { localIn, overridesOf } from '../../src/reproduce/script/typescript/overrides.js';

const installed = {
  a: '1.0.0',
  b: '2.0.0',
  c: '3.0.0 npm:real@3.0.0',
  'a/node_modules/b': '1.0.0',
  'a/node_modules/b/node_modules/c': '1.0.0',
  mine: '0.0.0 file:../mine',
  unused: '1.0.0'
};
const needs = {
  a: ['a/node_modules/b', 'c'],
  'a/node_modules/b': ['a/node_modules/b/node_modules/c'],
  'a/node_modules/b/node_modules/c': [],
  b: [],
  c: ['mine'],
  mine: []
};

describe('the versions of what packages need', () => {
  it('are named but for those that code asks for, one inside of another', () => {
    expect(overridesOf(['a', 'b'], installed, needs)).toEqual({
      c: 'npm:real@3.0.0',
      a: { b: { '.': '1.0.0', c: '1.0.0' } }
    });
    expect(overridesOf(['b'], installed, needs)).toEqual({});
  });

  it('are not named where the record does not tell what is needed', () => {
    expect(overridesOf(['a', 'unused'], installed, needs)).toEqual({});
    expect(overridesOf(['a'], installed, {})).toEqual({});
  });

  it('are not to be had of what is a folder, which is said', () => {
    expect(localIn(['a'], installed, needs)).toEqual([
      "The package mine is what lies at ../mine from the notebook's folder, and no registry has it."
    ]);
    expect(localIn(['b'], installed, needs)).toEqual([]);
  });

  it('stand in as few lines of the manifest as there can be', () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => [`package-${n}`, `1.${n}.0`])
    );
    const lines = manifestOf([['a', '1.0.0']], '20.1.0', false, many);
    expect(JSON.parse(lines.join('\n'))).toEqual({
      private: true,
      engines: { node: '>=20' },
      dependencies: { a: '1.0.0' },
      overrides: many
    });
    expect(lines.filter(line => line.includes('package-'))).toHaveLength(3);
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(116);
  });
});
