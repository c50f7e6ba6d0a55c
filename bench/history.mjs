/**
 * The screens over long histories, long series and live runs, in a real browser on a real JupyterLab, beside their
 * limits: `node bench/history.mjs [--quick] [--only panel,long,live,start] [--runs 10000]` after `npm run build`.
 * The table is also written to `.cache/bench/history.md`.
 */
import { parseArgs } from 'node:util';
import { Bench } from './history/lab.mjs';
import { live } from './history/live.mjs';
import { long } from './history/long.mjs';
import { panel } from './history/panel.mjs';
import { start } from './history/start.mjs';
import { printTable, writeTable } from './history/table.mjs';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    runs: { type: 'string' }
  }
});
const { quick } = values;
const runs = values.runs ? [Number(values.runs)] : quick ? [10_000] : [10_000, 100_000];

/** @type {Record<string, (bench: Bench) => Promise<import('./history/table.mjs').Figure[]>>} */
const PARTS = {
  panel: async bench => {
    const figures = [];
    for (const count of runs) {
      figures.push(...(await panel(bench, count)));
    }
    return figures;
  },
  long: bench => long(bench, quick),
  live: bench => live(bench, quick),
  start: bench => start(bench, quick)
};

const figures = [];
for (const name of values.only?.split(',') ?? Object.keys(PARTS)) {
  const bench = await Bench.start();
  try {
    const found = await PARTS[name](bench);
    printTable(found);
    figures.push(...found);
  } finally {
    await bench.stop();
  }
}
console.log(`\nThe whole table: ${writeTable(figures)}`);
