/**
 * Bundles the tracker of TypeScript notebooks into one CommonJS file, which kernels of tslab load, with
 * the module and the types that notebooks import: for the wheel, and the same for the npm package.
 */
import { build } from 'esbuild';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';

const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));

for (const folder of [inRoot('backtrail', 'tslab'), inRoot('lib', 'tslab')]) {
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [inRoot('src/tslab/register.ts')],
    outfile: `${folder}/register.cjs`,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    define: { BACKTRAIL_VERSION: JSON.stringify(version) },
    legalComments: 'inline',
    logLevel: 'warning'
  });
  copyFileSync(inRoot('src/tslab/index.cjs'), `${folder}/index.cjs`);
  copyFileSync(inRoot('lib/tslab/api.d.ts'), `${folder}/index.d.ts`);
}
