/** Builds the parts whose sources changed: JavaScript, the JupyterLab extension, the command line. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, readStamp, stamped } from './fingerprint.mjs';
import { cache, inRoot, nodeProgram, root } from './paths.mjs';
import { runStep } from './progress.mjs';

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string} title
 * @property {string[]} inputs
 * @property {RegExp} [only] which files of the input folders count
 * @property {string} output a file that is there when the part is built
 * @property {string} [clears] folder that is emptied first, so that nothing stays of removed sources
 * @property {string[]} command parameters of Node
 */

/** @type {Part[]} in the order in which they are built */
const PARTS = [
  {
    name: 'javascript',
    title: 'Compiling TypeScript',
    inputs: ['src', 'tsconfig.json', 'package-lock.json'],
    output: 'lib/lab/index.js',
    clears: 'lib',
    command: [nodeProgram('typescript/bin/tsc'), '-p', inRoot('tsconfig.json')]
  },
  {
    name: 'labextension',
    title: 'Building the JupyterLab extension',
    inputs: ['lib', 'style', 'schema', 'package.json', 'package-lock.json'],
    only: /\.(js|css|svg|json)$/,
    output: 'backtrail/labextension/package.json',
    command: [
      nodeProgram('@jupyter/builder/lib/build-labextension.js'),
      '--core-package-file',
      nodeProgram('@jupyterlab/core-meta/core.package.json'),
      root
    ]
  },
  {
    name: 'command-line',
    title: 'Bundling the command line',
    inputs: [
      'src',
      'scripts/setup/bundle.mjs',
      'tsconfig.json',
      'package.json',
      'package-lock.json'
    ],
    output: 'backtrail/cli/backtrail.mjs',
    command: [inRoot('scripts', 'setup', 'bundle.mjs')]
  },
  {
    name: 'tslab',
    title: 'Bundling the tracker of TypeScript notebooks',
    inputs: [
      ...['src/tslab', 'src/secrets', 'src/runlog', 'lib/tslab/api.d.ts'],
      ...['scripts/setup/bundle-tslab.mjs', 'tsconfig.json', 'package.json', 'package-lock.json']
    ],
    output: 'backtrail/tslab/register.cjs',
    command: [inRoot('scripts', 'setup', 'bundle-tslab.mjs')]
  }
];

/** @param {Part} part */
function stampOf(part) {
  return join(cache, 'build', part.name);
}

/** @param {Part} part */
async function build({ clears, title, command }) {
  if (clears) {
    rmSync(inRoot(clears), { recursive: true, force: true });
  }
  await runStep(title, process.execPath, command);
}

/** Builds what is not there or is older than its sources. */
export async function ensureBuilt() {
  for (const part of PARTS) {
    const wanted = fingerprint(part.inputs, part.only ? { only: part.only } : {});
    if (readStamp(stampOf(part)) !== wanted || !existsSync(inRoot(part.output))) {
      await stamped(stampOf(part), wanted, () => build(part));
    }
  }
}
