/** A JupyterLab over a generated history, and a page of it that notes what the server sends. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ensureBrowser } from '../../scripts/setup/browser.mjs';
import { startLab } from '../../scripts/setup/lab.mjs';
import { environmentVariables, inRoot, python, root } from '../../scripts/setup/paths.mjs';

/** How long anything may take before the benchmark gives up, in milliseconds. */
export const PATIENCE = 300_000;

/** Something may still be written while it goes. */
export const REMOVAL = { recursive: true, force: true, maxRetries: 5, retryDelay: 200 };

/** Runs in the page before anything else: notes each message of the server with its size and time. */
function listen() {
  const messages = [];
  Object.assign(window, { benchMessages: messages });
  const Original = window.WebSocket;
  window.WebSocket = class extends Original {
    constructor(...parameters) {
      super(...parameters);
      if (String(parameters[0]).includes('backtrail/follow')) {
        this.addEventListener('message', event => {
          const text = String(event.data);
          const [, id = ''] = /"id":"(.*?)"/.exec(text.slice(0, 60)) ?? [];
          messages.push({ id, at: performance.now(), bytes: text.length });
          window.benchOnMessage?.(text);
        });
      }
    }
  };
}

/**
 * A folder of its own for a history, with the folders of a server beside it.
 *
 * @param {string[]} parameters of bench/generate.py
 * @returns {{ home: string, folder: string, told: { runs: number, series: string | null }, remove: () => void }}
 *   with what the program told
 */
export function generate(parameters) {
  const home = mkdtempSync(join(tmpdir(), 'backtrail-bench-'));
  const folder = join(home, 'notebooks');
  mkdirSync(folder);
  const env = environmentVariables({ PYTHONPATH: root, JUPYTER_DATA_DIR: join(home, 'data') });
  const words = [inRoot('bench', 'generate.py'), folder, ...parameters];
  const told = JSON.parse(execFileSync(python, words, { env, encoding: 'utf8' }));
  return { home, folder, told, remove: () => rmSync(home, REMOVAL) };
}

/** A browser, and servers for it. */
export class Bench {
  /** @param {import('@playwright/test').Browser} browser */
  constructor(browser) {
    this._browser = browser;
    /** @type {import('../../scripts/setup/lab.mjs').Lab[]} */
    this._labs = [];
    /** @type {(() => void)[]} */
    this._removals = [];
  }

  static async start() {
    const executablePath = await ensureBrowser();
    return new Bench(
      await chromium.launch({
        executablePath,
        args: process.getuid?.() === 0 ? ['--no-sandbox'] : []
      })
    );
  }

  /**
   * Starts a server over a history.
   *
   * @param {{ home: string, folder: string, remove: () => void, parameters?: string[] }} history with more parameters of the server
   * @returns {Promise<URL>}
   */
  async serve({ home, folder, remove, parameters = [] }) {
    // What a kernel writes while its server ends would bring a folder back that was removed before.
    this._removals.push(remove);
    const lab = startLab({
      folder,
      parameters: ['--LabApp.expose_app_in_browser=True', ...parameters],
      env: {
        HOME: home,
        JUPYTER_DATA_DIR: join(home, 'data'),
        JUPYTER_CONFIG_DIR: join(home, 'config')
      }
    });
    this._labs.push(lab);
    return new URL(await lab.address);
  }

  /**
   * Opens JupyterLab in a browser context of its own and waits until it has nothing more to do.
   *
   * @param {URL} address
   */
  async open(address, viewport = { width: 1600, height: 900 }) {
    const page = await this.blank(viewport);
    await page.goto(address.href);
    await restored(page);
    await page.waitForLoadState('networkidle');
    return page;
  }

  /** A page in a browser context of its own, which has nothing cached. */
  async blank(viewport = { width: 1600, height: 900 }) {
    const context = await this._browser.newContext({ viewport });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    await page.addInitScript(listen);
    return page;
  }

  async stop() {
    await this._browser.close();
    for (const lab of this._labs) {
      lab.stop();
      await lab.ended;
    }
    this._removals.forEach(remove => remove());
  }
}

/** @param {import('@playwright/test').Page} page */
export async function restored(page) {
  await page.waitForFunction(() => window.jupyterapp?.restored);
  await page.evaluate(async () => {
    await window.jupyterapp.restored;
    window.benchRestored = performance.now();
  });
}

/**
 * Runs a command of JupyterLab.
 *
 * @param {import('@playwright/test').Page} page
 * @param {string} id
 * @param {Record<string, unknown>} [args]
 */
export async function command(page, id, args = {}) {
  await page.evaluate(
    async ([name, options]) => void (await window.jupyterapp.commands.execute(name, options)),
    [id, args]
  );
}

/**
 * The share of so many seconds for which the main thread was at work.
 *
 * @param {import('@playwright/test').Page} page
 * @param {number} seconds
 */
export async function busy(page, seconds) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const of = name => metrics.find(metric => metric.name === name).value;
    if (process.env.PROF)
      console.log(
        metrics
          .filter(m => /Duration|Count|Timestamp/.test(m.name))
          .map(m => m.name + '=' + m.value.toFixed(2))
          .join(' ')
      );
    return { work: of('TaskDuration'), at: of('Timestamp') };
  };
  const before = await read();
  await page.waitForTimeout(1000 * seconds);
  const after = await read();
  await session.detach();
  return (after.work - before.work) / (after.at - before.at);
}

/** @param {number[]} values @param {number} [share] */
export function percentile(values, share = 0.5) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
