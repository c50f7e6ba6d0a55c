// What recording costs in notebooks of TypeScript: in each cell, in each logMetric, at the start of a kernel, and what is
// lost when it is killed. `node bench/tslab.mjs [--quick]`. Everything runs on tslab's own handler and compiler, without
// its sockets; what is added to a cell is the time between the calls of the kernel and those that the tracker passes on.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { inRoot } from '../scripts/setup/paths.mjs';

const SELF = fileURLToPath(import.meta.url);
const REGISTER = inRoot('backtrail', 'tslab', 'register.cjs');
const require = createRequire(import.meta.url);
const [mode = '', argument = ''] = process.argv.slice(2);
const now = () => performance.now();
/** Milliseconds of the processor: of a machine that does other things too, the clock tells little. */
const spent = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
// The kernel replaces it.
const write = process.stdout.write.bind(process.stdout);

const CELLS = [
  'const rate = 0.1; const epochs = 3; let w = [0, 0, 0];',
  'function loss(v: number[]): number { return v.reduce((sum, x) => sum + (x - 3) ** 2, 0) / v.length }',
  'for (let epoch = 0; epoch < epochs; epoch++) { w = w.map(x => x - rate * 2 * (x - 3)); console.log(`epoch ${epoch}: loss ${loss(w).toFixed(4)}`) }',
  'const table = Array.from({ length: 200 }, (_, i) => ({ i, x: Math.random() }));',
  'table.filter(row => row.x > 0.5).length',
  'const weights = new Float32Array(1000); for (let i = 0; i < 1000; i++) weights[i] = i;',
  'weights[3] += 1; loss(w)',
  'class Model { w = 0; step() { this.w -= rate * (this.w - 3) } }',
  'const model = new Model(); for (let i = 0; i < 10; i++) model.step(); model.w'
];

/** @param {number[]} times @param {number} share */
function quantile(times, share) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** The kernel of this process, without its sockets. */
function kernel() {
  const at = inRoot('node_modules', 'tslab', 'dist');
  const { JupyterHandlerImpl } = require(join(at, 'jupyter.js'));
  const { createConverter } = require(join(at, 'converter.js'));
  const { createExecutor } = require(join(at, 'executor.js'));
  const node = createConverter({ isJS: false, isBrowser: false });
  const quiet = { log: console.log, error: console.error };
  const executor = createExecutor(process.cwd(), { node, close: () => node.close() }, quiet);
  return {
    handler: new JupyterHandlerImpl(executor, false),
    prototype: JupyterHandlerImpl.prototype
  };
}

/** @param {string} name */
function options(name) {
  return JSON.stringify({ notebook: join(process.cwd(), `${name}.ipynb`), capture: true });
}

/** What the tracker adds to each cell, in milliseconds, and what the cell takes in all. */
async function cells() {
  const { handler, prototype } = kernel();
  let added = 0;
  const { handleExecuteImpl } = prototype;
  /** @type {{ begun: number, ended: number }} */
  let inner = { begun: 0, ended: 0 };
  prototype.handleExecuteImpl = async function (/** @type {unknown[]} */ ...rest) {
    inner.begun = spent();
    try {
      return await handleExecuteImpl.apply(this, rest);
    } finally {
      inner.ended = spent();
    }
  };
  let evaluated = 0;
  const run = vm.runInThisContext;
  vm.runInThisContext = (...rest) => {
    const begun = spent();
    try {
      return run(...rest);
    } finally {
      evaluated = spent() - begun;
    }
  };
  require(REGISTER).load(options('cells'));
  const heard = vm.runInThisContext;
  vm.runInThisContext = (...rest) => {
    const begun = spent();
    try {
      return heard(...rest);
    } finally {
      added += spent() - begun - evaluated;
    }
  };
  /** @type {number[]} */
  const times = [];
  /** @type {number[]} */
  const whole = [];
  for (let round = 0; round < Number(argument); round++) {
    for (const code of CELLS) {
      added = 0;
      const begun = spent();
      await handler.handleExecuteImpl(
        { code },
        () => undefined,
        () => undefined
      );
      const ended = spent();
      times.push(added + inner.begun - begun + ended - inner.ended);
      whole.push(ended - begun);
      await new Promise(resolve => setTimeout(resolve, 60));
    }
  }
  // The first round compiles the tracker itself.
  const from = CELLS.length;
  report({ added: times.slice(from), whole: whole.slice(from) });
}

/** Milliseconds that loading and attaching take. */
function start() {
  kernel();
  const begun = now();
  require(REGISTER).load(options('start'));
  report({ start: [now() - begun] });
}

/** Microseconds of a logMetric, in tens. */
function log() {
  kernel();
  const { logMetric } = require(REGISTER).attached();
  /** @type {number[]} */
  const times = [];
  for (let batch = 0; batch < Number(argument); batch++) {
    const begun = now();
    for (let i = 0; i < 10; i++) {
      logMetric('loss', Math.sin(batch * 10 + i));
    }
    times.push((now() - begun) * 100);
  }
  report({ log: times });
}

/** Logs for ever, and says which step the log has. */
function endless() {
  kernel();
  const { logMetric } = require(REGISTER).attached();
  for (let step = 0; ; step++) {
    logMetric('loss', Math.random(), step);
    write(`${step}\n`);
  }
}

/** @param {Record<string, number[]>} times */
function report(times) {
  write(`\n@${JSON.stringify(times)}\n`, () => process.exit(0));
}

/** @param {string[]} words @returns {Record<string, number[]>} */
function child(...words) {
  const folder = mkdtempSync(join(tmpdir(), 'backtrail-bench-'));
  try {
    const env = { ...process.env, JUPYTER_DATA_DIR: folder, JPY_SESSION_NAME: '' };
    const { stdout, stderr } = spawnSync(process.execPath, [SELF, ...words], {
      cwd: folder,
      env,
      maxBuffer: 1 << 28,
      timeout: 600_000
    });
    const line = String(stdout)
      .split('\n')
      .findLast(one => one.startsWith('@'));
    if (line === undefined) {
      throw new Error(String(stderr));
    }
    return JSON.parse(line.slice(1));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Kills a process that logs, and counts the lines that it was told of and that are not there. */
async function killed() {
  const folder = mkdtempSync(join(tmpdir(), 'backtrail-bench-'));
  mkdirSync(folder, { recursive: true });
  const env = { ...process.env, JUPYTER_DATA_DIR: folder, JPY_SESSION_NAME: '' };
  const logging = spawn(process.execPath, [SELF, 'endless'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit']
  });
  let said = '';
  logging.stdout.on('data', data => (said = (said + data).slice(-1000)));
  await new Promise(resolve => logging.stdout.once('data', resolve));
  await new Promise(resolve => setTimeout(resolve, 20 + Math.random() * 200));
  const ended = new Promise(resolve => logging.once('close', resolve));
  logging.kill('SIGKILL');
  await ended;
  const acknowledged = Number(said.split('\n').filter(Boolean).slice(0, -1).at(-1) ?? -1);
  const runs = join(folder, 'runs', 'notebook');
  const run = readdirSync(runs).find(name => name !== 'sessions') ?? '';
  const lines = readFileSync(join(runs, run, 'metrics.jsonl'), 'utf8')
    .split('\n')
    .slice(0, -1);
  const steps = new Set(lines.map(line => JSON.parse(line).step));
  rmSync(folder, { recursive: true, force: true });
  let lost = 0;
  for (let step = 0; step <= acknowledged; step++) {
    lost += Number(!steps.has(step));
  }
  return { lost, acknowledged: acknowledged + 1 };
}

async function main() {
  const isQuick = process.argv.includes('--quick');
  const { added = [], whole = [] } = child('cells', isQuick ? '6' : '20');
  const ms = (/** @type {number} */ time) => time.toFixed(2);
  console.log(
    `added to a cell, in time of the processor: p50 ${ms(quantile(added, 0.5))} ms, p95 ${ms(quantile(added, 0.95))} ms ` +
      `(of ${ms(quantile(whole, 0.5))} ms; ${added.length} cells)`
  );
  const { log: logged = [] } = child('log', isQuick ? '2000' : '20000');
  console.log(
    `logMetric: p50 ${ms(quantile(logged, 0.5))} us, p95 ${ms(quantile(logged, 0.95))} us ` +
      `(${logged.length * 10} calls, in tens)`
  );
  const starts = Array.from({ length: isQuick ? 3 : 9 }, () => child('start').start?.[0] ?? NaN);
  console.log(`a kernel starts later by: p50 ${ms(quantile(starts, 0.5))} ms`);
  const rounds = isQuick ? 20 : 200;
  let [lost, acknowledged] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    const found = await killed();
    lost += found.lost;
    acknowledged += found.acknowledged;
  }
  console.log(`${rounds} SIGKILLs: ${lost} of ${acknowledged} acknowledged lines lost`);
}

const MODES = { cells, start, log, endless };
await (Object.hasOwn(MODES, mode) ? MODES[/** @type {keyof typeof MODES} */ (mode)]() : main());
