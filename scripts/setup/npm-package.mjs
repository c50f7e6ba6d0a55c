/**
 * Lays out what the package of npm holds: the command line, the tracker of TypeScript notebooks and the Python
 * that both call, all in the places that they have in the wheel. All is bundled, so it needs no other package:
 * what `package.json` of the repository names is for building the extension, which comes by the wheel.
 */
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './paths.mjs';

const FOLDERS = ['cli', 'tslab', 'replay', 'tracker', 'runlog', 'secrets', 'query'];
const FILES = ['__init__.py', '__main__.py', 'autoload.py', 'node.py'];

/** What both `package.json` say alike. */
const SAME = ['name', 'version', 'description', 'keywords', 'license', 'author', 'engines'];

/** @param {string} folder emptied first */
export function layNpmPackage(folder) {
  rmSync(folder, { recursive: true, force: true });
  const inside = join(folder, 'backtrail');
  mkdirSync(inside, { recursive: true });
  for (const name of FOLDERS) {
    cpSync(inRoot('backtrail', name), join(inside, name), {
      recursive: true,
      filter: path => !path.includes('__pycache__')
    });
  }
  for (const name of FILES) {
    copyFileSync(inRoot('backtrail', name), join(inside, name));
  }
  for (const name of ['README.md', 'LICENSE']) {
    copyFileSync(inRoot(name), join(folder, name));
  }
  const whole = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const manifest = {
    ...Object.fromEntries(SAME.map(field => [field, whole[field]])),
    bin: { backtrail: 'backtrail/cli/backtrail.mjs' },
    main: 'backtrail/tslab/index.cjs',
    types: 'backtrail/tslab/index.d.ts'
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
