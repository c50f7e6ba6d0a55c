/**
 * New ids, of the form that docs/run-log.md gives.
 */

import { randomInt } from 'node:crypto';

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A new id. @param time - in the form of the log */
export function newId(time: string): string {
  const digits = time.replace(/\D/g, '');
  const tail = Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return `${digits.slice(0, 8)}-${digits.slice(8, 17)}-${tail}`;
}
