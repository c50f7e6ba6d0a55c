/** Brings a clone to where it runs: packages, build, environment. Each step is skipped when done. */
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './develop.mjs';
import { checkNode, ensureNodePackages } from './node-packages.mjs';
import { ensurePythonPackages } from './python-packages.mjs';

/** @throws SetUpError */
export async function prepare() {
  checkNode();
  await ensureNodePackages();
  await ensurePythonPackages();
  await ensureBuilt();
  await ensureInstalled();
}
