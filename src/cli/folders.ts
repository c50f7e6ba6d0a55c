/**
 * Which folders hold runs.
 */

import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { exit, Stop, type ICall } from './command.js';

/** The folder of a notebook: `runs/<notebook>`. */
export interface INotebookFolder {
  /** The `runs` folder it is in. */
  readonly runs: string;
  readonly folder: string;
  readonly name: string;
}

/**
 * The folders of runs to look at, each once.
 *
 * @param root - the option `--root`: a folder of runs, or one that has such a folder
 * @throws Stop where `root` is no folder
 */
export function runsFolders(
  root: string | undefined,
  environment: NodeJS.ProcessEnv,
  cwd: string
): string[] {
  if (root !== undefined) {
    const folder = resolve(cwd, root);
    if (!isFolder(folder)) {
      throw new Stop(`There is no folder ${folder}.`, exit.usage);
    }
    return [
      holdsNotebooks(folder) || !isFolder(join(folder, 'runs')) ? folder : join(folder, 'runs')
    ];
  }
  const named = environment.BACKTRAIL_DIR;
  const folders = named
    ? [resolve(cwd, named.replace(/^~(?=$|[\\/])/, homedir()))]
    : [join(cwd, 'runs'), ...remembered(environment)];
  return [...new Map(folders.filter(isFolder).map(folder => [real(folder), folder])).values()];
}

/** The folders of notebooks in a folder of runs: those with `sessions`, nothing foreign. */
export function notebookFolders(runs: string): INotebookFolder[] {
  return names(runs)
    .filter(name => name !== 'blobs' && isFolder(join(runs, name, 'sessions')))
    .sort()
    .map(name => ({ runs, folder: join(runs, name), name }));
}

/** The folders of notebooks that a call looks at. */
export function notebookPlaces({ option, environment, cwd }: ICall): INotebookFolder[] {
  return runsFolders(option('root'), environment, cwd).flatMap(notebookFolders);
}

/** The names in a folder; none where it is none. */
export function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return [];
    }
    throw error;
  }
}

/** The folders that writers noted in Jupyter's data directory. A note that cannot be read is left out. */
function remembered(environment: NodeJS.ProcessEnv): string[] {
  const notes = join(jupyterData(environment), 'backtrail', 'directories');
  if (!existsSync(notes)) {
    return [];
  }
  return names(notes)
    .filter(name => name.endsWith('.json') && !name.startsWith('.'))
    .flatMap(name => {
      try {
        const note: unknown = JSON.parse(readFileSync(join(notes, name), 'utf8'));
        const path = (note as { path?: unknown } | null)?.path;
        return typeof path === 'string' && isAbsolute(path) ? [path] : [];
      } catch {
        return [];
      }
    });
}

/** Jupyter's data directory, as the trackers find it. */
export function jupyterData(environment: NodeJS.ProcessEnv): string {
  if (environment.JUPYTER_DATA_DIR) {
    return environment.JUPYTER_DATA_DIR;
  }
  const home = homedir();
  if (process.platform === 'darwin') {
    return join(home, 'Library', 'Jupyter');
  }
  if (process.platform === 'win32') {
    return environment.APPDATA
      ? join(environment.APPDATA, 'jupyter')
      : join(home, '.jupyter', 'data');
  }
  return join(environment.XDG_DATA_HOME || join(home, '.local', 'share'), 'jupyter');
}

function holdsNotebooks(folder: string): boolean {
  return existsSync(join(folder, 'blobs', 'sha256')) || notebookFolders(folder).length > 0;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
