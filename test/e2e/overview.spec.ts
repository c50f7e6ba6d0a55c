import { violations } from './axe.js';
import { expect, test } from './lab.js';
import { WrittenLog } from './written.js';

test('a run tells what changed since the one before, and what each cell used', async ({ lab }) => {
  const path = lab.write('told.ipynb', ['1 + 1']);
  const log = new WrittenLog(lab, 'told.ipynb');
  log.run('first', { params: { lr: 0.1 }, points: [{ loss: 2 }, { loss: 1 }] });
  const array = { type: 'ndarray', shape: [3, 4], dtype: 'float64', size: 96, seen: 'exact' };
  const second = log.run('second', {
    params: { lr: 0.2 },
    points: [{ loss: 2 }, { loss: 0.5 }],
    events: [
      { event: 'variables', n: 2, reads: ['rate'], bound: { weights: array } },
      { event: 'input', path: 'data/train.csv', sha256: null, size: 3, cell: 2 }
    ]
  });
  log.write();
  await lab.open(path);
  await lab.showPanel();
  await expect(lab.rows).toHaveCount(2);

  // From row to row with Shift: rows are selected, and no text.
  await lab.rows.nth(0).click();
  await lab.rows.nth(1).click({ modifiers: ['Shift'] });
  await expect(lab.panel.locator('.bt-Run[aria-selected="true"]')).toHaveCount(2);
  expect(await lab.page.evaluate(() => String(getSelection()))).toBe('');
  await expect(lab.panel.getByRole('grid')).toBeFocused();

  await lab.rows.nth(0).locator('.bt-Run-name a').click();
  const view = lab.page.locator('.bt-RunView:not(.bt-Compare)');
  await view.getByRole('tab', { name: /^Cells/ }).click();
  const uses = view.locator('.bt-Uses');
  await expect(uses.locator('summary')).toContainText(/set weights.*read rate.*data\/train\.csv/);
  await uses.locator('summary').click();
  await expect(uses.getByRole('row', { name: /weights/ })).toContainText(
    'ndarray float64 (3, 4) 96 B'
  );
  expect(await violations(lab.page, '.bt-Uses')).toEqual([]);

  await view.getByRole('tab', { name: 'Overview' }).click();
  const since = view.locator('.bt-SinceBefore');
  await expect(since).toContainText('What changed since first');
  await expect(since).toContainText('lr 0.1 → 0.2');
  expect(await violations(lab.page, '.bt-SinceBefore')).toEqual([]);
  await lab.command('apputils:change-theme', { theme: 'JupyterLab Dark' });
  await expect(lab.page.locator('body')).toHaveAttribute('data-jp-theme-light', 'false');
  expect(await violations(lab.page, '.bt-SinceBefore', ['color-contrast'])).toEqual([]);
  await view.getByRole('tab', { name: /^Cells/ }).click();
  expect(await violations(lab.page, '.bt-Uses', ['color-contrast'])).toEqual([]);
  await view.getByRole('tab', { name: 'Overview' }).click();
  // The notebook is told as JupyterLab has it, and opened.
  await view.getByRole('link', { name: path }).click();
  await expect(lab.page.locator('.jp-Notebook:visible')).toBeVisible();
  await lab.command('backtrail:open-run', { run: second });
  await since.getByRole('button', { name: 'Compare the two' }).click();
  const compare = lab.page.locator('.bt-Compare');
  await expect(compare.locator('.bt-Compare-base select')).toHaveValue(/./);
  await expect(compare.locator('.bt-Compare-sentences')).toContainText('lr 0.1 → 0.2');
});
