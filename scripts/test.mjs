/**
 * `npm test`: gets what is missing, a browser included, and runs every check in order. It stops at the
 * first that fails. `npm test -- --only NAME` runs one part, and may be given more than once.
 */
import { parseArgs } from 'node:util';
import { runRows, toldAlone } from './setup/again.mjs';
import { ensureBrowser } from './setup/browser.mjs';
import { environmentVariables, nodeProgram, python } from './setup/paths.mjs';
import { prepare } from './setup/prepare.mjs';
import { SetUpError, elapsed, runMain, runShown } from './setup/progress.mjs';

const PYTEST = [python, '-m', 'pytest', '--quiet', '-p', 'no:cacheprovider'];

/** Tests of kernels of Python that run behind those of tslab, so that all rows take about as long. */
const BEHIND = ['files', 'system'].map(name => `test/kernels/test_python_${name}.py`);

/** Tests that have a run of their own: those of real kernels here, others where their libraries are. */
const APART = ['kernels', 'package', 'adapters', 'corpus', 'replay/heavy'];

/**
 * Part -> its command, or its rows of pytest, in the order of running. Rows run side by side: kernels start and
 * end all the time, and leave half of a machine with two cores idle.
 *
 * @type {Record<string, string[] | { rows: string[][] }>}
 */
const PARTS = {
  lint: [process.execPath, 'scripts/lint.mjs'],
  unit: [process.execPath, nodeProgram('vitest/vitest.mjs'), 'run'],
  python: {
    rows: [
      [
        ...PYTEST,
        'test/kernels',
        ...['test/kernels/tslab', ...BEHIND].map(path => `--ignore=${path}`)
      ],
      [...PYTEST, 'test/kernels/tslab', ...BEHIND],
      [...PYTEST, 'test', ...APART.map(folder => `--ignore=test/${folder}`)]
    ]
  },
  package: { rows: [[...PYTEST, 'test/package']] },
  browser: [process.execPath, nodeProgram('@playwright/test/cli.js'), 'test']
};

function readParameters() {
  const names = Object.keys(PARTS);
  try {
    const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
    const unknown = values.only?.filter(name => !names.includes(name)) ?? [];
    if (unknown.length > 0) {
      throw new Error(`There is no part ${unknown.join(', ')}.`);
    }
    return names.filter(name => values.only?.includes(name) ?? true);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new SetUpError(`${message}\nUsage: npm test -- [--only ${names.join('|')}]…`);
  }
}

/**
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 */
async function runPart(name, env) {
  const part = PARTS[name] ?? [];
  if ('rows' in part) {
    return runRows(part.rows, { env });
  }
  const [program = '', ...parameters] = part;
  return { code: await runShown(program, parameters, { env }), alone: [] };
}

await runMain(async () => {
  const wanted = readParameters();
  const began = Date.now();
  await prepare();
  const browser = wanted.includes('browser') ? await ensureBrowser() : undefined;
  const env = environmentVariables(browser ? { CHROME_PATH: browser } : {});
  console.log(`✓ set-up (${elapsed(began)})${browser ? `, browser: ${browser}` : ''}`);
  /** @type {string[]} */
  const done = [];
  for (const name of wanted) {
    const partBegan = Date.now();
    console.log(`\n━━ ${name}`);
    const { code, alone } = await runPart(name, env);
    const line = `${code === 0 ? '✓' : '✗'} ${name} (${elapsed(partBegan)})${toldAlone(alone)}`;
    done.push(line);
    if (code !== 0) {
      const again = `npm test -- --only ${name}`;
      throw new SetUpError(`${done.join('\n')}\n\nFailed after ${elapsed(began)}; again: ${again}`);
    }
    console.log(line);
  }
  console.log(`\n${done.join('\n')}\n\nAll passed in ${elapsed(began)}.`);
});
