// What recording costs in notebooks of TypeScript: in each cell, in each logMetric, at the start of a kernel, and what is
// lost when it is killed. `node bench/tslab.mjs [--quick] [--only cells,log,start,killed]`. Everything runs on tslab's own
// handler and compiler, without its sockets.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { apart, KINDS, together } from './tslab/cells.mjs';
import { api, attach, between, kernel } from './tslab/kernel.mjs';

/** @typedef {import('./tslab/kernel.mjs').Moment} Moment */

const SELF = fileURLToPath(import.meta.url);
const now = () => performance.now();
// The kernel replaces it.
const write = process.stdout.write.bind(process.stdout);

/** @param {number[]} times @param {number} share */
function quantile(times, share) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Milliseconds that loading and attaching take. */
function start() {
  kernel();
  const begun = now();
  attach('start');
  report({ start: [now() - begun] });
}

/** Microseconds of a logMetric, in tens. @param {number} batches */
function log(batches) {
  kernel();
  const { logMetric } = api();
  /** @type {number[]} */
  const times = [];
  for (let batch = 0; batch < batches; batch++) {
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
  const { logMetric } = api();
  for (let step = 0; ; step++) {
    logMetric('loss', Math.random(), step);
    write(`${step}\n`);
  }
}

/** @param {Record<string, unknown[]>} times */
function report(times) {
  write(`\n@${JSON.stringify(times)}\n`, () => process.exit(0));
}

/** @param {string[]} words @returns {any} What the mode of these words reports. */
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

/** @param {number} time */
const ms = time => time.toFixed(2);

/** @param {Moment[]} moments @param {number} share By the clock, and on the processor. */
const both = (moments, share) =>
  [0, 1]
    .map(which =>
      ms(
        quantile(
          moments.map(one => one[which]),
          share
        )
      )
    )
    .join(' / ');

/** What a cell of each kind takes. @param {Moment[]} found @returns {Moment[]} */
function kinds(found) {
  return Array.from({ length: KINDS }, (_, kind) => {
    const same = found.filter((_, at) => at % KINDS === kind);
    const [wall, spent] = [0, 1].map(which =>
      quantile(
        same.map(one => one[which]),
        0.5
      )
    );
    return [wall, spent];
  });
}

/** @param {boolean} isQuick */
function cells(isQuick) {
  // In turn, and the one without capture on both sides: what it takes drifts.
  const rounds = isQuick ? '7' : '24';
  const [first, recorded, last] = ['', 'recorded', ''].map(how => child('apart', rounds, how));
  /** @type {Record<string, Moment[]>} */
  const plain = Object.fromEntries(
    Object.keys(first).map(key => [key, [...first[key], ...last[key]]])
  );
  const usual = kinds(plain.waited);
  /** @param {Moment[]} waited @returns {Moment[]} */
  const added = waited => waited.map((one, at) => between(usual[at % KINDS] ?? [NaN, NaN], one));
  const rows = ['', 'recorded', '', 'recorded'].map(how =>
    child('together', isQuick ? '5' : '12', how)
  );
  const said = (/** @type {string} */ what, /** @type {Moment[]} */ found) =>
    console.log(`${what}: p50 ${both(found, 0.5)} ms, p95 ${both(found, 0.95)} ms`);
  console.log(
    `${recorded.whole.length} cells; milliseconds by the clock / on the processor, other threads included`
  );
  said('a cell without capture', plain.whole);
  said('what it waits for but the compiler', plain.waited);
  said('added before its answer', added(recorded.waited));
  said('the same without capture: so much cells of a kind differ', added(plain.waited));
  said('done right behind the answer', recorded.behind);
  said('the same without capture', plain.behind);
  said('done in the 300 ms behind that', recorded.idle);
  said('the same without capture', plain.idle);
  for (const [key, what] of [
    ['row', 'cells that are sent all at once, each'],
    ['chain', 'cells that are sent as soon as the one before is answered, each']
  ]) {
    const [without, captured] = [0, 1].map(at => [...rows[at][key], ...rows[at + 2][key]]);
    console.log(
      `${what}: p50 ${both(without, 0.5)} ms without, ${both(captured, 0.5)} ms with capture`
    );
  }
}

/** @param {boolean} isQuick */
async function kills(isQuick) {
  const rounds = isQuick ? 20 : 200;
  let [lost, acknowledged] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    const found = await killed();
    lost += found.lost;
    acknowledged += found.acknowledged;
  }
  console.log(`${rounds} SIGKILLs: ${lost} of ${acknowledged} acknowledged lines lost`);
}

/** @type {Record<string, (isQuick: boolean) => void | Promise<void>>} */
const PARTS = {
  cells,
  log: isQuick => {
    const { log: logged } = child('log', isQuick ? '2000' : '20000');
    console.log(
      `logMetric: p50 ${ms(quantile(logged, 0.5))} us, p95 ${ms(quantile(logged, 0.95))} us ` +
        `(${logged.length * 10} calls, in tens)`
    );
  },
  start: isQuick => {
    const starts = Array.from({ length: isQuick ? 3 : 9 }, () => child('start').start[0]);
    console.log(`a kernel starts later by: p50 ${ms(quantile(starts, 0.5))} ms`);
  },
  killed: kills
};

async function main() {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } }
  });
  for (const part of values.only?.split(',') ?? Object.keys(PARTS)) {
    await PARTS[part](values.quick);
  }
}

/** What a process of its own measures. @type {Record<string, (number: number, isRecorded: boolean) => unknown>} */
const MODES = {
  apart: async (rounds, isRecorded) => report(await apart(rounds, isRecorded)),
  together: async (rounds, isRecorded) => report(await together(rounds, isRecorded)),
  start,
  log,
  endless
};

const [mode = '', argument = '', how = ''] = process.argv.slice(2);
await (Object.hasOwn(MODES, mode) ? MODES[mode](Number(argument), how === 'recorded') : main());
