/**
 * What the language itself knows of its values, as it was when the tracker loaded: properties that a
 * notebook puts over them, or over their prototypes, are not asked.
 */
const { apply } = Reflect;

type Ask<T> = (value: object) => T;

/** The getter of a property of the language's own. */
function property<T>(owner: object, key: PropertyKey): Ask<T> {
  const { get } = Object.getOwnPropertyDescriptor(owner, key) as { get: () => T };
  return value => apply(get, value, []);
}

const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
const { toString } = Function.prototype as unknown as { toString: (this: object) => string };
const { __lookupGetter__: lookUp } = Object.prototype as unknown as {
  __lookupGetter__: (this: object, key: PropertyKey) => unknown;
};

/** Of typed arrays: the name of their kind, and what they show of which memory. */
export const typedKind = property<string>(typedArray, Symbol.toStringTag);
export const typedMemory = property<ArrayBuffer>(typedArray, 'buffer');
export const typedOffset = property<number>(typedArray, 'byteOffset');
export const typedBytes = property<number>(typedArray, 'byteLength');
export const typedLength = property<number>(typedArray, 'length');

/** Of views: what they show of which memory. Of memory that is gone, the last two throw. */
export const viewMemory = property<ArrayBuffer>(DataView.prototype, 'buffer');
export const viewOffset = property<number>(DataView.prototype, 'byteOffset');
export const viewBytes = property<number>(DataView.prototype, 'byteLength');

export const memoryBytes = property<number>(ArrayBuffer.prototype, 'byteLength');
export const sharedBytes = property<number>(SharedArrayBuffer.prototype, 'byteLength');

export const mapSize = property<number>(Map.prototype, 'size');
export const setSize = property<number>(Set.prototype, 'size');

/** The text and the flags of a regular expression. */
export const patternText = property<string>(RegExp.prototype, 'source');
export const patternFlags = property<string>(RegExp.prototype, 'flags');

/** The source of a function, as the language gives it. */
export const functionText: Ask<string> = value => apply(toString, value, []);

/** Whether a property is one that is computed when it is read, here or on a prototype. */
export function hasGetter(value: object, key: PropertyKey): boolean {
  return apply(lookUp, value, [key]) !== undefined;
}
