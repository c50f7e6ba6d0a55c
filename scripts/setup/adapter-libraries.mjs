/** Makes the environment in which adapters are tested, with the libraries that are too large for .venv. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, readStamp, stamped } from './fingerprint.mjs';
import {
  adaptersEnvironment,
  adaptersPython,
  environmentVariables,
  inRoot,
  python
} from './paths.mjs';
import { runStep } from './progress.mjs';

const REQUIREMENTS = 'requirements/adapters.txt';

const stamp = join(adaptersEnvironment, 'requirements.sha256');

const quiet = environmentVariables({ PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1' });

/**
 * Installs the libraries, unless that was done for this list of them. The pip of .venv does it, and
 * leaves the compiling to the first import: most of the modules are never imported. The list is whole:
 * what a library wants beside it is not looked for.
 */
export async function ensureAdapterLibraries() {
  const wanted = fingerprint([REQUIREMENTS]);
  if (existsSync(adaptersPython) && readStamp(stamp) === wanted) {
    return;
  }
  await stamped(stamp, wanted, async () => {
    const make = ['-m', 'venv', '--clear', '--without-pip', adaptersEnvironment];
    await runStep('Making an environment in .adapters-venv', python, make);
    const pip = ['-m', 'pip', '--python', adaptersPython, 'install', '--no-compile', '--no-deps'];
    const install = [...pip, '-r', inRoot(REQUIREMENTS)];
    await runStep('Installing the libraries of adapters', python, install, { env: quiet });
  });
}
