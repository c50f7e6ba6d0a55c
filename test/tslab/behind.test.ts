/** The object behind the proxy that the kernel keeps the names of a notebook in. */
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { behind } from '../../src/tslab/behind.js';

interface IExecutor {
  readonly locals: Record<string, unknown>;
}

const require = createRequire(import.meta.url);
const { createExecutor } = require('tslab/dist/executor.js') as {
  createExecutor: (folder: string, converters: object, console: object) => IExecutor;
};

test('it is found in the kernel as it is, and has what the proxy has', () => {
  const { locals } = createExecutor(process.cwd(), {}, console);
  locals['before'] = 1;
  const names = behind(locals) as Record<string, unknown>;
  expect(names).not.toBe(locals);
  locals['after'] = [2];
  delete locals['before'];
  expect(Reflect.ownKeys(names)).toEqual(['after']);
  expect(names['after']).toBe(locals['after']);
  expect(behind(locals)).toBe(names);
});

test('asking leaves no trace', () => {
  const { locals } = createExecutor(process.cwd(), {}, console);
  locals['kept'] = 1;
  const names = behind(locals);
  for (const one of [locals, names]) {
    expect(Reflect.ownKeys(one)).toEqual(['kept']);
    expect(Object.getPrototypeOf(one)).toBe(Object.prototype);
    expect(Object.isExtensible(one)).toBe(true);
  }
});

test.each<[string, object]>([
  ['a plain object', { a: 1 }],
  ['one that cannot be changed', Object.freeze({ a: 1 })],
  ['a proxy that takes nothing', new Proxy({ a: 1 }, { defineProperty: () => false })],
  [
    'a proxy that throws',
    new Proxy(
      { a: 1 },
      {
        defineProperty: () => {
          throw new Error('mine');
        }
      }
    )
  ],
  ['a proxy that passes everything on', new Proxy({ a: 1 }, {})]
])('%s stays itself, and as it was', (_what, names) => {
  expect(behind(names)).toBe(names);
  expect(Reflect.ownKeys(names)).toEqual(['a']);
  expect(Object.getPrototypeOf(names)).toBe(Object.prototype);
});
