/**
 * Objects of Node that stand for something outside the language: timers, sockets, files, programs, threads, hashes.
 *
 * #### Notes
 * What they hold in JavaScript are numbers and times of this process, another each time; what they stand for is held
 * by a native object or known by a number, and nobody sees it.
 */
import { functionText } from '../../intrinsics.js';
import { dataProperty, isObjectLike, isPlainObject } from '../../looking.js';

/** How Node calls the properties by which it finds such a thing. */
const KEYS = new Set(['asyncId', 'async_id_symbol', 'kHandle', 'kFd']);

/** Whether an object stands for something of Node's. */
export function isResource(value: object): boolean {
  return (
    !isPlainObject(value) &&
    (Object.getOwnPropertySymbols(value).some(({ description = '' }) => KEYS.has(description)) ||
      isNative(dataProperty(value, '_handle')))
  );
}

/** Whether an object is of a class that is not written in JavaScript. */
function isNative(value: unknown): boolean {
  const made = isObjectLike(value) ? dataProperty(value, 'constructor') : undefined;
  return (
    typeof made === 'function' && made !== Object && functionText(made).includes('[native code]')
  );
}
