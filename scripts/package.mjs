/** `npm run package`: the wheel, the source distribution and the npm package, in `dist/`. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { npmCommand } from './setup/node-packages.mjs';
import { layNpmPackage } from './setup/npm-package.mjs';
import { cache, environmentVariables, inRoot, python } from './setup/paths.mjs';
import { prepare } from './setup/prepare.mjs';
import { runMain, runStep } from './setup/progress.mjs';

await runMain(async () => {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  const out = values.out === undefined ? inRoot('dist') : resolve(values.out);
  await prepare();
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const build = ['-m', 'build', '--no-isolation', '--outdir', out];
  await runStep('Building the wheel and the source distribution', python, build, {
    env: environmentVariables()
  });
  const folder = join(cache, 'npm-package');
  layNpmPackage(folder);
  const { program, parameters, shell } = npmCommand('pack', folder, '--pack-destination', out);
  await runStep('Packing the npm package', program, parameters, { shell });
  for (const name of readdirSync(out)) {
    console.log(resolve(out, name));
  }
});
