/** Bundles the command line into one file, which the wheel carries: it needs Node and nothing else. */
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';

const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));

await build({
  entryPoints: [inRoot('src/cli/main.ts')],
  outfile: inRoot('backtrail/cli/backtrail.mjs'),
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  define: { BACKTRAIL_VERSION: JSON.stringify(version) },
  legalComments: 'inline',
  logLevel: 'warning'
});
