/** Fingerprints are equal for equal values, differ for others, and run no code of the notebook. */
import { AsyncResource } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { createServer, Socket } from 'node:net';
import { createGzip } from 'node:zlib';
import { expect, test } from 'vitest';
import { Functions } from '../../../src/tslab/variables/fingerprint/functions.js';
import { clock, type ILook, look } from '../../../src/tslab/variables/fingerprint/look.js';

const functions = new Functions();
const how = { functions, secret: (name: string) => name === 'password' };

function see(value: unknown, milliseconds = 1000): ILook {
  return look(value, 'x', clock() + milliseconds, 50, how)[0];
}

class Plain {
  constructor(readonly a: number) {}
}

functions.define([String(Plain)]);

const DIFFERENT: Array<() => unknown> = [
  () => 1,
  () => '1',
  () => 1n,
  () => true,
  () => null,
  () => undefined,
  () => -0,
  () => 0,
  () => NaN,
  () => [],
  () => [1],
  () => [[1]],
  () => ['1'],
  () => [undefined],
  () => new Array<number>(1),
  () => ({}),
  () => ({ a: 1 }),
  () => ({ a: '1' }),
  () => ({ a: 1, b: 2 }),
  () => ({ b: 2, a: 1 }),
  () => new Plain(1),
  () => new Plain(2),
  () => new Map([['a', 1]]),
  () => new Map([['a', 2]]),
  () => new Set(['a']),
  () => new Set(['a', 'b']),
  () => new Date(0),
  () => new Date(1),
  () => /a/g,
  () => /a/i,
  () => Float32Array.of(1),
  () => Float64Array.of(1),
  () => Uint8Array.of(1),
  () => Int8Array.of(1),
  () => Uint8Array.of(1).buffer,
  () => new Error('x'),
  () => new TypeError('x'),
  () => Array.from({ length: 20 }, (_, index) => index),
  () => Array.from({ length: 20 }, (_, index) => String(index)),
  () => Symbol.for('x'),
  () => Object.create(null) as object
];

test('equal values have equal fingerprints, and all others different ones', () => {
  const found = DIFFERENT.map(make => see(make()));
  expect(DIFFERENT.map(make => see(make()).fingerprint)).toEqual(
    found.map(({ fingerprint }) => fingerprint)
  );
  // An object without a prototype is like any other.
  expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(DIFFERENT.length - 1);
  expect(found.every(({ seen }) => seen === 'exact')).toBe(true);
});

test('no getter, proxy, toString, iterator or constructor of the notebook runs', () => {
  const ran = (): never => {
    throw new Error('it ran');
  };
  const hostile = {
    get a() {
      return ran();
    },
    toString: ran,
    toJSON: ran,
    valueOf: ran,
    [Symbol.toPrimitive]: ran,
    [Symbol.iterator]: ran,
    get [Symbol.toStringTag]() {
      return ran();
    }
  };
  const proxy = new Proxy({}, new Proxy({}, { get: ran }));
  const array = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  Object.defineProperty(array, 4, { get: ran });
  class Iterable2 extends Map {
    override get size(): number {
      return ran();
    }

    override [Symbol.iterator](): never {
      return ran();
    }

    override entries(): never {
      return ran();
    }
  }
  const typed = Uint8Array.of(1);
  Object.defineProperty(typed, 'buffer', { get: ran });
  for (const value of [hostile, proxy, array, new Iterable2(), typed, [hostile], { proxy }]) {
    expect(see(value).fingerprint).toBeDefined();
  }
  expect(see(proxy).seen).toBe('opaque');
  expect(see(array).seen).toBe('opaque');
  expect(see(typed)).toMatchObject({ fingerprint: see(Uint8Array.of(1)).fingerprint });
});

test('what cannot be told is opaque', () => {
  class Hidden {
    #x = 1;

    x(): number {
      return this.#x;
    }
  }
  let count = 0;
  const values = [
    Promise.resolve(1),
    new WeakMap(),
    (function* () {})(),
    () => count++,
    Math.max.bind(undefined, 1),
    new Hidden(),
    Symbol('x'),
    new URL('https://example.org')
  ];
  expect(values.map(value => see(value).seen)).toEqual(values.map(() => 'opaque'));
});

test('cycles end, and depth does', () => {
  const one: { self?: unknown; a: number } = { a: 1 };
  one.self = one;
  const other: { self?: unknown; a: number } = { a: 1 };
  other.self = other;
  expect(see(one)).toMatchObject({ seen: 'exact', fingerprint: see(other).fingerprint });
  let chain: unknown = null;
  for (let depth = 0; depth < 200_000; depth++) {
    chain = { chain };
  }
  expect(['sampled', 'skipped']).toContain(see(chain).seen);
});

test('what there is no time for is sampled, and never equal to what is exact', () => {
  const large = new Float64Array(4_000_000);
  const sampled = see(large, 0);
  expect(sampled.seen).toBe('sampled');
  expect(sampled.fingerprint).not.toBe(see(large).fingerprint);
  large[0] = 1;
  expect(see(large, 0).fingerprint).not.toBe(sampled.fingerprint);
});

test('a secret has no fingerprint, nor what it is in', () => {
  expect(see({ user: 'a', password: 'b' })).toMatchObject({
    isSecret: true,
    fingerprint: undefined
  });
});

test('timers, hashes, sockets and threads of Node are not told by what they count', () => {
  const made = [
    setTimeout(() => 1, 1e6),
    setImmediate(() => 1),
    createHash('md5'),
    createServer(),
    new Socket(),
    createGzip(),
    new AsyncResource('mine')
  ];
  for (const one of made) {
    expect(see(one).seen).toBe('opaque');
    expect(see({ inside: one }).seen).toBe('opaque');
  }
  clearTimeout(made[0] as NodeJS.Timeout);
  expect(see({ _handle: 1, asyncId: 2 }).seen).toBe('exact');
  expect(see(Object.assign(new Plain(1), { _handle: { a: 1 } })).seen).toBe('exact');
});
