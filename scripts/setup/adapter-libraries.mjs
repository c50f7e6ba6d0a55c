/** Makes the environment in which adapters are tested, with the libraries that are too large for .venv. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, readStamp, stamped } from './fingerprint.mjs';
import {
  adaptersEnvironment,
  adaptersPython,
  cache,
  environmentVariables,
  inRoot,
  python
} from './paths.mjs';
import { npmCommand } from './node-packages.mjs';
import { runStep } from './progress.mjs';

const REQUIREMENTS = 'requirements/adapters.txt';

/** What TypeScript notebooks compute with: 69 packages of 294 MB for tfjs, three that draw, and data frames, which nothing else needs. */
const NODE_LIBRARIES = [
  '@tensorflow/tfjs@4.22.0',
  'alea@1.0.1',
  'chance@1.1.13',
  '@faker-js/faker@10.6.0',
  'danfojs-node@1.2.0',
  'arquero@7.2.1',
  'simple-statistics@7.12.1'
];

/** danfojs wants a package that lies in no registry, and the tfjs that computes in native code, which takes a download. */
const NODE_OVERRIDES = {
  xlsx: '0.18.5',
  '@tensorflow/tfjs-node': 'npm:@tensorflow/tfjs@4.22.0'
};

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

/** Installs those of Node, unless that was done, into a folder that test/adapters/conftest.py knows. */
export async function ensureNodeLibraries() {
  const folder = join(cache, 'adapters-node');
  const done = join(folder, 'libraries.txt');
  const wanted = [...NODE_LIBRARIES, JSON.stringify(NODE_OVERRIDES)].join(' ');
  if (readStamp(done) === wanted) {
    return;
  }
  mkdirSync(folder, { recursive: true });
  await stamped(done, wanted, async () => {
    const manifest = { private: true, overrides: NODE_OVERRIDES };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    const quietly = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
    const command = npmCommand('install', '--prefix', folder, ...quietly, ...NODE_LIBRARIES);
    const { program, parameters, shell } = command;
    await runStep('Installing the libraries of Node', program, parameters, { shell });
  });
}
