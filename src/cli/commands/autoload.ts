import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exit, Stop, usageError, type ICommand } from '../command.js';

/** `backtrail autoload`: done by the Python package, which knows where the tracker is. */
export const autoload: ICommand = {
  name: 'autoload',
  usage: 'on|off|status',
  does: 'Records every Python kernel of yours, also without JupyterLab; `off` ends that.',
  options: [],
  completes: ['on', 'off', 'status'],
  run: call => {
    const [action, more] = call.words;
    if (more !== undefined || !['on', 'off', 'status'].includes(action ?? '')) {
      throw usageError('Usage: backtrail autoload on|off|status [--json]');
    }
    const words = ['-m', 'backtrail', 'autoload', action, ...(call.flag('json') ? ['--json'] : [])];
    const place = packagePlace();
    const path = [place, call.environment.PYTHONPATH].filter(Boolean).join(delimiter);
    const env = { ...call.environment, ...(place ? { PYTHONPATH: path } : {}) };
    for (const python of process.platform === 'win32' ? ['py', 'python'] : ['python3', 'python']) {
      const { error, status, stdout, stderr } = spawnSync(python, words, { encoding: 'utf8', env });
      if (error) {
        continue;
      }
      if (status === 1 && stderr.includes('No module named backtrail')) {
        break;
      }
      call.print(stdout);
      stderr.split('\n').filter(Boolean).forEach(call.say);
      return status ?? exit.failed;
    }
    throw new Stop(
      'The Python package of Backtrail was not found: `pip install backtrail` brings it.',
      exit.unavailable
    );
  }
};

/** The folder that holds the Python package, when this file lies inside it or beside it. */
function packagePlace(): string | undefined {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'backtrail', 'autoload.py'))) {
      return folder;
    }
    if (dirname(folder) === folder) {
      return undefined;
    }
  }
}
