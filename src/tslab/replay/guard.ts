/** Keeps a replay from changing what is the user's: it reads there, and writes in a folder of its own. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { realpathSync } from '../disk.js';

/** Functions that change files, and which of their arguments are paths. */
const CHANGES: Readonly<Record<string, readonly number[]>> = {
  appendFile: [0],
  chmod: [0],
  copyFile: [1],
  cp: [1],
  createWriteStream: [0],
  link: [1],
  mkdir: [0],
  mkdtemp: [0],
  rename: [0, 1],
  rm: [0],
  rmdir: [0],
  symlink: [1],
  truncate: [0],
  unlink: [0],
  utimes: [0],
  writeFile: [0]
};

const READING = /^(?:r|rs)$/;

type Call = (...parameters: unknown[]) => unknown;

/**
 * From now on, what code of this process changes by `fs` in the folders fails. What child processes and
 * native code change is not seen.
 */
export function protect(folders: readonly string[]): void {
  const roots = folders.map(folder => whole(folder) + sep);
  const isKept = (path: unknown): path is string => {
    const text = textOf(path);
    return text !== undefined && roots.some(root => `${whole(text)}${sep}`.startsWith(root));
  };
  const kept = (name: string, parameters: unknown[]): string | undefined => {
    if (name === 'open') {
      const flags = parameters[1];
      const writes =
        typeof flags === 'number'
          ? (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR | fs.constants.O_CREAT)) !== 0
          : typeof flags === 'string' && !READING.test(flags);
      return writes && isKept(parameters[0]) ? parameters[0] : undefined;
    }
    return CHANGES[name].map(index => parameters[index]).find(isKept);
  };
  for (const name of ['open', ...Object.keys(CHANGES)]) {
    const own = fs as unknown as Record<string, Call | undefined>;
    const promises = fs.promises as unknown as Record<string, Call | undefined>;
    take(own, `${name}Sync`, name, kept, path => {
      throw refusal(path);
    });
    take(own, name, name, kept, (path, parameters) => {
      const answer = parameters.at(-1);
      if (typeof answer !== 'function') {
        throw refusal(path);
      }
      process.nextTick(answer, refusal(path));
    });
    take(promises, name, name, kept, path => Promise.reject(refusal(path)));
  }
  syncBuiltinESMExports();
}

function take(
  owner: Record<string, Call | undefined>,
  property: string,
  name: string,
  kept: (name: string, parameters: unknown[]) => string | undefined,
  refuse: (path: string, parameters: unknown[]) => unknown
): void {
  const original = owner[property];
  if (typeof original === 'function') {
    // A proxy keeps name, length and text as they are.
    owner[property] = new Proxy<Call>(original, {
      apply(call, self, parameters: unknown[]) {
        const path = kept(name, parameters);
        return path === undefined
          ? Reflect.apply(call, self, parameters)
          : refuse(path, parameters);
      }
    });
  }
}

function refusal(path: string): Error {
  const message = `A replay changes nothing outside its own folder, and this is there: ${path}`;
  return Object.assign(new Error(message), { code: 'EACCES', path });
}

function textOf(path: unknown): string | undefined {
  if (typeof path === 'string') {
    return path;
  }
  if (path instanceof URL && path.protocol === 'file:') {
    return fileURLToPath(path);
  }
  return Buffer.isBuffer(path) ? path.toString() : undefined;
}

/** A path without links, as far as it is there. */
function whole(path: string): string {
  const absolute = resolve(path);
  try {
    return realpathSync(absolute);
  } catch {
    const above = dirname(absolute);
    return above === absolute ? absolute : join(whole(above), absolute.slice(above.length));
  }
}
