// How long the command line and `backtrail.runs` in Python take to answer, in fresh processes over generated histories:
// `node bench/ask.mjs FOLDER...`, each made by bench/generate.py; without one, over 10,000 runs that are made for it. The
// first call reads every log and is told apart.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentVariables, inRoot, python, root } from '../scripts/setup/paths.mjs';

const ROUNDS = 7;
const BUNDLE = new URL('../backtrail/cli/backtrail.mjs', import.meta.url).pathname;
const GENERATE = inRoot('bench', 'generate.py');
const home = mkdtempSync(join(tmpdir(), 'backtrail-bench-'));
const file = join(home, 'some.bin');
writeFileSync(file, 'nobody wrote this');

/** Milliseconds of one call. @param {string[]} words */
function once(words) {
  const began = performance.now();
  const env = { ...process.env, XDG_CACHE_HOME: home, JUPYTER_DATA_DIR: home };
  const { status, stderr } = spawnSync(process.execPath, [BUNDLE, ...words], {
    env,
    stdio: ['ignore', 'ignore', 'pipe']
  });
  if (status !== 0 && status !== 3) {
    throw new Error(String(stderr));
  }
  return performance.now() - began;
}

/** @param {string[]} words */
function median(words) {
  const times = Array.from({ length: ROUNDS }, () => once(words)).sort((a, b) => a - b);
  return Math.round(times[ROUNDS >> 1] ?? 0);
}

/** Milliseconds that `backtrail.runs` takes, the start of Python and the imports left out. @param {string} folder */
function inPython(folder) {
  const program = `import backtrail, sys, time
from backtrail.query import ask
began = time.perf_counter()
backtrail.runs("loss < 0.2 and lr > 0.05", root=sys.argv[1])
print(round((time.perf_counter() - began) * 1000))`;
  const variables = { PYTHONPATH: root, XDG_CACHE_HOME: home, JUPYTER_DATA_DIR: home };
  const env = environmentVariables(variables);
  return Number(execFileSync(python, ['-c', program, folder], { env, encoding: 'utf8' }));
}

/** A folder with 10,000 runs. */
function generated() {
  const folder = join(home, 'history');
  const made = [GENERATE, folder, '--runs', '10000'];
  execFileSync(python, made, { env: environmentVariables({ PYTHONPATH: root }) });
  return folder;
}

try {
  console.log(
    `node itself: ${median(['--version'])} ms (${execFileSync(process.execPath, ['-v'])})`
  );
  const folders = process.argv.slice(2);
  for (const folder of folders.length > 0 ? folders : [generated()]) {
    const at = ['--root', folder];
    console.log(folders.length > 0 ? folder : '10,000 runs');
    console.log(`  reading every log, once: ${Math.round(once(['runs', ...at]))} ms`);
    console.log(`  a filter: ${median(['runs', ...at, '--where', 'loss < 0.2 and lr > 0.05'])} ms`);
    console.log(`  which: ${median(['which', file, ...at])} ms`);
    console.log(`  --group: ${median(['runs', ...at, '--group', 'lr', '--max', 'val/acc'])} ms`);
    console.log(`  coverage: ${median(['coverage', ...at])} ms`);
    console.log(`  Python, reading every log, once: ${inPython(folder)} ms`);
    const times = Array.from({ length: ROUNDS }, () => inPython(folder)).sort((a, b) => a - b);
    console.log(`  Python, a filter: ${times[ROUNDS >> 1] ?? 0} ms`);
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
