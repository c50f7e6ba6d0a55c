/** `npm run lint`: style, types and layers of all sources; `-- --fix` mends what can be mended. */
import { environmentVariables, nodeProgram, python } from './setup/paths.mjs';
import { prepare } from './setup/prepare.mjs';
import { SetUpError, runMain, runStep } from './setup/progress.mjs';

const fix = process.argv.includes('--fix');

/** @param {string} program @param {string[]} parameters */
const node = (program, ...parameters) => [process.execPath, nodeProgram(program), ...parameters];

const RUFF = [python, '-m', 'ruff'];

/** @type {[string, string[]][]} name -> command, in the order of running */
const CHECKS = [
  ['eslint', node('eslint/bin/eslint.js', '--max-warnings=0', ...(fix ? ['--fix'] : []), '.')],
  ['prettier', node('prettier/bin/prettier.cjs', fix ? '--write' : '--check', '.')],
  ['ruff check', [...RUFF, 'check', '--quiet', ...(fix ? ['--fix'] : [])]],
  ['ruff format', [...RUFF, 'format', '--quiet', ...(fix ? [] : ['--diff'])]],
  ['mypy', [python, '-m', 'mypy']],
  [
    'import-linter',
    [python, '-c', 'from importlinter.cli import lint_imports_command as main; main()']
  ],
  ['typescript', node('typescript/bin/tsc', '-p', 'tsconfig.test.json')],
  ['schema', [process.execPath, 'scripts/schema.mjs', ...(fix ? [] : ['--check'])]]
];

await runMain(async () => {
  await prepare();
  const failures = [];
  for (const [name, [program = '', ...parameters]] of CHECKS) {
    try {
      await runStep(name, program, parameters, { env: environmentVariables() });
    } catch (error) {
      if (!(error instanceof SetUpError)) {
        throw error;
      }
      failures.push(name);
      console.error(`\n${error.message}\n`);
    }
  }
  if (failures.length > 0) {
    throw new SetUpError(
      `Failed: ${failures.join(', ')}. \`npm run format\` mends what can be mended by itself.`
    );
  }
});
