/** Lists of numbers, which are most of what notebooks compute with, and the bytes of typed arrays. */
import { types } from 'node:util';
import {
  hasGetter,
  memoryBytes,
  sharedBytes,
  typedBytes,
  typedKind,
  typedLength,
  typedMemory,
  typedOffset,
  viewBytes,
  viewMemory,
  viewOffset
} from '../../intrinsics.js';

const NOTHING = new Uint8Array(0);

/** A typed array as it is, whatever the notebook has put on it. */
export interface ITyped {
  /** Such as `Float32Array`. */
  readonly kind: string;
  readonly length: number;
  readonly bytes: Uint8Array;
  readonly memory: object;
}

/** A view of a typed array, or undefined for what is none. Nothing is copied. */
export function typed(value: object): ITyped | undefined {
  if (!types.isTypedArray(value)) {
    return undefined;
  }
  const memory = typedMemory(value);
  return {
    kind: typedKind(value),
    length: typedLength(value),
    bytes: bytesOf(memory, typedOffset(value), typedBytes(value)),
    memory
  };
}

/** The bytes of a piece of memory, or those that a `DataView` shows; none where they are gone. Nothing is copied. */
export function memoryOf(value: ArrayBufferLike | DataView): Uint8Array {
  if (types.isDataView(value)) {
    try {
      return bytesOf(viewMemory(value), viewOffset(value), viewBytes(value));
    } catch {
      return NOTHING;
    }
  }
  const isShared = types.isSharedArrayBuffer(value);
  return bytesOf(value, 0, isShared ? sharedBytes(value) : memoryBytes(value));
}

/** Memory that was handed over to a worker has no bytes, and no view of it can be made. */
function bytesOf(memory: ArrayBufferLike, offset: number, length: number): Uint8Array {
  return length === 0 ? NOTHING : new Uint8Array(memory, offset, length);
}

/**
 * The numbers of an array that holds nothing else; undefined for any other.
 *
 * @param array - one whose prototype is that of arrays, so that a hole calls nothing.
 */
export function numbersOf(array: readonly unknown[]): Float64Array | undefined {
  const numbers = new Float64Array(array.length);
  for (let index = 0; index < array.length; index++) {
    if (hasGetter(array, index)) {
      return undefined;
    }
    const value = array[index];
    if (typeof value !== 'number') {
      return undefined;
    }
    numbers[index] = value;
  }
  return numbers;
}
