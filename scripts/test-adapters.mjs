/**
 * `npm run test:adapters`: gets the libraries that adapters are for, and runs the adapters and whole
 * notebooks against them. Parameters after `--` go to pytest.
 */
import { existsSync } from 'node:fs';
import { ensureAdapterLibraries } from './setup/adapter-libraries.mjs';
import { adaptersPython, environmentVariables, inRoot } from './setup/paths.mjs';
import { elapsed, runMain, runShown } from './setup/progress.mjs';
import { ensurePythonPackages } from './setup/python-packages.mjs';

const FOLDERS = ['test/adapters', 'test/corpus', 'test/replay/heavy'].filter(folder =>
  existsSync(inRoot(folder))
);

await runMain(async () => {
  const began = Date.now();
  await ensurePythonPackages();
  await ensureAdapterLibraries();
  const given = process.argv.slice(2);
  const named = given.some(parameter => parameter.startsWith('test/'));
  const pytest = ['-m', 'pytest', '--quiet', '-p', 'no:cacheprovider'];
  const code = await runShown(adaptersPython, [...pytest, ...(named ? [] : FOLDERS), ...given], {
    env: environmentVariables({ KERAS_BACKEND: 'torch', TF_CPP_MIN_LOG_LEVEL: '3' })
  });
  console.log(`${code === 0 ? '✓' : '✗'} adapters (${elapsed(began)})`);
  return code;
});
