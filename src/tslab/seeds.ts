/** The generator behind `Math.random`, installed once in a process. */
import { randomBytes } from 'node:crypto';
import { Generator } from './generator.js';

let generator: Generator | undefined;
let installed: typeof Math.random | undefined;

/**
 * Replaces `Math.random` by a generator whose state can be told and set. It begins from the system's
 * randomness, and keeps its identity, because libraries take it when they load.
 */
export function install(): Generator {
  if (generator === undefined) {
    const words = new Uint32Array(randomBytes(16).buffer.slice(0, 16));
    words[3] |= 1;
    const own = (generator = new Generator(words));
    // Bound, so that its text shows no more than that of any function of the language.
    installed = Object.defineProperty(own.random.bind(own), 'name', { value: 'random' });
    Object.defineProperty(Math, 'random', {
      value: installed,
      writable: true,
      enumerable: false,
      configurable: true
    });
  }
  return generator;
}

/** Whether `Math.random` still is what was installed: some libraries replace it. */
export function isInstalled(): boolean {
  return (
    installed !== undefined && Object.getOwnPropertyDescriptor(Math, 'random')?.value === installed
  );
}

/** Seeds the generator. */
export function sow(seed: number): void {
  if (!Number.isFinite(seed)) {
    throw new Error(`${String(seed)} is no seed`);
  }
  install().seed(seed);
}
