/**
 * From the log call in the kernel to the message in the page and to the drawn point, in a real browser on a real
 * JupyterLab; and what JupyterLab's start fetches for the extension. The metric's value is the time of its log call.
 *
 * `node bench/page.mjs [--json]` after `npm run build`.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ensureBrowser } from '../scripts/setup/browser.mjs';
import { startLab } from '../scripts/setup/lab.mjs';

const POINTS = 1000;
const CELL = `import time, backtrail
for step in range(${POINTS}):
    backtrail.log_metric("sent", time.time(), step=step)
    time.sleep(0.01)`;

/** Runs in the page before anything else: notes when points arrive and when they are drawn, in milliseconds. */
function watch() {
  const now = () => performance.timeOrigin + performance.now();
  const seen = { arrived: [], drawn: [] };
  Object.assign(window, { benchSeen: seen });
  const Original = window.WebSocket;
  window.WebSocket = class extends Original {
    constructor(...parameters) {
      super(...parameters);
      if (String(parameters[0]).includes('backtrail/follow')) {
        this.addEventListener('message', event => {
          const at = now();
          for (const value of JSON.parse(event.data).points?.sent?.value ?? []) {
            seen.arrived.push(at - value * 1000);
          }
        });
      }
    }
  };
  const watched = new WeakSet();
  setInterval(() => {
    for (const plot of document.querySelectorAll('.js-plotly-plot')) {
      if (watched.has(plot)) {
        continue;
      }
      watched.add(plot);
      let last = 0;
      plot.on('plotly_afterplot', () => {
        const at = now();
        const values = plot.data.flatMap(trace => Array.from(trace.y ?? []));
        const fresh = values.filter(value => value > last && value > 1e9);
        last = Math.max(last, ...fresh);
        seen.drawn.push(...fresh.map(value => at - value * 1000));
      });
    }
  }, 20);
}

function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return Number(
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(1)
  );
}

const folder = mkdtempSync(join(tmpdir(), 'backtrail-bench-'));
const notebooks = join(folder, 'notebooks');
mkdirSync(notebooks);
const code = source => ({
  cell_type: 'code',
  id: 'c1',
  metadata: {},
  execution_count: null,
  outputs: [],
  source
});
writeFileSync(
  join(notebooks, 'live.ipynb'),
  JSON.stringify({
    cells: [code(CELL)],
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
    nbformat: 4,
    nbformat_minor: 5
  })
);
const lab = startLab({
  folder: notebooks,
  parameters: ['--LabApp.expose_app_in_browser=True'],
  env: {
    HOME: folder,
    JUPYTER_DATA_DIR: join(folder, 'data'),
    JUPYTER_CONFIG_DIR: join(folder, 'config')
  }
});
const browser = await chromium.launch({
  executablePath: await ensureBrowser(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : []
});
try {
  const address = new URL(await lab.address);
  const page = await browser.newPage({ viewport: { width: 1500, height: 900 } });
  await page.addInitScript(watch);
  const fetched = [];
  page.on('response', response => {
    if (response.url().includes('/lab/extensions/backtrail/')) {
      fetched.push(
        response.body().then(
          body => body.length,
          () => 0
        )
      );
    }
  });
  await page.goto(address.href);
  await page.waitForFunction(() => window.jupyterapp?.restored, null, { timeout: 60_000 });
  await page.evaluate(() => window.jupyterapp.restored);
  await page.waitForTimeout(2000);
  const atStart = (await Promise.all(fetched)).reduce((sum, size) => sum + size, 0);
  await page.evaluate(async () => {
    const app = window.jupyterapp;
    const panel = await app.commands.execute('docmanager:open', { path: 'live.ipynb' });
    await panel.context.ready;
    await panel.sessionContext.ready;
    await app.commands.execute('backtrail:show-panel');
  });
  await page.waitForTimeout(2000);
  await page.evaluate(() => window.jupyterapp.commands.execute('notebook:run-all-cells'));
  await page.waitForTimeout(1500);
  const { arrived, drawn } = await page.evaluate(() => window.benchSeen);
  const row = {
    bytes_at_start: atStart,
    points: arrived.length,
    message_p50_ms: percentile(arrived, 0.5),
    message_p95_ms: percentile(arrived, 0.95),
    drawn_points: drawn.length,
    drawn_p50_ms: percentile(drawn, 0.5),
    drawn_p95_ms: percentile(drawn, 0.95)
  };
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(row));
  } else {
    console.log(
      `fetched for the extension at JupyterLab's start: ${(row.bytes_at_start / 1000).toFixed(1)} kB`
    );
    console.log(
      `log call to message in the page, ${row.points} of ${POINTS} points live: ` +
        `p50 ${row.message_p50_ms} ms, p95 ${row.message_p95_ms} ms`
    );
    console.log(
      `log call to drawn point, ${row.drawn_points} points: p50 ${row.drawn_p50_ms} ms, p95 ${row.drawn_p95_ms} ms`
    );
  }
} finally {
  await browser.close();
  lab.stop();
  await lab.ended;
  rmSync(folder, { recursive: true, force: true });
}
