/**
 * From the log call in the kernel to the message in the page and to the drawn point, in a real browser on a real
 * JupyterLab; and what JupyterLab's start fetches for the extension. The metric's value is the time of its log call.
 *
 * A message is taken twice: where it arrives in a page that does nothing else, which is what the way through the
 * disk and the server costs, and in JupyterLab while it draws, where it may have to wait for a chart. A point counts
 * as drawn after the frame that shows it. What is loaded once, for the first chart of a page, is not in it.
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
const WARM_UP = 'import time, backtrail\nbacktrail.log_metric("sent", time.time(), step=-1)';
const CELL = `for step in range(${POINTS}):
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
      const shown = () => plot.data.flatMap(trace => Array.from(trace.y ?? []));
      let last = Math.max(0, ...shown());
      // The line's path is written anew by each drawing, whoever draws: plotly, or what draws a line on.
      const drawn = () => {
        const fresh = shown().filter(value => value > last);
        last = Math.max(last, ...fresh);
        // The chart is drawn ahead of a frame: what was put in line comes after it.
        setTimeout(() => {
          const at = now();
          seen.drawn.push(...fresh.map(value => at - value * 1000));
        });
      };
      new MutationObserver(changes => {
        if (changes.some(({ target }) => target.closest?.('.scatterlayer'))) {
          drawn();
        }
      }).observe(plot, { subtree: true, childList: true, attributeFilter: ['d'] });
    }
  }, 20);
}

/** Follows a run in a page that does nothing else, and notes when points arrive. */
async function listen({ address, run }) {
  const seen = { arrived: [] };
  Object.assign(window, { benchSeen: seen });
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.onopen = () =>
      socket.send(JSON.stringify({ follow: 'series', id: 's', run, keys: null, width: 480 }));
    socket.onerror = reject;
    socket.onmessage = event => {
      const at = performance.timeOrigin + performance.now();
      resolve();
      for (const value of JSON.parse(event.data).points?.sent?.value ?? []) {
        seen.arrived.push(at - value * 1000);
      }
    };
  });
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
const code = (source, id) => ({
  cell_type: 'code',
  id,
  metadata: {},
  execution_count: null,
  outputs: [],
  source
});
writeFileSync(
  join(notebooks, 'live.ipynb'),
  JSON.stringify({
    cells: [code(WARM_UP, 'warm-up'), code(CELL, 'points')],
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
  await page.waitForLoadState('networkidle');
  const atStart = (await Promise.all(fetched)).reduce((sum, size) => sum + size, 0);
  await page.evaluate(async () => {
    const app = window.jupyterapp;
    const panel = await app.commands.execute('docmanager:open', { path: 'live.ipynb' });
    await panel.context.ready;
    await panel.sessionContext.ready;
    await app.commands.execute('backtrail:show-panel');
    await app.commands.execute('notebook:run-cell-and-select-next');
  });
  await page.locator('.bt-Chart .js-plotly-plot').first().waitFor({ timeout: 60_000 });
  const run = await page.locator('.bt-Run').first().getAttribute('data-bt-run');
  const quiet = await browser.newPage();
  // A file of the server: its pages of JSON forbid connections.
  await quiet.goto(new URL('static/favicons/favicon.ico', address.origin).href);
  const follow = `${address.origin.replace('http', 'ws')}/backtrail/follow?token=${address.searchParams.get('token')}`;
  await quiet.evaluate(listen, { address: follow, run });
  await page.evaluate(async () => {
    Object.assign(window.benchSeen, { arrived: [], drawn: [] });
    await window.jupyterapp.commands.execute('notebook:run-cell');
  });
  const all = points => window.benchSeen.arrived.length >= points;
  await quiet.waitForFunction(all, POINTS);
  await page.waitForFunction(all, POINTS);
  await page.waitForFunction(points => window.benchSeen.drawn.length >= points, POINTS);
  const { arrived: message } = await quiet.evaluate(() => window.benchSeen);
  const { arrived, drawn } = await page.evaluate(() => window.benchSeen);
  const row = {
    bytes_at_start: atStart,
    points: message.length,
    message_p50_ms: percentile(message, 0.5),
    message_p95_ms: percentile(message, 0.95),
    message_while_drawing_p50_ms: percentile(arrived, 0.5),
    message_while_drawing_p95_ms: percentile(arrived, 0.95),
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
      `the same in JupyterLab while it draws: p50 ${row.message_while_drawing_p50_ms} ms, ` +
        `p95 ${row.message_while_drawing_p95_ms} ms`
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
