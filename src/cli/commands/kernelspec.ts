import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { exit, Stop, usageError, type ICall, type ICommand } from '../command.js';
import { jupyterData } from '../folders.js';
import { reason } from '../reason.js';
import { tslabProgram } from '../tslabprogram.js';

/** The kernels, by the names that notebooks and tools call them. */
const KERNELS = {
  'tslab-backtrail': { display_name: 'TypeScript (recorded)', language: 'typescript', words: [] },
  'jslab-backtrail': {
    display_name: 'JavaScript (recorded)',
    language: 'javascript',
    words: ['--js']
  }
};

/** `backtrail kernelspec` */
export const kernelspec: ICommand = {
  name: 'kernelspec',
  usage: 'install|remove|list [--user|--sys-prefix|--prefix DIR]',
  does: 'Makes kernels of tslab known to Jupyter that are recorded also without JupyterLab.',
  options: [
    { name: 'user', does: 'for this user: what is done by itself' },
    { name: 'sys-prefix', does: 'in the active environment of Python' },
    { name: 'prefix', value: 'DIR', does: 'in DIR/share/jupyter/kernels' },
    {
      name: 'tslab',
      value: 'DIR',
      does: 'the package of tslab, where it is not beside the notebook or on PATH'
    }
  ],
  run: call => {
    const [action = '', more] = call.words;
    if (more !== undefined || !['install', 'remove', 'list'].includes(action)) {
      throw usageError(
        'Usage: backtrail kernelspec install|remove|list [--user|--sys-prefix|--prefix DIR]'
      );
    }
    const folder = join(dataFolder(call), 'kernels');
    try {
      const done =
        action === 'install'
          ? install(call, folder)
          : action === 'remove'
            ? remove(folder)
            : list(folder);
      if (call.flag('json')) {
        call.print(`${JSON.stringify({ kernels: done }, null, 1)}\n`);
      } else {
        Object.values(done).forEach(path => call.print(`${path}\n`));
      }
    } catch (error) {
      throw error instanceof Stop
        ? error
        : new Stop(`${folder} cannot be written: ${reason(error)}.`, exit.inputOutput);
    }
    return exit.ok;
  }
};

/** What was done, or is there: the folder of each kernel, by its name. */
type Kernels = Record<string, string>;

function install(call: ICall, folder: string): Kernels {
  const tslab = call.option('tslab');
  const place = tslab === undefined ? [] : ['--tslab', packageAt(resolve(call.cwd, tslab))];
  const program = tslabProgram('kernel.cjs');
  return Object.fromEntries(
    Object.entries(KERNELS).map(([name, { display_name, language, words }]) => {
      const spec = {
        argv: [process.execPath, program, '--config-path', '{connection_file}', ...place, ...words],
        display_name,
        language
      };
      const path = join(folder, name);
      mkdirSync(path, { recursive: true });
      writeFileSync(join(path, 'kernel.json'), `${JSON.stringify(spec, null, 1)}\n`);
      return [name, path];
    })
  );
}

function packageAt(folder: string): string {
  if (!existsSync(join(folder, 'dist', 'main.js'))) {
    throw usageError(`${folder} is not the package of tslab: it has no dist/main.js.`);
  }
  return folder;
}

function remove(folder: string): Kernels {
  const found = list(folder);
  for (const path of Object.values(found)) {
    rmSync(path, { recursive: true });
  }
  return found;
}

function list(folder: string): Kernels {
  return Object.fromEntries(
    Object.keys(KERNELS)
      .map(name => [name, join(folder, name)] as const)
      .filter(([, path]) => isOurs(join(path, 'kernel.json')))
  );
}

/** A kernel that somebody else gave that name is left alone. */
function isOurs(path: string): boolean {
  try {
    const { argv } = JSON.parse(readFileSync(path, 'utf8')) as { argv?: unknown };
    return (
      Array.isArray(argv) && argv.some(word => /[\\/]tslab[\\/]kernel\.cjs$/.test(String(word)))
    );
  } catch {
    return false;
  }
}

/** The data directory of Jupyter that is meant. */
function dataFolder(call: ICall): string {
  const prefix = call.option('prefix');
  const asked = [prefix !== undefined, call.flag('sys-prefix'), call.flag('user')];
  if (asked.filter(Boolean).length > 1) {
    throw usageError('--user, --sys-prefix and --prefix exclude each other.');
  }
  if (prefix !== undefined) {
    return join(resolve(call.cwd, prefix), 'share', 'jupyter');
  }
  return call.flag('sys-prefix')
    ? join(activeEnvironment(call.environment), 'share', 'jupyter')
    : jupyterData(call.environment);
}

/** The environment of Python that is active, else the one whose `jupyter` is on the path. */
function activeEnvironment({ VIRTUAL_ENV, CONDA_PREFIX, PATH = '' }: NodeJS.ProcessEnv): string {
  const active = VIRTUAL_ENV ?? CONDA_PREFIX;
  if (active) {
    return active;
  }
  const program = process.platform === 'win32' ? 'jupyter.exe' : 'jupyter';
  const folder = PATH.split(delimiter).find(one => existsSync(join(one, program)));
  if (folder === undefined) {
    throw new Stop(
      'No environment of Python is active, and there is no jupyter on PATH: --prefix names one.',
      exit.unavailable
    );
  }
  return dirname(folder);
}
