/** Where the record of this kernel goes: which notebook it is, and in which folder its runs are kept. */
import { existsSync, readFileSync, readlinkSync } from './disk.js';
import { homedir } from 'node:os';
import { basename, dirname, extname, isAbsolute, join, normalize, resolve } from 'node:path';

/** A notebook and its folders, all absolute. */
export interface IPlace {
  /** The path of the notebook. */
  readonly notebook: string;
  /** The name of the notebook's folder under `runs`. */
  readonly name: string;
  /** The folder of runs. */
  readonly runs: string;
}

const ENDING = '.ipynb';

/** The place for a notebook named by whoever attaches, or, when that is empty, found by itself. */
export function findPlace(notebook: string, directory: string): IPlace {
  const path = resolveNotebook(notebook || guess());
  const wanted = (process.env['BACKTRAIL_DIR'] || directory).replace(/^~(?=$|[\\/])/, homedir());
  // A relative folder is relative to the notebook, as the paths in the log are.
  return {
    notebook: path,
    name: notebookName(path),
    runs: resolve(dirname(path), wanted || 'runs')
  };
}

/** The absolute path of a notebook that is named absolutely, or as the contents service names it. */
export function resolveNotebook(notebook: string): string {
  if (isAbsolute(notebook)) {
    return normalize(notebook);
  }
  const tail = notebook.replaceAll('\\', '/').replace(/^\/+/, '');
  const session = process.env['JPY_SESSION_NAME'] ?? '';
  if (isAbsolute(session) && session.replaceAll('\\', '/').endsWith(`/${tail}`)) {
    return normalize(session);
  }
  // Kernels start in the folder of their notebook; the contents path begins at the server's root.
  const whole = join(process.cwd(), tail);
  return existsSync(whole) ? whole : join(process.cwd(), basename(tail));
}

function notebookName(path: string): string {
  const name =
    extname(path).toLowerCase() === ENDING ? basename(path, extname(path)) : basename(path);
  return /[^. ]/.test(name) ? name : 'notebook';
}

function guess(): string {
  const session = process.env['JPY_SESSION_NAME'] ?? '';
  return session.toLowerCase().endsWith(ENDING) ? session : parentsArgument() || 'notebook';
}

/** The notebook in the command line of the process that started the kernel (nbconvert, papermill). */
function parentsArgument(): string {
  try {
    const words = readFileSync(`/proc/${process.ppid}/cmdline`, 'utf8').split('\0').slice(1);
    // papermill names the input, then the output, and the output is what stays beside the record.
    const found = words.filter(word => word.toLowerCase().endsWith(ENDING)).at(-1);
    return found ? resolve(readlinkSync(`/proc/${process.ppid}/cwd`), found) : '';
  } catch {
    return '';
  }
}
