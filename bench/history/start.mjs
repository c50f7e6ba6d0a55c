/**
 * How much later JupyterLab is there with the extension than without, and what it fetches for it.
 *
 * Three servers, one of them with the extension, are started from in turn, each start in a browser context that has
 * nothing cached. What the two without it differ by is what cannot be told apart.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../../scripts/setup/paths.mjs';
import { percentile, REMOVAL } from './lab.mjs';
import { interval } from './spread.mjs';

/** @param {boolean} isEnabled */
function settings(isEnabled) {
  const home = mkdtempSync(join(tmpdir(), 'backtrail-bench-'));
  const folder = join(home, 'notebooks');
  mkdirSync(folder);
  // The extensions of the environment, with or without this one: of one that is disabled a part is fetched.
  const extensions = join(home, 'extensions');
  mkdirSync(extensions);
  const installed = inRoot('.venv', 'share', 'jupyter', 'labextensions');
  for (const name of readdirSync(installed)) {
    if (isEnabled || name !== 'backtrail') {
      symlinkSync(join(installed, name), join(extensions, name));
    }
  }
  return {
    parameters: [`--LabApp.labextensions_path=${extensions}`],
    home,
    folder,
    remove: () => rmSync(home, REMOVAL)
  };
}

/** Runs in the page before anything else: notes when it is restored, and when it can be used. */
function watch() {
  const moments = {};
  let app;
  Object.assign(window, { benchStart: moments });
  // Told by whom JupyterLab hands itself out to, so that nothing polls meanwhile.
  Object.defineProperty(window, 'jupyterapp', {
    get: () => app,
    set: value => {
      app = value;
      void app.restored.then(() => {
        moments.restored = performance.now();
        const look = () => {
          if (document.querySelector('.jp-Launcher')) {
            // The main thread has nothing to do: what is clicked is answered.
            requestIdleCallback(() => (moments.usable = performance.now()));
          } else {
            requestAnimationFrame(look);
          }
        };
        look();
      });
    }
  });
}

/**
 * One start: milliseconds from the navigation until JupyterLab is restored and until it can be used, of the main
 * thread's processor time meanwhile, and bytes fetched for the extension until then and in all.
 *
 * @param {import('./lab.mjs').Bench} bench
 * @param {URL} address
 */
async function once(bench, address) {
  const page = await bench.blank();
  await page.addInitScript(watch);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  let fetched = 0;
  const sizes = [];
  page.on('response', response => {
    if (response.url().includes('/extensions/backtrail/')) {
      sizes.push(
        response.body().then(
          body => (fetched += body.length),
          () => 0
        )
      );
    }
  });
  await page.goto(address.href, { waitUntil: 'commit' });
  await page.waitForFunction(() => window.benchStart.usable);
  const { metrics } = await session.send('Performance.getMetrics');
  const work = 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
  const moments = await page.evaluate(() => window.benchStart);
  const early = fetched;
  await page.waitForLoadState('networkidle');
  await Promise.all(sizes);
  await page.context().close();
  return { ...moments, work, early, fetched };
}

/** The orders in which the three servers are started from, so that what drifts falls on all alike. */
const ORDERS = [
  [0, 1, 2],
  [2, 1, 0],
  [1, 2, 0],
  [0, 2, 1],
  [2, 0, 1],
  [1, 0, 2]
];

/**
 * @param {import('./lab.mjs').Bench} bench
 * @param {boolean} quick
 * @returns {Promise<import('./table.mjs').Figure[]>}
 */
export async function start(bench, quick) {
  const addresses = [];
  for (const side of [settings(true), settings(false), settings(false)]) {
    addresses.push(await bench.serve(side));
  }
  for (const address of addresses) {
    await once(bench, address);
  }
  const rounds = quick ? 12 : 30;
  /** @type {Awaited<ReturnType<typeof once>>[][]} */
  const starts = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    for (const side of ORDERS[round % ORDERS.length]) {
      starts[side].push(await once(bench, addresses[side]));
    }
  }
  const [own, bare, control] = starts;
  if ([...bare, ...control].some(({ fetched }) => fetched > 0)) {
    throw new Error('The extension was fetched although it is not there.');
  }
  /** How much more one side takes than the other, start by start of the same round. */
  const beyond = (key, side, other) => side.map((one, at) => one[key] - other[at][key]);
  /** With the extension beyond the mean of the two without it, which differ by less than one of them does. */
  const added = key => own.map((one, at) => one[key] - (bare[at][key] + control[at][key]) / 2);
  const differences = (what, key, limit) => {
    const found = added(key);
    const [from, to] = interval(found);
    const [least, most] = interval(beyond(key, control, bare));
    const limits = limit === undefined ? {} : { limit };
    return [
      {
        what: `${what} with it, p50 of ${rounds}`,
        value: percentile(found),
        unit: 'ms',
        ...limits
      },
      { what: `${what} with it: at least (of 95 %)`, value: from, unit: 'ms' },
      { what: `${what} with it: at most (of 95 %)`, value: to, unit: 'ms' },
      { what: `${what}, two without it: at least (of 95 %)`, value: least, unit: 'ms' },
      { what: `${what}, two without it: at most (of 95 %)`, value: most, unit: 'ms' }
    ];
  };
  const usual = (what, key) => ({
    what,
    value: percentile([...bare, ...control].map(one => one[key])),
    unit: 'ms'
  });
  return [
    usual('JupyterLab is restored without the extension, p50', 'restored'),
    ...differences('restored later', 'restored', 20),
    usual('JupyterLab can be used without the extension, p50', 'usable'),
    ...differences('usable later', 'usable'),
    usual('main thread until then without the extension, processor time, p50', 'work'),
    ...differences('more of it', 'work'),
    {
      what: 'fetched for the extension until JupyterLab can be used',
      value: percentile(own.map(({ early }) => early)) / 1000,
      unit: 'kB'
    },
    {
      what: 'fetched for the extension at the start, in all',
      value: Math.max(...own.map(({ fetched }) => fetched)) / 1000,
      unit: 'kB',
      limit: 100
    }
  ];
}
