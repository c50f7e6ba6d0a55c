/**
 * A line on a terminal that tells how far something is.
 */

import type { WriteStream } from 'node:tty';

/** What takes no longer needs no word. */
const AFTER = 1000;
const EVERY = 100;

/** Tells how far something is, where somebody watches and only when it takes over a second. */
export function progressOn(
  stream: WriteStream,
  what: string
): { tell: (done: number, all: number) => void; end: () => void } {
  const began = Date.now();
  let last = began + AFTER - EVERY;
  let shown = false;
  return {
    tell: (done, all) => {
      if (stream.isTTY && Date.now() - last >= EVERY) {
        last = Date.now();
        shown = true;
        stream.write(`\r${what}: ${Math.floor((100 * done) / all)} %`);
      }
    },
    end: () => {
      if (shown) {
        stream.write('\r\x1b[K');
        shown = false;
      }
    }
  };
}
