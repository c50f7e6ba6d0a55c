/**
 * Tensors of TensorFlow.js, read where the library keeps their numbers, without calling it.
 *
 * #### Notes
 * Only what lies in the memory of the process can be read: the backend `cpu` keeps it there. To ask another
 * one would wait for all that it has to do.
 */
import { types } from 'node:util';
import { dataProperty, isArray } from './looking.js';
import { typed } from './variables/fingerprint/numbers.js';

/** A tensor as it is now. */
export interface ITensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Its numbers, a typed array of the library's; undefined where they cannot be read. */
  readonly values: object | undefined;
  readonly isDisposed: boolean;
}

/** Bytes of one element, by dtype. */
const BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1, complex64: 8 };

const { apply } = Reflect;
const { get } = WeakMap.prototype as unknown as { get: (this: object, key: object) => unknown };

/** What a value is as a tensor, or undefined for what is none. */
export function tensorOf(value: object): ITensor | undefined {
  const id = own(value, 'dataId');
  const [shape, dtype] = [own(value, 'shape'), own(value, 'dtype')];
  if (!isObject(id) || typeof dtype !== 'string' || !isArray(shape)) {
    return undefined;
  }
  const engine = own(globalThis, '_tfengine');
  const isDisposed = own(value, 'isDisposedInternal') === true;
  const info = found(dataProperty(dataProperty(engine, 'state'), 'tensorInfo'), id);
  if (info === undefined && !isDisposed) {
    return undefined;
  }
  const lengths = shape.map((_, index) => own(shape, String(index)));
  if (!lengths.every(length => typeof length === 'number')) {
    return undefined;
  }
  return { shape: lengths, dtype, values: isDisposed ? undefined : numbers(info, id), isDisposed };
}

/** The number that a tensor without dimensions is; undefined for any other value. */
export function scalarOf(value: unknown): number | undefined {
  const tensor = isObject(value) ? tensorOf(value) : undefined;
  const view = tensor?.shape.length === 0 && tensor.values ? typed(tensor.values) : undefined;
  if (view === undefined || view.length !== 1 || !/^(?:float32|int32)$/.test(tensor?.dtype ?? '')) {
    return undefined;
  }
  const { bytes } = view;
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittle = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
  return view.kind === 'Float32Array'
    ? data.getFloat32(0, isLittle)
    : view.kind === 'Int32Array'
      ? data.getInt32(0, isLittle)
      : undefined;
}

/** Bytes of a tensor's numbers; undefined where that depends on what they are. */
export function bytesOf({ shape, dtype }: ITensor): number | undefined {
  const each = Object.hasOwn(BYTES, dtype) ? BYTES[dtype] : undefined;
  return each && shape.reduce((product, length) => product * length, each);
}

function numbers(info: unknown, id: object): object | undefined {
  const backend = dataProperty(info, 'backend');
  if (dataProperty(dataProperty(backend, 'constructor'), 'name') !== 'MathBackendCPU') {
    return undefined;
  }
  const data = dataProperty(dataProperty(backend, 'data'), 'data');
  const values = dataProperty(found(data, id), 'values');
  return isObject(values) && typed(values) !== undefined ? values : undefined;
}

function found(map: unknown, key: object): unknown {
  return isObject(map) && types.isWeakMap(map) ? apply(get, map, [key]) : undefined;
}

function own(value: unknown, key: string): unknown {
  return isObject(value) && !types.isProxy(value)
    ? Object.getOwnPropertyDescriptor(value, key)?.value
    : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
