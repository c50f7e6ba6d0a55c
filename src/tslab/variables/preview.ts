/** What a value is in a few words: its type, its size, and the value itself where that is short and plain. */
import { types } from 'node:util';
import { functionText, mapSize, setSize } from '../intrinsics.js';
import { frameOf, shapeOf } from '../frames.js';
import { className, isArray, isPlainObject } from '../looking.js';
import { bytesOf, scalarOf, tensorOf } from '../tensors.js';
import { typed } from './fingerprint/numbers.js';

/** The longest preview, in characters. */
const LONGEST = 80;
const FEW = 12;

/** What is told of a value beside its fingerprint. */
export interface IDescribed {
  type: string;
  /** Items, or bytes of a typed array. */
  size?: number;
  shape?: number[];
  dtype?: string;
}

/** `type`, and as far as they apply `size`, `shape` and `dtype`. */
export function describe(value: unknown): IDescribed {
  if (typeof value === 'string') {
    return { type: 'string', size: value.length };
  }
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) {
    return { type: value === null ? 'null' : typeof value };
  }
  if (types.isProxy(value)) {
    return { type: 'Proxy' };
  }
  if (typeof value === 'function') {
    return { type: 'function' };
  }
  const view = typed(value);
  if (view !== undefined) {
    const dtype = view.kind.replace(/Clamped|Array$/g, '').toLowerCase();
    return { type: className(value), size: view.bytes.length, shape: [view.length], dtype };
  }
  const type = className(value);
  const tensor = tensorOf(value);
  if (tensor !== undefined) {
    const size = bytesOf(tensor);
    const { shape, dtype } = tensor;
    return { type, ...(size === undefined ? {} : { size }), shape: [...shape], dtype };
  }
  const frame = frameOf(value);
  if (frame !== undefined) {
    const [dtype] = frame.isSeries ? frame.dtypes : [];
    const shape = shapeOf(frame);
    return typeof dtype === 'string' ? { type, shape, dtype } : { type, shape };
  }
  if (isArray(value)) {
    return { type, size: value.length };
  }
  if (types.isMap(value)) {
    return { type, size: mapSize(value) };
  }
  if (types.isSet(value)) {
    return { type, size: setSize(value) };
  }
  return isPlainObject(value) ? { type, size: Object.keys(value).length } : { type };
}

/** The value in at most 80 characters. */
export function preview(value: unknown, told: IDescribed): string {
  const plain = plainText(value) ?? containerText(value);
  if (plain !== undefined && plain.length <= LONGEST) {
    return plain;
  }
  if (typeof value === 'string') {
    return `${JSON.stringify(value.slice(0, LONGEST)).slice(0, LONGEST - 1)}…`;
  }
  if (typeof value === 'function' && !types.isProxy(value)) {
    return signature(value).slice(0, LONGEST);
  }
  if (types.isDate(value)) {
    const time = Date.prototype.getTime.call(value);
    return Number.isNaN(time) ? 'Invalid Date' : Date.prototype.toISOString.call(value);
  }
  const scalar = scalarOf(value);
  if (scalar !== undefined) {
    return `${told.type} ${scalar}`;
  }
  if (told.shape !== undefined) {
    return `${told.type} (${told.shape.join(', ')})`;
  }
  return told.size === undefined ? told.type : `${told.type} of ${told.size}`;
}

/** The numbers and texts that the words of a value may show. */
export function parts(value: unknown): Array<string | number> {
  if (typeof value === 'string' || typeof value === 'number') {
    return [value];
  }
  return (few(value) ?? []).flatMap(([key, item]) => [key, item]).filter(isTelling);
}

function isTelling(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function plainText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value.length <= LONGEST ? JSON.stringify(value) : undefined;
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return value < 10n ** 70n && value > -(10n ** 70n) ? `${value}n` : 'bigint';
    case 'boolean':
    case 'undefined':
      return String(value);
    default:
      return value === null ? 'null' : undefined;
  }
}

/** A short container of plain values as it would be written. */
function containerText(value: unknown): string | undefined {
  const items = few(value);
  const texts = items?.map(([, item]) => plainText(item));
  if (items === undefined || texts === undefined || texts.some(text => text === undefined)) {
    return undefined;
  }
  if (isArray(value)) {
    return `[${texts.join(', ')}]`;
  }
  const named = items.map(([key], index) => `${key}: ${texts[index]}`);
  return named.length > 0 ? `{ ${named.join(', ')} }` : '{}';
}

/** The items of a small array or plain object, without calling anything of theirs. */
function few(value: unknown): Array<[string, unknown]> | undefined {
  if (!(isPlainObject(value) || isArray(value))) {
    return undefined;
  }
  if (isArray(value) && value.length > FEW) {
    return undefined;
  }
  const keys = Object.keys(value);
  if (keys.length > FEW || (isArray(value) && keys.length !== value.length)) {
    return undefined;
  }
  const found: Array<[string, unknown]> = [];
  for (const key of keys) {
    const property = Object.getOwnPropertyDescriptor(value, key);
    if (property === undefined || property.get || property.set) {
      return undefined;
    }
    found.push([key, property.value]);
  }
  return found;
}

function signature(value: object): string {
  const name: unknown = Object.getOwnPropertyDescriptor(value, 'name')?.value;
  const text = functionText(value);
  return `${text.startsWith('class') ? 'class' : 'function'} ${typeof name === 'string' ? name : ''}`.trim();
}
