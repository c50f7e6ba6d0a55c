/**
 * Bundles the tracker of TypeScript notebooks into one CommonJS file, which kernels of tslab load, with
 * the module and the types that notebooks import. Beside it lie programs that use it: one plays the cells
 * of a run, one starts a kernel that is recorded.
 */
import { build } from 'esbuild';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';

const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));

/** There is one tracker in a process: the programs take it from the file beside them. */
const trackerBeside = {
  name: 'tracker beside',
  /** @param {import('esbuild').PluginBuild} bundler */
  setup(bundler) {
    bundler.onResolve({ filter: /\/register\.js$/ }, () => ({
      path: './register.cjs',
      external: true
    }));
  }
};

const folder = inRoot('backtrail', 'tslab');
mkdirSync(folder, { recursive: true });
/** @type {import('esbuild').BuildOptions} */
const usual = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  define: { BACKTRAIL_VERSION: JSON.stringify(version) },
  legalComments: 'inline',
  logLevel: 'warning'
};
await build({
  ...usual,
  entryPoints: [inRoot('src/tslab/register.ts')],
  outfile: `${folder}/register.cjs`
});
await build({
  ...usual,
  entryPoints: {
    kernel: inRoot('src/tslab/launcher.ts'),
    play: inRoot('src/tslab/replay/play.ts')
  },
  outdir: folder,
  outExtension: { '.js': '.cjs' },
  plugins: [trackerBeside]
});
copyFileSync(inRoot('src/tslab/index.cjs'), `${folder}/index.cjs`);
copyFileSync(inRoot('lib/tslab/api.d.ts'), `${folder}/index.d.ts`);
