/** Goes through a value and all that it is made of, in an order that is the same in every process. */
import { types } from 'node:util';
import { KEPT } from '../../arquero.js';
import { frameOf } from '../../frames.js';
import {
  hasGetter,
  mapSize,
  patternFlags,
  patternText,
  setSize,
  viewMemory
} from '../../intrinsics.js';
import { home } from '../../relocated.js';
import { className, dataProperty, isArray, isPlainObject } from '../../looking.js';
import { tensorOf } from '../../tensors.js';
import { Digest } from './digests.js';
import type { ILooking } from './look.js';
import { memoryOf, numbersOf, typed } from './numbers.js';
import { isResource } from './resources.js';
import { blocks, ITEMS, places } from './sampling.js';
import { scalar } from './scalars.js';

/** There is no time for more. */
class Late extends Error {}

/** Bytes between looks at the clock. */
const PIECE = 1 << 20;
const MOST_MEMBERS = 5000;
/** Characters of a text that is only sampled, at both of its ends. */
const MOST_TEXT = 1 << 16;
/** How far down an exact walk goes, and a sample. */
const DEEPEST = 500;
const DEEP = 40;

const PRIVATE = /[\s{;]#\w/;
const now = performance.now.bind(performance);

/** One walk. */
export class Walk {
  /**
   * @param _until - when it has to be over; it throws {@link Late} then.
   * @param _isSample - whether parts stand for large values.
   */
  constructor(
    private readonly _how: ILooking,
    private readonly _until: number,
    private readonly _isSample: boolean
  ) {}

  isOpaque = false;
  isPartial = false;
  isSecret = false;
  /** What it is made of that can be changed, as far as there is room. */
  readonly members = new Set<object>();
  readonly uses = new Set<string>();

  /** What the whole is told by. */
  digest(): string {
    return (this.isPartial ? '~' : '') + this._digest.value();
  }

  /** Takes in a value that has a name. */
  value(value: unknown, name: string): void {
    if ((++this._count & 127) === 0 && now() > this._until) {
      throw new Late();
    }
    const text = typeof value === 'string' ? this._text(value) : scalar(value);
    if (text !== undefined) {
      if (
        (typeof value === 'string' || typeof value === 'number') &&
        this._how.secret(name, value)
      ) {
        this.isSecret = true;
      }
      this._digest.text(text);
    } else if (typeof value === 'symbol') {
      this._opaque(`y?${String(value.description)};`);
    } else {
      this._object(value as object, name);
    }
  }

  private _text(present: string): string | undefined {
    const value = home(present);
    if (value.length <= MOST_TEXT) {
      return scalar(value);
    }
    if (this._isSample) {
      this.isPartial = true;
      return `s${value.length}:${value.slice(0, MOST_TEXT / 2)}…${value.slice(-MOST_TEXT / 2)};`;
    }
    this._check(value.length * 1e-6);
    return scalar(value);
  }

  private _object(value: object, name: string): void {
    const known = this._seen.get(value);
    if (known !== undefined) {
      this._digest.text(`r${known};`);
      return;
    }
    this._seen.set(value, this._seen.size);
    if (types.isProxy(value)) {
      this._opaque('proxy;');
      return;
    }
    if (this.members.size < MOST_MEMBERS) {
      this.members.add(value);
    }
    this._used(value);
    if (++this._depth > (this._isSample ? DEEP : DEEPEST)) {
      if (!this._isSample) {
        throw new Late();
      }
      this.isPartial = true;
    } else if (typeof value === 'function') {
      this._function(value);
    } else if (isArray(value)) {
      this._array(value, name);
    } else if (!this._native(value, name) && !this._tensor(value) && !this._frame(value)) {
      this._properties(value);
    }
    this._depth -= 1;
  }

  private _used(value: object): void {
    const own = this._how.functions.usedBy(value);
    const constructor = typeof value === 'object' ? dataProperty(value, 'constructor') : undefined;
    const ofClass =
      typeof constructor === 'function' ? this._how.functions.usedBy(constructor) : undefined;
    own?.forEach(name => this.uses.add(name));
    ofClass?.forEach(name => this.uses.add(name));
  }

  private _function(value: object): void {
    const { text, isTold } = this._how.functions.look(value);
    this.isOpaque ||= !isTold;
    this._digest.text(`f${text.length}:${text}{`);
    for (const key of Reflect.ownKeys(value)) {
      if (
        key !== 'length' &&
        key !== 'name' &&
        key !== 'prototype' &&
        key !== 'arguments' &&
        key !== 'caller'
      ) {
        this._property(value, key);
      }
    }
    this._digest.text('};');
  }

  private _array(array: readonly unknown[], name: string): void {
    const { length } = array;
    const isUsual = Object.getPrototypeOf(array) === Array.prototype;
    this._digest.text(`${isUsual ? '' : className(array)}[${length}:`);
    if (this._isSample && length > ITEMS) {
      this.isPartial = true;
      for (const index of places(length)) {
        this._item(array, index, name);
      }
    } else {
      // Looking takes about 10 ns an item: a million of them is no small matter.
      this._check(length * 1e-5);
      const numbers = isUsual && length > 8 ? numbersOf(array) : undefined;
      if (numbers !== undefined) {
        this._digest.text('#');
        this._bytes(new Uint8Array(numbers.buffer));
      } else {
        for (let index = 0; index < length; index++) {
          this._item(array, index, name);
        }
      }
    }
    this._digest.text(']');
    if (length < 1000 && Object.keys(array).length > length) {
      this.isOpaque = true;
    }
  }

  private _item(array: readonly unknown[], index: number, name: string): void {
    const property = Object.getOwnPropertyDescriptor(array, index);
    if (property === undefined) {
      this._digest.text('h;');
    } else if (property.get || property.set) {
      this._opaque('get;');
    } else {
      this.value(property.value, name);
    }
  }

  /** Values of classes of the language. */
  private _native(value: object, name: string): boolean {
    const view = typed(value);
    if (view !== undefined) {
      // Small buffers of Node lie in one piece of memory and have nothing else in common.
      if (!Buffer.isBuffer(value)) {
        this.members.add(view.memory);
      }
      this._digest.text(`${view.kind}[${view.length}:`);
      this._bytes(view.bytes);
      this._digest.text('];');
    } else if (types.isAnyArrayBuffer(value) || types.isDataView(value)) {
      const isView = types.isDataView(value);
      this.members.add(isView ? viewMemory(value) : value);
      this._digest.text(`${isView ? 'DataView' : 'ArrayBuffer'}[`);
      this._bytes(memoryOf(value));
      this._digest.text('];');
    } else if (types.isMap(value)) {
      this._digest.text('Map{');
      const entries = Map.prototype.entries.call(value) as Iterable<[unknown, unknown]>;
      this._some(entries, mapSize(value), ([key, item]) => {
        this.value(key, '');
        this.value(item, typeof key === 'string' ? key : name);
      });
      this._properties(value);
    } else if (types.isSet(value)) {
      this._digest.text('Set{');
      const items = Set.prototype.values.call(value) as Iterable<unknown>;
      this._some(items, setSize(value), item => this.value(item, name));
      this._properties(value);
    } else if (types.isDate(value)) {
      this._digest.text(`Date${Date.prototype.getTime.call(value)};`);
    } else if (types.isRegExp(value)) {
      const source = patternText(value);
      this._digest.text(`/${source.length}:${source}/${patternFlags(value)};`);
      this._property(value, 'lastIndex');
    } else if (types.isBoxedPrimitive(value)) {
      this._opaque('boxed;');
    } else {
      return this._hidden(value);
    }
    return true;
  }

  /** A tensor is told by its numbers, not by what the library counts it as. */
  private _tensor(value: object): boolean {
    const tensor = tensorOf(value);
    if (tensor === undefined) {
      return false;
    }
    const { dtype, shape, values, isDisposed } = tensor;
    const view = values && typed(values);
    const isTrained = dataProperty(value, 'trainable') === true;
    this._digest.text(`${className(value)}${isTrained ? '!' : ''} ${dtype}[${shape.join()}]`);
    if (view !== undefined) {
      this.members.add(view.memory);
      this._bytes(view.bytes);
      this._digest.text(';');
    } else {
      this._digest.text(isDisposed ? 'disposed;' : '?;');
      this.isOpaque ||= !isDisposed;
    }
    return true;
  }

  /** A table is told by all that it keeps; its class, its getters and what it looked up are the library's. */
  private _frame(value: object): boolean {
    const frame = frameOf(value);
    if (frame === undefined) {
      return false;
    }
    const before = this.isOpaque;
    this._digest.text(`o${className(value)}`);
    this._classes(value);
    this._digest.text('{');
    this._property(value, '$config');
    this.isOpaque = before;
    const columns = new Set(frame.columns);
    const group = dataProperty(value, '_group');
    for (const key of Reflect.ownKeys(value)) {
      const isColumn = typeof key === 'string' && columns.has(key);
      if (key === '_group' && isPlainObject(group)) {
        // Its functions are made of the names and the rows.
        ['names', 'keys', 'rows', 'size'].forEach(one => this._property(group, one));
      } else if (key !== '$config' && !KEPT.has(key) && !(isColumn && hasGetter(value, key))) {
        this._property(value, key);
      }
    }
    this._digest.text('}');
    return true;
  }

  /** Values whose inside nobody sees. */
  private _hidden(value: object): boolean {
    const isHidden =
      types.isPromise(value) ||
      types.isWeakMap(value) ||
      types.isWeakSet(value) ||
      types.isGeneratorObject(value) ||
      types.isMapIterator(value) ||
      types.isSetIterator(value) ||
      types.isExternal(value) ||
      types.isModuleNamespaceObject(value) ||
      isResource(value);
    if (isHidden) {
      this._opaque(`${className(value)};`);
    }
    return isHidden;
  }

  /** Goes through a list; through its beginning alone where it is only sampled. */
  private _some<T>(items: Iterable<T>, size: number, take: (item: T) => void): void {
    this._digest.text(`${size}:`);
    let left = this._isSample ? ITEMS : Infinity;
    for (const item of items) {
      if (left-- <= 0) {
        this.isPartial = true;
        return;
      }
      take(item);
    }
  }

  private _properties(value: object): void {
    if (!isPlainObject(value)) {
      this._digest.text(`o${className(value)}`);
      this._classes(value);
    }
    this._digest.text('{');
    const keys = Reflect.ownKeys(value).filter(
      key => !(key === 'stack' && types.isNativeError(value))
    );
    this._some(keys, keys.length, key => this._property(value, key));
    this._digest.text('}');
  }

  /** The classes that an object is of: those of the notebook are told by their texts. */
  private _classes(value: object): void {
    const isKnown = types.isMap(value) || types.isSet(value) || types.isNativeError(value);
    let prototype: unknown = Object.getPrototypeOf(value);
    for (let up = 0; up < 20 && prototype && prototype !== Object.prototype; up++) {
      if (types.isProxy(prototype)) {
        this.isOpaque = true;
        return;
      }
      const made = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value as unknown;
      if (typeof made === 'function') {
        const { text, isClass, isTold } = this._how.functions.look(made);
        this._digest.text(isTold ? `:${text.length}:${text}` : '');
        // One of a library may hold what is out of sight.
        this.isOpaque ||= !isTold && !isKnown && (PRIVATE.test(text) || !isClass);
      }
      prototype = Object.getPrototypeOf(prototype);
    }
  }

  private _property(value: object, key: PropertyKey): void {
    const property = Object.getOwnPropertyDescriptor(value, key);
    const text = typeof key === 'symbol' ? String(key.description) : String(key);
    this._digest.text(`${typeof key === 'symbol' ? '@' : ''}${text.length}:${text}=`);
    if (property === undefined || property.get || property.set) {
      this._opaque('get;');
    } else {
      this.value(property.value, text);
    }
  }

  private _bytes(bytes: Uint8Array): void {
    const parts = this._isSample ? blocks(bytes) : undefined;
    if (parts !== undefined) {
      this.isPartial = true;
      parts.forEach(part => this._digest.bytes(part));
      return;
    }
    this._check(bytes.length * 5e-7);
    for (let at = 0; at < bytes.length; at += PIECE) {
      this._check(0);
      this._digest.bytes(bytes.subarray(at, at + PIECE));
    }
  }

  /** Gives up at once what would take so many milliseconds and has not that long. */
  private _check(milliseconds: number): void {
    if (now() + milliseconds > this._until) {
      throw new Late();
    }
  }

  private _opaque(text: string): void {
    this.isOpaque = true;
    this._digest.text(text);
  }

  private _count = 0;
  private _depth = 0;
  private readonly _digest = new Digest();
  /** The order in which objects were come upon. */
  private readonly _seen = new Map<object, number>();
}
