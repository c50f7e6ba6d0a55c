import { expect, test } from './lab.js';
import { violations } from './axe.js';

test('what was tried is a heat map, a click lists its runs, and what they were made of is a tree', async ({
  lab
}) => {
  const train = [
    'import backtrail, pathlib',
    'pathlib.Path("data.csv").write_text("1,2")',
    [
      'for lr, depth in [(0.1, 2), (0.1, 4), (0.01, 2), (0.1, 2)]:',
      '    with backtrail.start_run(params={"lr": lr, "depth": depth}):',
      '        data = open("data.csv").read()',
      '        backtrail.log_metric("auc", lr * depth)',
      '        open("model.txt", "w").write(str((lr, depth)))'
    ].join('\n')
  ];
  await lab.open(lab.write('grid.ipynb', train));
  await lab.runAll();
  await lab.showPanel();
  await expect.poll(() => lab.rows.count()).toBeGreaterThanOrEqual(4);

  await lab.panel.getByRole('button', { name: 'What was tried' }).click();
  const view = lab.page.locator('.bt-Coverage');
  await expect(view.getByRole('heading', { level: 2 })).toContainText('tried 3 of 4 combinations');
  await expect(view.getByRole('button', { name: 'lr 0.01, depth 4: never tried' })).toBeVisible();
  await view.getByLabel('Show').selectOption('auc');
  await expect(
    view.getByRole('button', { name: /lr 0.1, depth 4: 1 run, greatest auc 0.4/ })
  ).toBeVisible();
  expect(await violations(lab.page, '.bt-Coverage')).toEqual([]);

  await view.locator('.bt-HeatMap-cell').first().focus();
  await lab.page.keyboard.press('ArrowDown');
  await expect(view.locator('.bt-HeatMap-cell:focus')).toHaveAccessibleName(
    /lr 0.1, depth 2: 2 runs/
  );
  await lab.page.keyboard.press('Enter');
  await expect(lab.panel.getByRole('combobox', { name: 'Filter the runs' })).toHaveValue(
    'params.lr = 0.1 and params.depth = 2'
  );
  await expect(lab.rows).toHaveCount(2);

  await lab.rows.first().click({ button: 'right' });
  await lab.page.getByRole('menuitem', { name: 'Show Lineage' }).click();
  const lineage = lab.page.locator('.bt-Lineage');
  const origins = lineage.getByRole('tree', { name: 'What the run was made of' });
  await expect(origins.getByRole('treeitem').first()).toContainText('data.csv');
  await expect(origins.getByRole('treeitem')).toHaveCount(1);
  expect(await violations(lab.page, '.bt-Lineage')).toEqual([]);

  await lab.command('apputils:change-theme', { theme: 'JupyterLab Dark' });
  await expect(lab.page.locator('body')).toHaveAttribute('data-jp-theme-light', 'false');
  expect(await violations(lab.page, '.bt-Lineage')).toEqual([]);
  await lab.page.getByRole('tab', { name: 'What was tried' }).click();
  await expect(view.locator('.bt-HeatMap')).toBeVisible();
  expect(await violations(lab.page, '.bt-Coverage')).toEqual([]);
});
