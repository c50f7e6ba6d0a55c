/** Where things are in the repository and in its Python environment. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const windows = process.platform === 'win32';

/** The repository's top folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The Python environment that the set-up makes. */
export const environment = join(root, '.venv');

/** The folder of the environment's programs. */
export const programs = join(environment, windows ? 'Scripts' : 'bin');

/** The environment's Python. */
export const python = join(programs, windows ? 'python.exe' : 'python');

/** The environment for the libraries that adapters are tested against. */
export const adaptersEnvironment = join(root, '.adapters-venv');

/** The Python of that environment. */
export const adaptersPython = join(
  adaptersEnvironment,
  windows ? 'Scripts' : 'bin',
  windows ? 'python.exe' : 'python'
);

/** What the set-up and the build remember between calls. */
export const cache = join(root, '.cache');

/**
 * @param {...string} parts path below the repository's top folder
 * @returns {string}
 */
export function inRoot(...parts) {
  return join(root, ...parts);
}

/**
 * @param {string} name a program that a development dependency brings, as its file in node_modules
 * @returns {string}
 */
export function nodeProgram(name) {
  return join(root, 'node_modules', ...name.split('/'));
}

/**
 * The variables under which the environment's programs and kernels run: its folder comes first, so
 * that `python` in a kernel specification or a shell line of a notebook means this environment.
 *
 * @param {NodeJS.ProcessEnv} [extra]
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentVariables(extra = {}) {
  const variables = { ...process.env };
  delete variables['PYTHONHOME'];
  const path = Object.keys(variables).find(key => key.toUpperCase() === 'PATH') ?? 'PATH';
  return {
    ...variables,
    VIRTUAL_ENV: environment,
    [path]: `${programs}${windows ? ';' : ':'}${variables[path] ?? ''}`,
    ...extra
  };
}
