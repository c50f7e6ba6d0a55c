import type { NotebookPanel } from '@jupyterlab/notebook';
import { expect, test } from './lab.js';

/** The page of Notebook 7 is another application on the same server, with the same extension. */
test('Notebook 7 records, lists runs beside the notebook, and shows one below it', async ({
  lab
}) => {
  const path = lab.write('classic.ipynb', [
    'import backtrail\nfor step in range(5):\n    backtrail.log(loss=1 / (step + 1))'
  ]);
  const { page, rows } = lab;
  await page.goto(lab.server.address(`notebooks/${path}`, { token: lab.server.token }));
  await page.waitForFunction(() => globalThis.jupyterapp?.restored);
  await page.evaluate(async () => {
    await globalThis.jupyterapp.restored;
  });
  await expect(page.locator('.jp-NotebookPanel')).toBeVisible();
  await expect(page.locator('.jp-NotebookPanel [data-command="backtrail:new-run"]')).toBeVisible();
  await page.waitForFunction(() => {
    const panel = globalThis.jupyterapp.shell.currentWidget as NotebookPanel | null;
    return panel?.sessionContext.session?.kernel?.status === 'idle';
  });
  await lab.runCell(0);
  await expect.poll(() => lab.events('classic.ipynb', 'cell_end').length).toBe(1);
  await expect(page.locator('.bt-CellMark[data-mark="open"]')).toHaveCount(1);

  await lab.showPanel();
  await expect(lab.panel).toBeVisible();
  await expect(rows).toHaveCount(1);
  await expect.poll(() => lab.line('loss')).toHaveLength(5);
  await rows.locator('.bt-Run-name a').click();
  const view = page.locator('.bt-RunView');
  await expect(view).toBeVisible();
  await expect(view.locator('h2')).toContainText('classic');
  await expect.poll(() => lab.line('loss', view)).toHaveLength(5);
  await view.getByRole('tab', { name: /^Cells/ }).click();
  await expect(view.getByRole('tabpanel')).toContainText('backtrail.log');
});
