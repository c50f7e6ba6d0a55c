/** Looking at values of the user's without running any code of theirs: no getter, no proxy, no toString. */
import { types } from 'node:util';

/** The value of a property, if it is plain data on the object or a prototype; else undefined. */
export function dataProperty(value: unknown, key: PropertyKey): unknown {
  let owner: unknown = value;
  for (let depth = 0; depth < 32; depth++) {
    if (!isObjectLike(owner) || types.isProxy(owner)) {
      return undefined;
    }
    const property = Object.getOwnPropertyDescriptor(owner, key);
    if (property !== undefined) {
      return property.value;
    }
    owner = Object.getPrototypeOf(owner);
  }
  return undefined;
}

/** The name of the class of an object, as far as it is plain data; `Object` where there is none. */
export function className(value: object): string {
  const name = dataProperty(dataProperty(value, 'constructor'), 'name');
  return typeof name === 'string' && name !== '' ? name : 'Object';
}

/** Whether a value is an array. No proxy of one: the language itself fails at one that was revoked. */
export function isArray(value: unknown): value is readonly unknown[] {
  return !types.isProxy(value) && Array.isArray(value);
}

/** Whether a value has properties. */
export function isObjectLike(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Whether an object is a plain one: made by a literal, or without a prototype. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
