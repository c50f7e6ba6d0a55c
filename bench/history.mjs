/**
 * The runs panel over a long history, in a real browser on a real JupyterLab, beside its limits:
 * `node bench/history.mjs [--runs 10000]` after `npm run build`. The limits are those for 10,000 runs.
 */
import { parseArgs } from 'node:util';
import { Bench, generate } from './history/lab.mjs';
import { panel } from './history/panel.mjs';
import { printTable } from './history/table.mjs';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '10000' } } });
const runs = Number(values.runs);
const history = generate(['--runs', values.runs]);
/** @type {Bench | undefined} */
let bench;
try {
  bench = await Bench.start();
  printTable(await panel(bench, await bench.serve(history), runs, runs === 10_000));
} finally {
  await bench?.stop();
  history.remove();
}
