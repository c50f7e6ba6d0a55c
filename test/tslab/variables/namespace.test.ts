/** What the names of a notebook stand for, from moment to moment. */
import { expect, test } from 'vitest';
import { Namespace, rebound, valuesOf } from '../../../src/tslab/variables/namespace.js';

/** The object that the kernel keeps the names in: a proxy that makes values of getters. */
function names(given: Record<string, unknown> = {}): Record<string, unknown> {
  const target = { ...given };
  return new Proxy(target, {
    defineProperty: (_target, key: string, attributes) => {
      target[key] = attributes.get ? attributes.get() : (attributes.value as unknown);
      return true;
    }
  });
}

/** Names that were kept as they are. */
function kept(given: Record<string, unknown>): [Namespace, Record<string, unknown>] {
  const namespace = new Namespace();
  const object = names(given);
  namespace.keep(valuesOf(object), object);
  return [namespace, object];
}

const list = [1, 2];

test('names that stand for the same are still as they were kept', () => {
  const [namespace, object] = kept({ a: 1, list, nothing: null, missing: undefined, nan: NaN });
  const last = namespace.snapshot(valuesOf(object));
  expect(namespace.still(object)).toBe(last);
  // What an object holds is another matter.
  list.push(3);
  expect(namespace.still(object)).toBe(last);
  expect([...last.keys()]).toEqual(['a', 'list', 'nothing', 'missing', 'nan']);
});

test.each([
  ['another number', (object: Record<string, unknown>) => (object['a'] = 2)],
  ['zero with a sign', (object: Record<string, unknown>) => (object['zero'] = -0)],
  [
    'another object with the same in it',
    (object: Record<string, unknown>) => (object['list'] = [...list])
  ],
  ['nothing', (object: Record<string, unknown>) => (object['list'] = undefined)],
  ['a value instead of nothing', (object: Record<string, unknown>) => (object['missing'] = 0)],
  ['a name more', (object: Record<string, unknown>) => (object['b'] = 1)],
  ['a name less', (object: Record<string, unknown>) => delete object['a']],
  [
    'another name in its place',
    (object: Record<string, unknown>) => {
      delete object['nothing'];
      object['other'] = null;
    }
  ]
])('%s is seen', (_what, change) => {
  const [namespace, object] = kept({ a: 1, zero: 0, list, missing: undefined, nothing: null });
  change(object);
  expect(namespace.still(object)).toBeUndefined();
});

test('it is seen as well when the values are not at hand any more', () => {
  const [namespace, object] = kept({ a: 1, list, nothing: null });
  const deref = Reflect.get(WeakRef.prototype, 'deref') as (this: WeakRef<object>) => unknown;
  Reflect.set(WeakRef.prototype, 'deref', function (this: WeakRef<object>) {
    const found = deref.call(this);
    // As after a collection: nothing else holds the array of values.
    return found !== list && Array.isArray(found) ? undefined : found;
  });
  try {
    expect(namespace.still(object)).toBeDefined();
    object['list'] = [...list];
    expect(namespace.still(object)).toBeUndefined();
    object['list'] = list;
    object['nothing'] = undefined;
    expect(namespace.still(object)).toBeUndefined();
  } finally {
    Reflect.set(WeakRef.prototype, 'deref', deref);
  }
});

test('what was bound meanwhile is told by its name', () => {
  const [namespace, object] = kept({ a: 1, list });
  const last = namespace.still(object)!;
  object['list'] = [...list];
  object['b'] = 2;
  expect(rebound(last, valuesOf(object))).toEqual(['list', 'b']);
});

test('what the last expression gave is no name, and whether it is there is no matter of its value', () => {
  const [namespace, object] = kept({ a: 1, tsLastExpr: 1 });
  expect(namespace.still(object)).toBeDefined();
  expect([...namespace.still(object)!.keys()]).toEqual(['a']);
});

test('no getter is called, and where there is one nothing is taken for what it was', () => {
  let calls = 0;
  const object = Object.defineProperty({ a: 1 }, 'b', {
    get: () => (calls += 1),
    enumerable: true,
    configurable: true
  });
  const namespace = new Namespace();
  namespace.keep(valuesOf(object), object);
  expect(namespace.still(object)).toBeUndefined();
  expect(calls).toBe(0);
});
