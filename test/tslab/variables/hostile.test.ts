/** Values that are made to break whoever looks at them are looked at like any other, and none of their code runs. */
import { expect, test } from 'vitest';
import { NamedMetrics } from '../../../src/tslab/names/variables.js';
import type { IMoment } from '../../../src/tslab/sightings/sighting.js';
import { plain } from '../../../src/tslab/values.js';
import { Functions } from '../../../src/tslab/variables/fingerprint/functions.js';
import { clock, type ILook, look } from '../../../src/tslab/variables/fingerprint/look.js';
import { describe, preview } from '../../../src/tslab/variables/preview.js';

const ran: string[] = [];
const trap = (what: string) => (): never => {
  ran.push(what);
  throw new Error(what);
};

class Shy {
  #inside = 1;
  static made = 0;
  get loss(): number {
    ran.push('loss');
    return this.#inside;
  }
}

class Overridden extends Map<unknown, unknown> {
  override get size(): number {
    return trap('size')();
  }
  override entries = trap('entries');
  override [Symbol.iterator] = trap('iterator');
}

function detached(): ArrayBuffer {
  const memory = new ArrayBuffer(16);
  structuredClone(memory, { transfer: [memory] });
  return memory;
}

/** A view of memory that is gone, made while it was there. */
function onDetached<T>(view: (memory: ArrayBuffer) => T): T {
  const memory = new ArrayBuffer(16);
  const made = view(memory);
  structuredClone(memory, { transfer: [memory] });
  return made;
}

function onShrunk<T>(view: (memory: ArrayBuffer) => T): T {
  const Memory = ArrayBuffer as new (length: number, options: object) => ArrayBuffer;
  const memory = new Memory(64, { maxByteLength: 64 }) as ArrayBuffer & {
    resize(length: number): void;
  };
  const made = view(memory);
  memory.resize(8);
  return made;
}

const all: ProxyHandler<object> = new Proxy({}, { get: (_, name) => trap(String(name)) });

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function deep(length: number, within: (inner: unknown) => unknown): unknown {
  let found: unknown = 1;
  for (let level = 0; level < length; level++) {
    found = within(found);
  }
  return found;
}

function* counting(): Generator<number> {
  ran.push('generator');
  yield 1;
}

const HOSTILE: Record<string, () => unknown> = {
  'a proxy with all traps': () => new Proxy({}, all),
  'a function behind a proxy': () => new Proxy(() => 1, all),
  'a revoked proxy': () => revoked({}),
  'a revoked function': () => revoked(() => 1),
  'a revoked array': () => revoked([1]),
  'a list of revoked proxies': () => [revoked({}), revoked([])],
  'rows of revoked proxies': () => ({ history: [{ loss: 1 }, revoked({})], at: revoked({}) }),
  'an object under a proxy': () => Object.create(new Proxy({}, all)) as unknown,
  'an array under a proxy': () => Object.setPrototypeOf([1, 2], new Proxy([], all)) as unknown,
  'an array under nothing': () => Object.setPrototypeOf([1, 2], null) as unknown,
  'a function under nothing': () => Object.setPrototypeOf(() => 1, null) as unknown,
  'a map under nothing': () => Object.setPrototypeOf(new Map([[1, 2]]), null) as unknown,
  getters: () => ({
    get loss() {
      return trap('getter')();
    },
    toString: trap('toString'),
    toJSON: trap('toJSON'),
    valueOf: trap('valueOf'),
    [Symbol.toPrimitive]: trap('toPrimitive'),
    [Symbol.iterator]: trap('iterator'),
    get [Symbol.toStringTag]() {
      return trap('tag')();
    },
    get constructor() {
      return trap('constructor')();
    },
    get then() {
      return trap('then')();
    },
    get dataId() {
      return trap('dataId')();
    }
  }),
  'getters in a list': () =>
    Object.defineProperty([1, 2, 3], 1, { get: trap('item'), enumerable: true }),
  'a getter on the end of a list': () =>
    Object.defineProperty(
      Array.from({ length: 30 }, (_, at) => at),
      29,
      { get: trap('item') }
    ),
  'an overridden map': () => new Overridden([[1, 2]]),
  'private state': () => new Shy(),
  'a generator': () => counting(),
  'an iterator of a map': () => new Map([[1, 2]]).entries(),
  'memory that is gone': detached,
  'a typed array of memory that is gone': () => onDetached(memory => new Float64Array(memory)),
  'floats in an object whose memory is gone': () => ({
    losses: onDetached(memory => new Float32Array(memory))
  }),
  'a view of memory that is gone': () => onDetached(memory => new DataView(memory)),
  'a typed array past the end of its memory': () =>
    onShrunk(memory => new Uint8Array(memory, 16, 8)),
  'a view past the end of its memory': () => onShrunk(memory => new DataView(memory, 16, 8)),
  'memory that is shared': () => new SharedArrayBuffer(16),
  'a typed array on shared memory': () => new Float64Array(new SharedArrayBuffer(16)),
  'a view on shared memory': () => new DataView(new SharedArrayBuffer(16)),
  'a list without an end': () => {
    const list: unknown[] = [];
    list[4294967293] = 1;
    return list;
  },
  'a list of holes': () => new Array(1e8),
  'lists in lists': () => deep(50_000, inner => [inner]),
  'objects in objects': () => deep(50_000, inner => ({ inner })),
  'maps in maps': () => deep(50_000, inner => new Map([['loss', inner]])),
  'what holds itself': () => {
    const one: Record<string, unknown> = {};
    one['self'] = [one, new Map([[one, one]]), new Set([one])];
    return one;
  },
  'a text of half a letter': () => ({ 'x\udc00': '\ud800' }),
  'a name of the language': () =>
    JSON.parse('{"__proto__": 1, "constructor": {"name": 2}}') as unknown,
  symbols: () => ({ [Symbol('mine')]: 1, [Symbol.for('all')]: Symbol('other'), [Symbol()]: 2 }),
  'a large number': () => 2n ** 100_000n,
  'a date that is none': () => new Date(NaN),
  'boxed values': () => [Object(1), Object('x'), Object(true), Object(1n), Object(Symbol('x'))],
  'an error': () => Object.assign(new Error('x', { cause: revoked({}) }), { loss: 1 }),
  'an error with getters': () =>
    Object.defineProperties(new Error('x'), {
      stack: { get: trap('stack') },
      message: { get: trap('message') },
      name: { get: trap('name') }
    }),
  'many errors': () => new AggregateError([new Error('x')], 'many'),
  'a promise': () => new Promise(() => undefined),
  'weak things': () => [new WeakMap(), new WeakSet(), new WeakRef({})],
  'a registry': () => new FinalizationRegistry(() => undefined),
  'a namespace': () => Intl,
  'objects of the system': () => [new URL('http://a/b'), new AbortController(), new EventTarget()],
  'like a tensor': () => ({ dataId: revoked({}), shape: [revoked([])], dtype: 'float32' }),
  globalThis: () => globalThis
};

const how = { functions: new Functions(), secret: () => false };
const at = { run: { id: 'r' }, cell: 1, mark: '' } as unknown as IMoment;

test.each(Object.entries(HOSTILE))('%s is looked at, and none of its code runs', (_, make) => {
  const value = make();
  ran.length = 0;
  const seen: ILook = look(value, 'losses', clock() + 400, 2, how)[0];
  expect(['exact', 'sampled', 'opaque']).toContain(seen.seen);
  expect(preview(value, describe(value)).length).toBeLessThanOrEqual(80);
  expect(() => JSON.stringify(plain(value))).not.toThrow();
  const told: unknown[] = [];
  const metrics = new NamedMetrics({
    see: (...words: unknown[]) => told.push(words),
    isTold: () => false
  } as never);
  const bindings = {
    all: new Set(['losses']),
    computed: new Set(['losses']),
    inLoops: new Set(['losses']),
    classes: new Set<string>(),
    differences: new Set<string>()
  };
  const values = new Map([['losses', value]]);
  metrics.start(new Map());
  metrics.before(bindings);
  metrics.look(at, values, true);
  metrics.bound(at, values, bindings);
  expect(ran).toEqual([]);
});

test('of a value that cannot be looked at no more is missing than itself', () => {
  const broken = { ...how, functions: { usedBy: trap('usedBy') } as unknown as Functions };
  expect(look({}, 'one', clock() + 20, 2, broken)[0].seen).toBe('skipped');
});

test('a generator that was looked at begins where it would have begun', () => {
  const one = counting();
  look(one, 'one', clock() + 400, 2, how);
  expect(one.next().value).toBe(1);
});
