/** Tells whether files changed since something was made of them. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';

/**
 * A hash of the names and the contents of files and folders; what does not exist counts as such.
 *
 * @param {string[]} paths below the repository's top folder
 * @param {{ only?: RegExp, also?: string }} [options] `only`: which files of a folder count;
 *   `also`: anything else that matters
 * @returns {string}
 */
export function fingerprint(paths, { only = /./, also = '' } = {}) {
  const hash = createHash('sha256').update(also);
  /** @param {string} path */
  const add = path => {
    const full = join(root, path);
    if (!existsSync(full)) {
      hash.update(`\0${path}\0absent`);
    } else if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) {
        add(`${path}/${name}`);
      }
    } else if (only.test(path) || paths.includes(path)) {
      hash.update(`\0${path}\0`).update(readFileSync(full));
    }
  };
  paths.forEach(add);
  return hash.digest('hex');
}

/**
 * @param {string} stamp file that holds the fingerprint of what was last made
 * @returns {string} empty when nothing was
 */
export function readStamp(stamp) {
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
}

/**
 * Does work whose result is good for one fingerprint. The stamp goes before the work and comes back
 * after it, so what was interrupted is done again.
 *
 * @param {string} stamp
 * @param {string} value
 * @param {() => Promise<void>} work
 * @returns {Promise<void>}
 */
export async function stamped(stamp, value, work) {
  rmSync(stamp, { force: true });
  await work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, value);
}
