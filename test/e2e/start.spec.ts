import type { JupyterFrontEnd } from '@jupyterlab/application';
import { expect, test } from './lab.js';
import { WrittenLog } from './written.js';

/** What the start of JupyterLab may fetch for the extension, in bytes. */
const LIMIT = 100_000;

test('the start of JupyterLab fetches less than 100 kB for the extension', async ({ lab }) => {
  await lab.goto();
  await lab.page.waitForLoadState('networkidle');
  const sizes = await lab.page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ name }) => name.includes('/extensions/backtrail/'))
      .map(({ decodedBodySize }) => decodedBodySize)
  );
  expect(Math.min(...sizes)).toBeGreaterThan(0);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(LIMIT);
});

test('until JupyterLab is restored only the entry of the extension and one more file are fetched', async ({
  lab
}) => {
  await lab.page.addInitScript(() => {
    let app: JupyterFrontEnd | undefined;
    Object.defineProperty(window, 'jupyterapp', {
      get: () => app,
      set: (value: JupyterFrontEnd) => {
        app = value;
        void value.restored.then(() => {
          const files = performance.getEntriesByType('resource').map(({ name }) => name);
          document.documentElement.dataset['fetched'] = files
            .filter(name => name.includes('/extensions/backtrail/'))
            .join(' ');
        });
      }
    });
  });
  await lab.goto();
  const fetched = await lab.page.locator('html').getAttribute('data-fetched');

  expect(fetched?.split(' ')).toHaveLength(2);
  expect(fetched).toContain('/remoteEntry.');
  // What goes with open notebooks comes afterwards, by itself.
  await lab.page.waitForFunction(() =>
    globalThis.jupyterapp.commands.hasCommand('backtrail:which-run')
  );
});

test('the menu of a run is whole as soon as the run is listed, however busy the page is', async ({
  lab
}) => {
  const path = lab.write('busy.ipynb', ['1 + 1']);
  const log = new WrittenLog(lab, 'busy.ipynb');
  log.run('first', { points: [{ loss: 1 }] });
  log.write();
  // A page that never has a moment to spare.
  await lab.page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  await lab.goto();
  await lab.open(path);
  await lab.showPanel();
  await lab.rows.first().click({ button: 'right' });

  const menu = lab.page.getByRole('menu');
  await expect(menu.getByText('Rename Run…')).toBeVisible();
  await expect(menu.getByText('Archive Run')).toBeVisible();
});

test('the server extension tells the page where the tracker is', async ({ lab }) => {
  const config = await lab.page.locator('#jupyter-config-data').textContent();
  const { backtrailVersion, backtrailLocation, backtrailRoot } = JSON.parse(config ?? '');

  expect(backtrailVersion).toMatch(/^\d+\.\d+\.\d+$/);
  expect(backtrailLocation).toBeTruthy();
  expect(backtrailRoot).toBe(lab.server.root);
});
