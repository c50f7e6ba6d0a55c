/**
 * `npm run test:adapters`: gets the libraries that adapters are for, and runs the adapters and whole
 * notebooks against them. Parameters after `--` go to pytest.
 */
import { runRows, toldAlone } from './setup/again.mjs';
import { ensureAdapterLibraries, ensureNodeLibraries } from './setup/adapter-libraries.mjs';
import { adaptersPython, environmentVariables } from './setup/paths.mjs';
import { elapsed, runMain } from './setup/progress.mjs';
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
  const pytest = [adaptersPython, '-m', 'pytest', '--quiet', '-p', 'no:cacheprovider'];
  const rows = named ? [[]] : ROWS;
  const { code, alone } = await runRows(
    rows.map(folders => [...pytest, ...folders, ...given]),
    { env: environmentVariables({ KERAS_BACKEND: 'torch', TF_CPP_MIN_LOG_LEVEL: '3' }) }
  );
  console.log(`${code === 0 ? '✓' : '✗'} adapters (${elapsed(began)})${toldAlone(alone)}`);
  return code;
});
