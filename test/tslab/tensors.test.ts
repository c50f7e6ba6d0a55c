/** What only looks like a tensor is none, and none of its code runs. The library itself: test/adapters/test_tfjs.py. */
import { expect, test } from 'vitest';
import { scalarOf, tensorOf } from '../../src/tslab/tensors.js';

test('objects that have what tensors have are none without the library', () => {
  const like = { dataId: {}, shape: [], dtype: 'float32', isDisposedInternal: false };
  expect(tensorOf(like)).toBeUndefined();
  expect(scalarOf(like)).toBeUndefined();
  expect(scalarOf(0.5)).toBeUndefined();
  expect(scalarOf(null)).toBeUndefined();
});

test('a library that is not as expected is not asked', () => {
  let asked = 0;
  const engine = new Proxy({}, { get: () => ++asked, getOwnPropertyDescriptor: () => (asked++, undefined) }); // prettier-ignore
  const value = { get dataId() { return ++asked; }, shape: [], dtype: 'float32' }; // prettier-ignore
  const like = { dataId: {}, shape: [1], dtype: 'float32' };
  for (const one of [
    engine,
    { state: { tensorInfo: engine } },
    {
      get state() {
        return ++asked;
      }
    }
  ]) {
    // prettier-ignore
    Object.defineProperty(globalThis, '_tfengine', { value: one, configurable: true });
    expect(tensorOf(value)).toBeUndefined();
    expect(tensorOf(like)).toBeUndefined();
  }
  Object.defineProperty(globalThis, '_tfengine', { value: undefined, configurable: true });
  expect(asked).toBe(0);
});
