/**
 * A line on a terminal that tells how far something is.
 */

import type { WriteStream } from 'node:tty';

/** What takes no longer needs no word. */
const AFTER = 1000;
const EVERY = 100;

/** Tells how far something is. */
export type Tell = (done: number, all: number) => void;

/** Tells how far something is, where somebody watches and only when it takes over a second. */
export function progressOn(stream: WriteStream, what: string): { tell: Tell; end: () => void } {
  const began = Date.now();
  let last = began + AFTER - EVERY;
  let shown = false;
  return {
    tell: (done, all) => {
      if (stream.isTTY && Date.now() - last >= EVERY) {
        last = Date.now();
        shown = true;
        const share = all > 0 ? Math.min(done / all, 1) : 1;
        stream.write(`\r${what}: ${Math.floor(100 * share)} %`);
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

/** How far one of several is, as how far all of them are. */
export function partOf(tell: Tell, index: number, count: number): Tell {
  return (done, all) => {
    tell(index + (all > 0 ? done / all : 1), count);
  };
}
