/** Installs what package-lock.json names into node_modules. */
import { existsSync, readFileSync } from 'node:fs';
import { inRoot, windows } from './paths.mjs';
import { SetUpError, runStep } from './progress.mjs';

/** The oldest Node that works, as `engines` in package.json has it. */
const OLDEST_NODE = [20, 19];

/** @throws SetUpError when Node is too old */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    throw new SetUpError(
      `Node ${process.versions.node} is too old: install Node ${OLDEST_NODE.join('.')} or newer.`
    );
  }
}

/**
 * @param {string} path of a lock file
 * @returns {Record<string, {version?: string, optional?: boolean}>} package folder -> entry
 */
function lockedPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}

/**
 * npm writes node_modules/.package-lock.json when an installation is complete: what it names is what
 * is there. Packages for another system are optional and may be absent.
 *
 * @returns {boolean}
 */
export function nodePackagesAreCurrent() {
  const installedLock = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(installedLock)) {
    return false;
  }
  const installed = lockedPackages(installedLock);
  return Object.entries(lockedPackages(inRoot('package-lock.json'))).every(([path, entry]) => {
    const present = installed[path];
    return path === '' || (present ? present.version === entry.version : entry.optional === true);
  });
}

/**
 * npm tells where it is to the scripts that it runs; npm.cmd of Windows needs a shell.
 *
 * @param {...string} parameters of npm
 * @returns {{ program: string, parameters: string[], shell: boolean }}
 */
export function npmCommand(...parameters) {
  const npm = process.env['npm_execpath'];
  return npm?.endsWith('npm-cli.js')
    ? { program: process.execPath, parameters: [npm, ...parameters], shell: false }
    : { program: 'npm', parameters, shell: windows };
}

/** Runs `npm ci` unless node_modules is what the lock file says. */
export async function ensureNodePackages() {
  if (!nodePackagesAreCurrent()) {
    const command = npmCommand('ci', '--no-audit', '--no-fund', '--loglevel=error');
    const { program, parameters, shell } = command;
    await runStep('Installing Node packages', program, parameters, { shell });
  }
}
