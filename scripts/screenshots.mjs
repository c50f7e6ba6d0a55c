/**
 * `npm run screenshots`: the pictures of the documentation, taken from the real thing. A JupyterLab on a
 * copy of `examples/` trains digits.ipynb in a browser; what it shows goes to `docs/images/`. With `-- --typescript`
 * those of TypeScript notebooks alone.
 */
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { hostname, release, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ensureBrowser } from './setup/browser.mjs';
import { startLab } from './setup/lab.mjs';
import { environmentVariables, inRoot, python } from './setup/paths.mjs';
import { prepare } from './setup/prepare.mjs';
import { SetUpError, elapsed, runMain } from './setup/progress.mjs';
import { writeTslabKernels } from './setup/tslab-kernels.mjs';

/** How large a picture may be, in bytes. */
const LIMIT = 300_000;

/** The page in CSS pixels; a picture has `SCALE` times as many. */
const VIEWPORT = { width: 1440, height: 900 };
const SCALE = 1.5;

/** How long a training may take on a busy machine, in milliseconds. */
const PATIENCE = 600_000;

const THEMES = /** @type {const} */ ({ light: 'JupyterLab Light', dark: 'JupyterLab Dark' });

/** Runs before the last one, for the history: what is different in each, and how many epochs it takes. */
const EARLIER = [
  { epochs: 4, hidden: 32, learning_rate: 0.001 },
  { epochs: 4, hidden: 64, learning_rate: 0.001 },
  { epochs: 4, hidden: 64, learning_rate: 0.01 },
  { epochs: 4, hidden: 256, learning_rate: 0.003 }
];

/** A JupyterLab of its own, and the page that looks at it. */
async function openLab() {
  const home = mkdtempSync(join(tmpdir(), 'backtrail-pictures-'));
  names = machineNames(home);
  const root = join(home, 'examples');
  cpSync(inRoot('examples'), root, {
    recursive: true,
    filter: path => !/[\\/](runs|\.ipynb_checkpoints)$/.test(path)
  });
  writeTslabKernels(join(home, 'data'));
  const lab = startLab({
    folder: root,
    parameters: ['--LabApp.expose_app_in_browser=True'],
    env: {
      HOME: home,
      USERPROFILE: home,
      JUPYTER_CONFIG_DIR: join(home, 'config'),
      JUPYTER_DATA_DIR: join(home, 'data'),
      JUPYTERLAB_SETTINGS_DIR: join(home, 'settings'),
      JUPYTERLAB_WORKSPACES_DIR: join(home, 'workspaces'),
      IPYTHONDIR: join(home, 'ipython'),
      BACKTRAIL: undefined,
      BACKTRAIL_DIR: undefined,
      OMP_NUM_THREADS: '1',
      OPENBLAS_NUM_THREADS: '1'
    }
  });
  const browser = await chromium.launch({
    executablePath: await ensureBrowser(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : []
  });
  const page = await browser.newPage({ viewport: VIEWPORT, deviceScaleFactor: SCALE });
  const close = async () => {
    await browser.close();
    lab.stop();
    await lab.ended;
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await page.goto(await lab.address);
    await page.waitForFunction(() => window.jupyterapp?.restored);
    await page.evaluate(() => window.jupyterapp.restored);
  } catch (error) {
    await close();
    throw error;
  }
  return { page, root, close };
}

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('@jupyterlab/application').LabShell} LabShell */
/** @typedef {import('@jupyterlab/notebook').NotebookPanel} NotebookPanel */

/**
 * @param {Page} page
 * @param {string} id
 * @param {Record<string, string | boolean>} [options]
 */
async function command(page, id, options = {}) {
  await page.evaluate(
    async ({ name, args }) => {
      await window.jupyterapp.commands.execute(name, args);
    },
    { name: id, args: options }
  );
}

/**
 * @param {Page} page
 * @param {number} count how many points of `val/accuracy` have to be drawn
 */
async function waitForPoints(page, count) {
  await page.waitForFunction(
    wanted => {
      const drawn = '.bt-Chart[data-metric="val/accuracy"] .js-plotly-plot';
      const plots = /** @type {NodeListOf<Element & { data?: { x: unknown[] }[] }>} */ (
        document.querySelectorAll(drawn)
      );
      return [...plots].some(({ data }) => (data?.[0]?.x.length ?? 0) >= wanted);
    },
    count,
    { timeout: PATIENCE }
  );
}

/** @param {Page} page */
async function waitForIdle(page) {
  await page.waitForFunction(
    () => {
      const panel = /** @type {NotebookPanel | null} */ (window.jupyterapp.shell.currentWidget);
      return panel?.sessionContext.session?.kernel?.status === 'idle';
    },
    null,
    { timeout: PATIENCE }
  );
}

/** Screens have few colours: a palette of 256 makes a picture a third as large and looks the same. */
const SHRINK = `import sys
from PIL import Image
image = Image.open(sys.argv[1]).convert("RGB")
image.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(sys.argv[1], optimize=True)`;

/** @param {string} path of a PNG */
function shrink(path) {
  const { status, stderr } = spawnSync(python, ['-c', SHRINK, path], {
    env: environmentVariables(),
    encoding: 'utf8'
  });
  if (status !== 0) {
    throw new SetUpError(`${path} could not be made smaller: ${stderr}`);
  }
}

/**
 * Takes a picture in each theme.
 *
 * @param {Page} page
 * @param {string} name
 * @param {(keyof typeof THEMES)[]} themes
 * @param {string} [selector] only of this element; of the whole page when it is left out
 */
async function picture(page, name, themes, selector) {
  for (const theme of themes) {
    await command(page, 'apputils:change-theme', { theme: THEMES[theme] });
    await page.waitForFunction(
      light => document.body.dataset['jpThemeLight'] === String(light),
      theme === 'light'
    );
    // Charts take the colours of the theme with their next drawing.
    await page.evaluate(
      () => new Promise(done => requestAnimationFrame(() => setTimeout(done, 3000)))
    );
    await hideMachine(page);
    await shoot(page, `${name}-${theme}`, selector);
  }
  await command(page, 'apputils:change-theme', { theme: THEMES.light });
}

/**
 * Names of this machine, its user and its folders, and what stands for them in the pictures.
 *
 * @param {string} home where JupyterLab of the pictures lives
 * @returns {[string, string][]} longer ones first
 */
function machineNames(home) {
  const names = /** @type {[string, string][]} */ ([
    [home, '/home/ada'],
    [realpathSync(home), '/home/ada'],
    [inRoot().replace(/[\\/]$/, ''), '/home/ada/backtrail'],
    [`${userInfo().username} @ ${hostname()}`, 'ada @ laptop'],
    [release(), '6.8.0']
  ]);
  return names.sort(([one], [other]) => other.length - one.length);
}

/** @type {[string, string][]} */
let names = [];

/**
 * Writes other names over those of the machine that takes the pictures, and nothing else.
 *
 * @param {Page} page
 */
async function hideMachine(page) {
  await page.evaluate(pairs => {
    const views = document.querySelectorAll('.bt-RunView, #backtrail-runs');
    for (const view of views) {
      const texts = document.createTreeWalker(view, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        for (const [name, other] of pairs) {
          if (node.nodeValue?.includes(name)) {
            node.nodeValue = node.nodeValue.replaceAll(name, other);
          }
        }
      }
    }
  }, names);
}

/**
 * An element as far down as there is something in it.
 *
 * @param {Page} page
 * @param {string} selector
 */
async function filledPart(page, selector) {
  return page.locator(selector).evaluate(element => {
    const { x, y, width, bottom } = element.getBoundingClientRect();
    const parts = [...element.querySelectorAll('*')]
      .filter(({ childElementCount, tagName }) => childElementCount === 0 || tagName === 'svg')
      .map(part => part.getBoundingClientRect())
      .filter(part => part.width > 0 && part.height > 0);
    const end = Math.max(...parts.map(part => part.bottom)) + 16;
    return { x, y, width, height: Math.min(bottom, end) - y };
  });
}

/**
 * Takes a picture as the page is.
 *
 * @param {Page} page
 * @param {string} name
 * @param {string} [selector]
 */
async function shoot(page, name, selector) {
  const path = inRoot('docs', 'images', `${name}.png`);
  const clip = selector === undefined ? undefined : await filledPart(page, selector);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide', ...(clip && { clip }) });
  shrink(path);
  const { size } = statSync(path);
  console.log(`  ${path} (${Math.round(size / 1000)} kB)`);
  if (size > LIMIT) {
    throw new SetUpError(`${path} is larger than ${LIMIT / 1000} kB: lower the scale.`);
  }
}

/** @typedef {keyof typeof THEMES} Theme */

/** @type {Theme[]} */
const BOTH = ['light', 'dark'];

/**
 * The tabs of a run, as wide as a reader would make it, each in both themes.
 *
 * @param {Page} page
 */
async function picturesOfTabs(page) {
  const view = '.bt-RunView:not(.bt-Compare)';
  for (const [name, tab] of /** @type {[string, string | RegExp][]} */ ([
    ['overview', 'Overview'],
    ['cells', /^Cells/],
    ['files', 'Data and files'],
    ['environment', 'Environment']
  ])) {
    await page.locator(view).getByRole('tab', { name: tab }).click();
    await page.locator(view).getByRole('tabpanel').filter({ hasNotText: 'Loading…' }).waitFor();
    await picture(page, name, BOTH, view);
  }
}

/**
 * Writes other params into the notebook, as a user would type them.
 *
 * @param {Page} page
 * @param {Record<string, number>} params
 */
async function setParams(page, params) {
  await page.evaluate(values => {
    const panel = /** @type {NotebookPanel} */ (window.jupyterapp.shell.currentWidget);
    const cell = panel.content.widgets.find(({ model }) => model.id === 'params')?.model
      .sharedModel;
    let source = cell?.getSource() ?? '';
    for (const [key, value] of Object.entries(values)) {
      source = source.replace(new RegExp(`("${key}": )[\\d.]+`), `$1${value}`);
    }
    cell?.setSource(source);
  }, params);
}

/**
 * Turns the page to a cell.
 *
 * @param {Page} page
 * @param {string} id
 */
async function showCell(page, id) {
  await page.evaluate(wanted => {
    const { content } = /** @type {NotebookPanel} */ (window.jupyterapp.shell.currentWidget);
    const index = content.widgets.findIndex(cell => cell.model.id === wanted);
    content.activeCellIndex = index;
    content.deselectAll();
    return content.scrollToItem(index, 'start');
  }, id);
}

/**
 * Makes the panel as wide as a reader would.
 *
 * @param {Page} page
 * @param {number} width
 */
async function widenPanel(page, width) {
  const box = await page.locator('#backtrail-runs').boundingBox();
  const handle = await page.locator('#jp-right-stack').evaluate(panel => {
    const { left } = panel.getBoundingClientRect();
    const places = [...document.querySelectorAll('#jp-main-split-panel > .lm-SplitPanel-handle')]
      .filter(found => !found.classList.contains('lm-mod-hidden'))
      .map(found => found.getBoundingClientRect())
      .map(({ x, width, y, height }) => ({ x: x + width / 2, y: y + height / 2 }));
    return places.sort((one, other) => Math.abs(one.x - left) - Math.abs(other.x - left))[0];
  });
  if (box && handle) {
    await page.mouse.move(handle.x, handle.y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - width, handle.y, { steps: 8 });
    await page.mouse.up();
  }
}

/**
 * Opens the comparison of the newest runs, and waits for its curves.
 *
 * @param {Page} page
 * @param {number} count
 */
async function compareNewest(page, count) {
  await page.evaluate(async most => {
    const rows = /** @type {NodeListOf<HTMLElement>} */ (
      document.querySelectorAll('#backtrail-runs .bt-Run')
    );
    const runs = [...rows].slice(0, most).flatMap(row => row.dataset['btRun'] ?? []);
    await window.jupyterapp.commands.execute('backtrail:compare', { runs });
  }, count);
  await page.locator('.bt-Compare-sentences li').first().waitFor();
}

/**
 * A run of TypeScript, and the proof that it comes to the same again.
 *
 * @param {Page} page
 */
async function typescriptPictures(page) {
  await command(page, 'docmanager:open', { path: 'gradient-descent.ipynb' });
  await waitForIdle(page);
  await page.evaluate(() => {
    /** @type {LabShell} */ (/** @type {unknown} */ (window.jupyterapp.shell)).collapseLeft();
  });
  await command(page, 'backtrail:show-panel');
  await widenPanel(page, 480);
  await command(page, 'notebook:run-all-cells');
  await waitForIdle(page);
  await page.locator('#backtrail-runs .bt-Run-name a').first().click();
  await page.locator('.bt-RunView .js-plotly-plot').first().waitFor();
  await picture(page, 'typescript-run', ['light']);
  const view = page.locator('.bt-RunView');
  await view.getByRole('tab', { name: 'Repeat' }).click();
  await view.getByRole('button', { name: 'Verify' }).click();
  await view.locator('.bt-RunView-head .bt-Badge').waitFor({ timeout: PATIENCE });
  await picture(page, 'typescript-repeat', ['light']);
  await command(page, 'application:close');
}

await runMain(async () => {
  await prepare();
  const began = Date.now();
  mkdirSync(inRoot('docs', 'images'), { recursive: true });
  const { page, close } = await openLab();
  try {
    await typescriptPictures(page);
    if (process.argv.includes('--typescript')) {
      return;
    }
    await command(page, 'docmanager:open', { path: 'digits.ipynb' });
    await waitForIdle(page);
    await page.evaluate(() => {
      /** @type {LabShell} */ (/** @type {unknown} */ (window.jupyterapp.shell)).collapseLeft();
    });
    await command(page, 'backtrail:show-panel');
    await widenPanel(page, 480);
    for (const params of EARLIER) {
      await setParams(page, params);
      await command(page, 'notebook:run-all-cells');
      console.log(`  trained with ${JSON.stringify(params)}`);
    }
    await setParams(page, { epochs: 30, hidden: 128, learning_rate: 0.001 });
    await page.evaluate(() => {
      void window.jupyterapp.commands.execute('notebook:run-all-cells');
    });
    await showCell(page, 'training');
    for (const [at, epochs] of [2, 4, 6].entries()) {
      await waitForPoints(page, epochs);
      await shoot(page, `live-${at + 1}`, '#backtrail-runs .bt-Latest');
    }
    await picture(page, 'notebook', ['light', 'dark']);
    await waitForIdle(page);
    await page.locator('#backtrail-runs .bt-Run-name a').first().click();
    await page.locator('.bt-RunView .js-plotly-plot').first().waitFor();
    await picture(page, 'run', ['light', 'dark']);
    await page.locator('.bt-RunView').getByRole('tab', { name: 'Repeat' }).click();
    await page.locator('.bt-RunView [role="tabpanel"] li').first().waitFor();
    await picture(page, 'repeat', BOTH);
    await command(page, 'application:close');
    await compareNewest(page, 3);
    await picture(page, 'compare', ['light', 'dark']);
    await command(page, 'application:close');
    await widenPanel(page, 760);
    await picture(page, 'history', BOTH);
    await widenPanel(page, 480);
    await command(page, 'application:set-mode', { mode: 'single-document' });
    await page.locator('#backtrail-runs .bt-Run-name a').first().click();
    await picturesOfTabs(page);
    await compareNewest(page, EARLIER.length + 1);
    await page.locator('.bt-Compare').getByRole('tab', { name: 'Explore' }).click();
    await page.locator('.bt-Explore .js-plotly-plot').first().waitFor();
    await picture(page, 'explore', BOTH, '.bt-Compare');
    await command(page, 'backtrail:coverage', { scope: 'notebook', path: 'digits.ipynb' });
    await page.locator('.bt-Coverage h2').waitFor();
    await picture(page, 'coverage', BOTH, '.bt-Coverage');
    await page.locator('#backtrail-runs .bt-Run').first().click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Show Lineage' }).click();
    await page.locator('.bt-Lineage h2').waitFor();
    await picture(page, 'lineage', BOTH, '.bt-Lineage');
  } finally {
    await close();
  }
  console.log(`✓ screenshots (${elapsed(began)})`);
});
