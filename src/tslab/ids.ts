import { randomInt } from 'node:crypto';
import { milliseconds } from './clock.js';

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A new id of a session or a run: UTC date, time and milliseconds, four random characters. */
export function newId(): string {
  const time = new Date(Math.floor(milliseconds())).toISOString().replace(/[-:.TZ]/g, '');
  // Not Math.random, of which the notebook's own draws would be others then.
  const random = Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return `${time.slice(0, 8)}-${time.slice(8)}-${random}`;
}
