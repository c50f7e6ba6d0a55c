/** How much later JupyterLab is there with the extension than without, and what it fetches for it. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../../scripts/setup/paths.mjs';
import { percentile, REMOVAL, restored } from './lab.mjs';

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

/**
 * Milliseconds from the navigation until JupyterLab is restored, and bytes fetched for the extension meanwhile.
 *
 * @param {import('./lab.mjs').Bench} bench
 * @param {URL} address
 */
async function once(bench, address) {
  const page = await bench.blank();
  const fetched = [];
  page.on('response', response => {
    if (response.url().includes('/extensions/backtrail/')) {
      fetched.push(
        response.body().then(
          body => body.length,
          () => 0
        )
      );
    }
  });
  await page.goto(address.href);
  await restored(page);
  const took = await page.evaluate(() => window.benchRestored);
  await page.waitForLoadState('networkidle');
  const bytes = (await Promise.all(fetched)).reduce((sum, size) => sum + size, 0);
  await page.context().close();
  return { took, bytes };
}

/**
 * @param {import('./lab.mjs').Bench} bench
 * @param {boolean} quick
 * @returns {Promise<import('./table.mjs').Figure[]>}
 */
export async function start(bench, quick) {
  const sides = [settings(true), settings(false)];
  const addresses = [await bench.serve(sides[0]), await bench.serve(sides[1])];
  for (const address of addresses) {
    await once(bench, address);
  }
  const pairs = quick ? 10 : 30;
  const differences = [];
  const without = [];
  let bytes = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const took = [0, 0];
    // Which of them comes first changes, so that what drifts falls on both alike.
    for (const side of pair % 2 ? [1, 0] : [0, 1]) {
      const found = await once(bench, addresses[side]);
      took[side] = found.took;
      if (side === 0) {
        bytes = Math.max(bytes, found.bytes);
      } else if (found.bytes > 0) {
        throw new Error('The extension was fetched although it is not there.');
      }
    }
    differences.push(took[0] - took[1]);
    without.push(took[1]);
  }
  return [
    {
      what: 'JupyterLab starts without the extension, p50',
      value: percentile(without),
      unit: 'ms'
    },
    {
      what: `JupyterLab starts later with it, p50 of ${pairs} pairs`,
      value: percentile(differences),
      unit: 'ms',
      limit: 20
    },
    {
      what: 'the middle half of the pairs is up to',
      value: percentile(differences, 0.75),
      unit: 'ms'
    },
    {
      what: 'the middle half of the pairs is from',
      value: percentile(differences, 0.25),
      unit: 'ms'
    },
    {
      what: 'fetched for the extension at the start',
      value: bytes / 1000,
      unit: 'kB',
      limit: 100
    }
  ];
}
