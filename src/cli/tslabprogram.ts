/**
 * The programs for notebooks of tslab: they lie beside this one, in the package of npm and in that of Python.
 */

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exit, Stop } from './command.js';

/**
 * The path of a program.
 *
 * @param name - `play.cjs`, which replays runs, or `kernel.cjs`, which starts kernels that are recorded
 * @throws Stop where it is not there
 */
export function tslabProgram(name: 'play.cjs' | 'kernel.cjs'): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    for (const place of [join(folder, 'tslab'), join(folder, 'backtrail', 'tslab')]) {
      if (existsSync(join(place, name))) {
        return join(place, name);
      }
    }
    if (dirname(folder) === folder) {
      const message = `The program ${name} for notebooks of tslab is missing: install Backtrail anew.`;
      throw new Stop(message, exit.unavailable);
    }
  }
}
