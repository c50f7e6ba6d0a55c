import { expect, test } from './lab.js';

test('runs are filtered as they are written, by keyboard alone, with completion', async ({
  lab
}) => {
  const cell = `import backtrail
for number, lr in enumerate([0.1, 0.01, 0.001]):
    with backtrail.start_run(f"try {number}", params={"lr": lr}):
        backtrail.log(loss=lr * 2)`;
  await lab.open(lab.write('filtered.ipynb', [cell]));
  await lab.showPanel();
  await lab.runAll();
  await expect(lab.rows).toHaveCount(3);

  const top = async (selector: string): Promise<number> =>
    (await lab.panel.locator(selector).boundingBox())?.y ?? NaN;
  await lab.panel.getByRole('grid').focus();
  await lab.page.keyboard.press('/');
  const box = lab.panel.getByRole('combobox', { name: 'Filter the runs' });
  await expect(box).toBeFocused();
  await lab.page.keyboard.type('params.');
  const options = lab.panel.locator('.bt-Filter-item');
  await expect(options).toHaveText(['params.lr']);
  // Who is not done yet is not told that it is wrong.
  await expect(box).toHaveAttribute('aria-invalid', 'false');
  await lab.page.keyboard.press('ArrowDown');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await lab.page.keyboard.press('Enter');
  await lab.page.keyboard.type('< 0.05');
  await expect(box).toHaveValue('params.lr < 0.05');
  await expect(lab.rows).toHaveCount(2);
  await expect(lab.panel.locator('.bt-Runs-count')).toHaveText('2 of 3 runs');
  // The bar stays one line where the panel is as narrow as it is at first.
  expect(Math.abs((await top('.bt-Runs-view')) - (await top('.bt-Runs-count')))).toBeLessThan(12);

  // A filter that is wrong says where, and leaves the list as it is.
  await lab.page.keyboard.type(' and and');
  await lab.page.keyboard.press('Escape');
  await expect(box).toHaveAttribute('aria-invalid', 'true');
  await expect(lab.panel.locator('.bt-Filter-problem')).toContainText(
    '“and” is not understood here'
  );
  await expect(lab.rows).toHaveCount(2);

  await lab.page.keyboard.press('Escape');
  await expect(box).toHaveValue('');
  await expect(lab.rows).toHaveCount(3);
});

test('no filter runs what stands in the names of runs', async ({ lab }) => {
  const name = '<img src=x onerror=alert(1)> "quoted" \\ and';
  const cell = `import backtrail
backtrail.start_run(${JSON.stringify(name)})
backtrail.log(**{${JSON.stringify(name)}: 1})`;
  await lab.open(lab.write('hostile-filter.ipynb', [cell]));
  await lab.showPanel();
  await lab.runAll();
  await expect(lab.rows).toHaveCount(1);
  const box = lab.panel.getByRole('combobox', { name: 'Filter the runs' });
  await box.fill('metrics.');
  await lab.panel.locator('.bt-Filter-item').first().click();
  await expect(lab.rows).toHaveCount(1);
  await expect(lab.panel.locator('.bt-Filter img')).toHaveCount(0);
  await box.pressSequentially('> 1');
  await expect(lab.panel.locator('.bt-Runs-none')).toBeVisible();
  await box.fill('name = ');
  await lab.panel.locator('.bt-Filter-item').first().click();
  await expect(lab.rows).toHaveCount(1);
});
