/** Installs Backtrail itself into the environment, so that what is edited here is what runs. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fingerprint, readStamp, stamped } from './fingerprint.mjs';
import { environment, environmentVariables, inRoot, python } from './paths.mjs';
import { runStep } from './progress.mjs';

const INPUTS = ['pyproject.toml', 'package.json', 'install.json', 'jupyter-config'];

const stamp = join(environment, 'backtrail.sha256');

const installed = join(environment, 'share', 'jupyter', 'labextensions', 'backtrail');

const built = inRoot('backtrail', 'labextension');

/** @returns {boolean} whether the environment's extension is a link, whatever it leads to */
function isLink() {
  return lstatSync(installed, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

/** Removes the link, never what it leads to. */
function unlink() {
  if (isLink()) {
    unlinkSync(installed);
  }
}

/** Puts a link to the built extension where JupyterLab looks for it. */
function link() {
  if (isLink() && resolve(dirname(installed), readlinkSync(installed)) === resolve(built)) {
    return;
  }
  rmSync(installed, { recursive: true, force: true });
  mkdirSync(dirname(installed), { recursive: true });
  // A junction needs no rights of an administrator on Windows; elsewhere the type is ignored.
  symlinkSync(built, installed, 'junction');
}

/** JupyterLab's own news and update checks ask servers on the network; examples and tests do not. */
function turnOffAnnouncements() {
  const config = join(environment, 'etc', 'jupyter', 'labconfig', 'page_config.json');
  if (!existsSync(config)) {
    mkdirSync(dirname(config), { recursive: true });
    const disabled = { '@jupyterlab/apputils-extension:announcements': true };
    writeFileSync(config, JSON.stringify({ disabledExtensions: disabled }, undefined, 2));
  }
}

/** The Yarn that JupyterLab brings is CommonJS, which package.json of the repository would deny. */
function keepCommonJs() {
  const manifest = join(environment, 'package.json');
  if (!existsSync(manifest)) {
    writeFileSync(manifest, '{ "private": true, "type": "commonjs" }\n');
  }
}

/** Installs the package in editable form, unless that was done; needs the extension to be built. */
export async function ensureInstalled() {
  const wanted = fingerprint(INPUTS);
  if (readStamp(stamp) !== wanted) {
    await stamped(stamp, wanted, async () => {
      // pip removes what it installed before, and would do so through the link.
      unlink();
      const install = ['install', '--no-deps', '--no-build-isolation', '--editable', inRoot()];
      await runStep('Installing Backtrail', python, ['-m', 'pip', ...install], {
        env: environmentVariables({
          PIP_DISABLE_PIP_VERSION_CHECK: '1',
          PIP_NO_INPUT: '1',
          // The extension is built already; the hook of the package's build would call npm again.
          SKIP_JUPYTER_BUILDER: '1'
        })
      });
    });
  }
  link();
  turnOffAnnouncements();
  keepCommonJs();
}
