/** Where tslab is: its own copy first, then those that a notebook's folder or the path would start. */
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { existsSync, realpathSync } from '../disk.js';

/**
 * The folder of the package.
 *
 * @param recorded - the copy that the record names, or undefined.
 * @param cwd - where a kernel would be started.
 * @param near - a file from which on packages are looked for at last.
 */
export function findTslab(
  recorded: string | undefined,
  cwd: string,
  near: string
): string | undefined {
  const candidates = [
    () => recorded,
    () => packageFrom(join(cwd, 'src.js')),
    ...onPath(),
    () => packageFrom(near)
  ];
  for (const candidate of candidates) {
    const folder = candidate();
    if (folder !== undefined && existsSync(join(folder, 'dist', 'jupyter.js'))) {
      return folder;
    }
  }
  return undefined;
}

function packageFrom(file: string): string | undefined {
  try {
    return dirname(dirname(createRequire(file).resolve('tslab/dist/main.js')));
  } catch {
    return undefined;
  }
}

/** The packages whose programs are on the path; the program is a link into its package. */
function onPath(): Array<() => string | undefined> {
  return (process.env['PATH'] ?? '').split(delimiter).map(folder => () => {
    const program = join(folder, process.platform === 'win32' ? 'tslab.cmd' : 'tslab');
    if (!existsSync(program)) {
      return undefined;
    }
    const beside = join(folder, 'node_modules', 'tslab');
    return existsSync(beside) ? beside : dirname(dirname(realpathSync(program)));
  });
}
