/**
 * How long it takes to slice, and to export, a session of 5,000 executions.
 *
 * Prints one JSON line: milliseconds, the median of five.
 */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const EXECUTIONS = 5000;
const ROOT = fileURLToPath(new URL('../', import.meta.url));

async function load() {
  const { outputFiles } = await build({
    stdin: {
      contents:
        "export * from './src/reproduce/index.js'; export { sliceOf } from './src/reproduce/export.js'; export { readLog, summarize } from './src/runlog/index.js';",
      resolveDir: ROOT,
      loader: 'ts'
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}

/** A session in which each cell reads some names, binds one, and now and then changes one in place. */
function session() {
  const id = '20261123-100000000-aaaa';
  const run = '20261123-100001000-bbbb';
  const value = { type: 'ndarray', seen: 'exact', fingerprint: 'ab'.repeat(16) };
  const time = '2026-11-23T10:00:00.000000Z';
  /** @type {object[]} */
  const events = [
    {
      event: 'session',
      format: 1,
      session: id,
      notebook: { path: '/n/b.ipynb', name: 'b' },
      kernel: { language: 'python', version: '3.11.4' },
      process: { pid: 1 },
      cwd: '/n'
    },
    { event: 'run_start', run, number: 1, name: 'b 1', cell: 1, opened: 'first cell' }
  ];
  for (let n = 1; n <= EXECUTIONS; n++) {
    const name = `v${n % 300}`;
    const reads = [1, 7, 31, 113].map(step => `v${(n * step) % 300}`);
    events.push(
      {
        event: 'cell_start',
        n,
        cell: `c${n % 60}`,
        source: `${name} = f(${reads.join(', ')})`,
        sha256: '0'.repeat(64)
      },
      {
        event: 'variables',
        n,
        reads,
        bound: { [name]: value },
        changed: n % 5 ? {} : { [reads[1]]: value },
        shared: n % 9 ? [] : [[name, reads[0]]]
      },
      { event: 'cell_end', n, count: n, status: 'finished', duration: 0.1 }
    );
  }
  const text = events.map(event => `${JSON.stringify({ time, ...event })}\n`).join('');
  return { id, run, text };
}

const { readLog, summarize, select, sliceOf, exportScript } = await load();
const { id, run, text } = session();
const summary = summarize([readLog(id, text)], new Map(), () => false).get(run);
const options = {
  run: summary,
  logs: [{ id, text }],
  blob: () => Promise.resolve(undefined),
  metricCells: [EXECUTIONS - 1]
};
const { whole, slice } = await select(options);

/** @param {() => unknown} job */
async function median(job) {
  const times = [];
  for (let i = 0; i < 5; i++) {
    const began = performance.now();
    await job();
    times.push(performance.now() - began);
  }
  return Math.round(times.sort((a, b) => a - b)[2]);
}

console.log(
  JSON.stringify({
    executions: EXECUTIONS,
    kept: slice.kept.length,
    slice_ms: await median(() => sliceOf(whole, options)),
    export_ms: await median(() => exportScript(options))
  })
);
