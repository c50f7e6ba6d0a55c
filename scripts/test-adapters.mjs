/**
 * `npm run test:adapters`: gets the libraries that adapters are for, and runs the adapters and whole
 * notebooks against them. Parameters after `--` go to pytest.
 */
import { ensureAdapterLibraries, ensureNodeLibraries } from './setup/adapter-libraries.mjs';
import { adaptersPython, environmentVariables } from './setup/paths.mjs';
import { elapsed, runBeside, runMain } from './setup/progress.mjs';
import { ensurePythonPackages } from './setup/python-packages.mjs';

/** Those of one row run one after another, the rows side by side. */
const ROWS = [['test/adapters'], ['test/corpus', 'test/replay/heavy']];

await runMain(async () => {
  const began = Date.now();
  await ensurePythonPackages();
  await ensureAdapterLibraries();
  await ensureNodeLibraries();
  const given = process.argv.slice(2);
  const named = given.some(parameter => parameter.startsWith('test/'));
  // As in test.mjs.
  const again = process.env.CI ? ['--reruns', '1'] : [];
  const pytest = [adaptersPython, '-m', 'pytest', '--quiet', '-p', 'no:cacheprovider', ...again];
  const rows = named ? [[]] : ROWS;
  const code = await runBeside(
    rows.map(folders => [...pytest, ...folders, ...given]),
    { env: environmentVariables({ KERAS_BACKEND: 'torch', TF_CPP_MIN_LOG_LEVEL: '3' }) }
  );
  console.log(`${code === 0 ? '✓' : '✗'} adapters (${elapsed(began)})`);
  return code;
});
