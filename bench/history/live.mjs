/** Twenty live charts at a hundred log calls a second: how busy the page is, how late messages and points are. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { busy, percentile, REMOVAL } from './lab.mjs';

const CHARTS = 20;
const WARM_UP = `import math, time, backtrail
def log(step):
    backtrail.log_metrics({"m/sent": time.time(), **{f"m/{n}": math.sin(step / (30 + n)) for n in range(1, ${CHARTS})}}, step=step)
for step in range(200):
    log(step)`;
/** @param {number} seconds */
const cell = seconds => `end = time.perf_counter() + ${seconds}
due = time.perf_counter()
while due < end:
    step += 1
    log(step)
    due += 0.01
    time.sleep(max(0, due - time.perf_counter()))`;

/**
 * A folder with a notebook that logs as long as it is told.
 *
 * @param {number} seconds of its second cell
 */
function notebook(seconds) {
  const home = mkdtempSync(join(tmpdir(), 'backtrail-bench-'));
  const folder = join(home, 'notebooks');
  mkdirSync(folder);
  const cells = [WARM_UP, cell(seconds)].map((source, at) => ({
    cell_type: 'code',
    id: `cell-${at}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source
  }));
  const kernelspec = { name: 'python3', display_name: 'Python 3', language: 'python' };
  const text = JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 });
  writeFileSync(join(folder, 'live.ipynb'), text);
  return { home, folder, remove: () => rmSync(home, REMOVAL) };
}

/** Notes, from the message and from the chart, how old the value is that is the time of its log call. */
function watch() {
  const seen = { arrived: [], drawn: [], drawings: 0, whole: 0 };
  const now = () => performance.timeOrigin + performance.now();
  Object.assign(window, { benchSeen: seen });
  window.benchOnMessage = text => {
    const at = now();
    const [, values = ''] = /"m\/sent":\{.*?"value":\[(.*?)\]/.exec(text) ?? [];
    for (const value of values ? values.split(',') : []) {
      seen.arrived.push(at - Number(value) * 1000);
    }
  };
  // The line's path is written anew by each drawing, whoever draws.
  const observe = (plot, callback) =>
    new MutationObserver(callback).observe(plot.querySelector('.scatterlayer'), {
      subtree: true,
      childList: true,
      attributeFilter: ['d']
    });
  for (const plot of document.querySelectorAll('.bt-Chart .js-plotly-plot')) {
    observe(plot, () => seen.drawings++);
    plot.on('plotly_afterplot', () => seen.whole++);
  }
  const sent = document.querySelector('.bt-Chart[data-metric="m/sent"] .js-plotly-plot');
  let last = sent.data[0].y.at(-1);
  observe(sent, () => {
    const fresh = sent.data[0].y.filter(value => value > last);
    last = fresh.at(-1) ?? last;
    // It is on the screen with the frame that follows.
    setTimeout(() => seen.drawn.push(...fresh.map(value => now() - value * 1000)));
  });
}

/**
 * @param {import('./lab.mjs').Bench} bench
 * @param {boolean} quick
 * @returns {Promise<import('./table.mjs').Figure[]>}
 */
export async function live(bench, quick) {
  const seconds = quick ? 5 : 10;
  const files = notebook(4 * seconds);
  const address = await bench.serve(files);
  const page = await bench.open(address, { width: 2800, height: 1500 });
  await page.evaluate(async () => {
    const { commands } = window.jupyterapp;
    const panel = await commands.execute('docmanager:open', { path: 'live.ipynb' });
    await panel.context.ready;
    await panel.sessionContext.ready;
    await commands.execute('notebook:run-cell-and-select-next');
    await commands.execute('application:toggle-left-area');
    // The page learns of the run a moment after its cell.
    while (!document.querySelector('.bt-RunView')) {
      await new Promise(resolve => setTimeout(resolve, 300));
      await commands.execute('backtrail:open-run');
    }
  });
  const charts = page.locator('.bt-RunView .bt-Chart .js-plotly-plot .trace');
  await page.waitForFunction(
    wanted => document.querySelectorAll('.bt-RunView .bt-Chart .js-plotly-plot').length >= wanted,
    CHARTS
  );
  await charts.first().waitFor();
  await page.waitForTimeout(2000);
  const seen = await page.evaluate(
    () =>
      [...document.querySelectorAll('.bt-RunView .bt-Chart')].filter(chart => {
        const { top, bottom } = chart.getBoundingClientRect();
        const isLogged = chart.getAttribute('data-metric').startsWith('m/');
        return isLogged && bottom > 0 && top < window.innerHeight;
      }).length
  );
  const idle = await busy(page, seconds);
  await page.evaluate(watch);
  await page.evaluate(() => void window.jupyterapp.commands.execute('notebook:run-cell'));
  await page.waitForTimeout(2000);
  await page.evaluate(() => {
    Object.assign(window.benchSeen, { arrived: [], drawn: [], drawings: 0, whole: 0 });
  });
  const drawing = await busy(page, seconds);
  const { arrived, drawn, drawings, whole } = await page.evaluate(() => window.benchSeen);
  // Of several documents only the active one is shown.
  await page.evaluate(async () => {
    window.jupyterapp.shell.mode = 'single-document';
    await window.jupyterapp.commands.execute('docmanager:open', { path: 'live.ipynb' });
  });
  await page.waitForTimeout(1500);
  const before = await page.evaluate(
    () => window.benchMessages.filter(({ id }) => id.startsWith('series')).length
  );
  await page.evaluate(() => Object.assign(window.benchSeen, { drawings: 0 }));
  const away = await busy(page, seconds / 2);
  const after = await page.evaluate(() => ({
    messages: window.benchMessages.filter(({ id }) => id.startsWith('series')).length,
    drawings: window.benchSeen.drawings
  }));
  await page.context().close();
  const name = `${CHARTS} live charts (${seen} in sight), 100 log calls a second`;
  return [
    { what: `${name}: main thread`, value: 100 * drawing, unit: '%', limit: 30 },
    { what: `${name}: main thread before, nothing logged`, value: 100 * idle, unit: '%' },
    { what: `${name}: log calls seen`, value: arrived.length / seconds, unit: '/s' },
    { what: `${name}: each chart is drawn`, value: drawings / CHARTS / seconds, unit: '/s' },
    { what: `${name}: all of it anew`, value: whole / CHARTS / seconds, unit: '/s' },
    { what: `${name}: log call to message, p50`, value: percentile(arrived), unit: 'ms' },
    {
      what: `${name}: log call to message, p95`,
      value: percentile(arrived, 0.95),
      unit: 'ms',
      limit: 10
    },
    { what: `${name}: log call to drawn point, p50`, value: percentile(drawn), unit: 'ms' },
    { what: `${name}: hidden, main thread`, value: 100 * away, unit: '%' },
    {
      what: `${name}: hidden, messages of points`,
      value: after.messages - before,
      unit: '',
      limit: 0
    },
    { what: `${name}: hidden, drawings`, value: after.drawings, unit: '', limit: 0 }
  ];
}
