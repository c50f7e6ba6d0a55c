/** Makes the Python environment and installs what requirements/dev.txt names into it. */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, readStamp, stamped } from './fingerprint.mjs';
import { environment, environmentVariables, inRoot, python, windows } from './paths.mjs';
import { SetUpError, runStep, step } from './progress.mjs';

/** The oldest Python that works, as `requires-python` in pyproject.toml has it. */
const OLDEST_PYTHON = [3, 10];

const REQUIREMENTS = 'requirements/dev.txt';

/** Stands while packages are being installed: an environment that has it was interrupted. */
const incomplete = join(environment, 'incomplete');

const stamp = join(environment, 'requirements.sha256');

const quiet = environmentVariables({ PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1' });

/**
 * @typedef {object} Python
 * @property {string[]} command the program and its first parameters
 * @property {string} version as `3.12.1`
 * @property {boolean} ensurepip it can put pip into an environment
 * @property {boolean} pip it has pip itself
 */

/**
 * @param {string[]} command
 * @returns {Python | undefined} undefined when there is no such Python, or it is too old
 */
function inspect(command) {
  const [program = '', ...parameters] = command;
  const question = `import importlib.util as u, sys
print(".".join(map(str, sys.version_info[:3])), *(u.find_spec(m) is not None for m in ("venv", "ensurepip", "pip")))`;
  const answer = spawnSync(program, [...parameters, '-c', question], { encoding: 'utf8' });
  const [version, venv, ensurepip, pip] = (answer.stdout ?? '').trim().split(' ');
  if (answer.status !== 0 || !version || venv !== 'True') {
    return undefined;
  }
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_PYTHON;
  return major === oldestMajor && minor >= oldestMinor
    ? { command, version, ensurepip: ensurepip === 'True', pip: pip === 'True' }
    : undefined;
}

/**
 * @returns {Python}
 * @throws SetUpError
 */
function findPython() {
  const names = ['python3', 'python', ...[13, 12, 11, 10, 14].map(minor => `python3.${minor}`)];
  const commands = [...(windows ? [['py', '-3']] : []), ...names.map(name => [name])];
  const found = commands.map(inspect).filter(each => each !== undefined);
  const best = found.find(each => each.ensurepip) ?? found.find(each => each.pip) ?? found[0];
  if (!best) {
    throw new SetUpError(
      `No Python ${OLDEST_PYTHON.join('.')} or newer was found as python3, python or py: install one from ` +
        'https://www.python.org/downloads/ or your package manager.'
    );
  }
  return best;
}

/**
 * Debian and Ubuntu keep `ensurepip` in a package of its own; the pip of the system does as well.
 *
 * @param {Python} base
 */
async function makeEnvironment(base) {
  const [program = '', ...parameters] = base.command;
  const make = [...parameters, '-m', 'venv', '--clear', environment];
  const title = `Making a Python ${base.version} environment in .venv`;
  if (base.ensurepip) {
    await runStep(title, program, make);
  } else if (base.pip) {
    await runStep(title, program, [...make, '--without-pip']);
    const pip = [...parameters, '-m', 'pip', '--python', python, 'install', 'pip'];
    await runStep('Installing pip', program, pip);
  } else {
    throw new SetUpError(
      `Python ${base.version} (${program}) cannot make environments: install its venv module ` +
        '(on Debian and Ubuntu: apt-get install python3-venv) and try again.'
    );
  }
}

/** Makes .venv and installs the packages, unless that was done for this list of packages. */
export async function ensurePythonPackages() {
  let present = inspect([python]);
  if (present && existsSync(incomplete)) {
    // What pip left half written looks installed to it: only a new environment is sure to be whole.
    await step('Removing an environment that was interrupted', async () => {
      rmSync(environment, { recursive: true, force: true });
    });
    present = undefined;
  }
  if (!present) {
    await makeEnvironment(findPython());
    present = inspect([python]);
  }
  if (!present) {
    throw new SetUpError(`The environment ${environment} does not work: delete it and try again.`);
  }
  const wanted = fingerprint([REQUIREMENTS], { also: present.version });
  if (readStamp(stamp) === wanted) {
    return;
  }
  await stamped(stamp, wanted, async () => {
    writeFileSync(incomplete, '');
    const install = ['-m', 'pip', 'install', '-r', inRoot(REQUIREMENTS)];
    await runStep('Installing Python packages', python, install, { env: quiet });
    rmSync(incomplete);
  });
}
