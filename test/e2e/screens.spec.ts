import type { Locator } from '@playwright/test';
import { expect, test } from './lab.js';

const HOSTILE =
  '<img src=x onerror="document.title=\'owned\'"><b>bold</b> & "quoted" ${x} %1 {{y}}';

test('names that hold HTML are shown as text', async ({ lab }) => {
  const cell = `import backtrail
name = ${JSON.stringify(HOSTILE)}
backtrail.start_run(name)
backtrail.log_param(name, name)
backtrail.set_tag(name, name)
backtrail.note(name)
for value in range(3):
    backtrail.log_metric(name, value)`;
  await lab.open(lab.write('hostile.ipynb', [cell]));
  await lab.showPanel();
  await lab.runAll();

  await expect(lab.rows.locator('.bt-Run-name')).toContainText(HOSTILE);
  await expect(lab.rows.locator('.bt-Run-params')).toContainText('<b>bold</b>');
  await expect(lab.rows.locator('.bt-Tag')).toContainText('<b>bold</b>');
  await expect(lab.status).toContainText('<img src=x');
  await expect(lab.panel.locator('.bt-Chart-name')).toHaveText(HOSTILE);
  await lab.rows.locator('.bt-Run-name a').click();
  const view = lab.page.locator('.bt-RunView');
  await expect(view.locator('h2')).toContainText(HOSTILE);
  for (const tab of ['Overview', /^Cells/, 'Code', 'Environment', 'Plots']) {
    await view.getByRole('tab', { name: tab }).click();
    await expect(view.getByRole('tabpanel')).not.toContainText('Loading…');
  }
  await expect(view.locator('.js-plotly-plot').first()).toBeVisible();
  await expect(lab.page.locator('[class^="bt-"] img, .bt-RunView img')).toHaveCount(0);
  await expect(lab.page).not.toHaveTitle('owned');
});

test('a reload brings back the panel, the run beside the notebook and its charts', async ({
  lab
}) => {
  await lab.open(
    lab.write('kept.ipynb', [
      'import backtrail\nfor step in range(5):\n    backtrail.log(loss=step * step)'
    ])
  );
  await lab.showPanel();
  await lab.runAll();
  await lab.rows.locator('.bt-Run-name a').click();
  const view = lab.page.locator('.bt-RunView');
  await expect.poll(() => lab.line('loss', view)).toHaveLength(5);
  await lab.save();
  await lab.page.evaluate(async () => {
    const { workspaces } = globalThis.jupyterapp.serviceManager;
    // The layout is saved a moment after it changed: wait until the run view is in it.
    const saved = async (): Promise<boolean> =>
      JSON.stringify((await workspaces.list()).values).includes('backtrail-runs');
    while (!(await saved())) {
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  });

  await lab.goto({});

  await expect(view.locator('h2')).toContainText('kept');
  await expect(lab.rows).toHaveCount(1);
  await expect(lab.panel).toBeVisible();
  await expect.poll(() => lab.line('loss', view)).toHaveLength(5);
  await expect.poll(() => lab.line('loss')).toHaveLength(5);

  // Charts that were folded stay so.
  const latest = lab.panel.locator('.bt-Latest');
  await latest.locator('summary').click();
  await expect(latest).not.toHaveAttribute('open');
  await lab.page.waitForFunction(async () => {
    const { settings } = globalThis.jupyterapp.serviceManager;
    return /"isFolded": ?true/.test((await settings.fetch('backtrail:history'))?.raw ?? '');
  });
  await lab.goto({});
  await expect(lab.rows).toHaveCount(1);
  await expect(latest).not.toHaveAttribute('open');
  await latest.locator('summary').click();
  await expect.poll(() => lab.line('loss')).toHaveLength(5);
});

test('beside a notebook, where there is little room, every tab of a run and both of two runs are in sight', async ({
  lab
}) => {
  await lab.page.setViewportSize({ width: 1280, height: 800 });
  await lab.open(
    lab.write('narrow.ipynb', [
      'import backtrail\nfor at in range(2):\n    backtrail.start_run("a name that is long")\n' +
        '    for step in range(3):\n        backtrail.log({"training/loss_of_all": step / 7000 + at}, step=step)'
    ])
  );
  await lab.showPanel();
  await lab.runAll();
  await expect(lab.rows).toHaveCount(2);
  const runs = lab
    .events('narrow.ipynb', 'run_start')
    .map(line => String(line['run']))
    .slice(-2);
  await lab.command('backtrail:open-run', { run: runs[0] ?? '' });
  const view = lab.page.locator('.bt-RunView:not(.bt-Compare)');
  await expect(view.getByRole('tab')).toHaveCount(7);
  expect((await view.boundingBox())?.width).toBeLessThan(500);
  expect(await outside(view.getByRole('tab'), view)).toEqual([]);
  await view.getByRole('tab', { name: 'Overview' }).click();
  await expect(view.getByRole('cell', { name: '0.000285714' }).first()).toBeVisible();
  // No number is cut.
  const cut = await view
    .locator('.bt-Metrics td:visible')
    .evaluateAll(all =>
      all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent)
    );
  expect(cut).toEqual([]);

  await lab.command('backtrail:compare', { runs });
  const compare = lab.page.locator('.bt-Compare');
  const columns = compare.locator('.bt-CompareTable thead th');
  await expect(columns).toHaveCount(2);
  expect((await compare.boundingBox())?.width).toBeLessThan(500);
  expect(await outside(columns, compare)).toEqual([]);
  // Names that begin alike are told apart by how they end.
  await expect(columns.first()).toContainText('long');
  for (const column of await columns.all()) {
    expect(await outside(column.locator('.bt-Shortened > :last-child'), column)).toEqual([]);
  }

  /** The texts of the elements that are not wholly within another. */
  async function outside(elements: Locator, within: Locator): Promise<(string | null)[]> {
    const box = await within.boundingBox();
    const [left, right] = [box?.x ?? 0, (box?.x ?? 0) + (box?.width ?? 0)];
    return elements.evaluateAll(
      (all, [from, to]) =>
        all
          .filter(one => {
            const { left, right } = one.getBoundingClientRect();
            return left < from || right > to + 0.5;
          })
          .map(one => one.textContent),
      [left, right] as const
    );
  }
});

test('the panel and a run can be reached and left by keyboard alone', async ({ lab }) => {
  await lab.open(
    lab.write('keys.ipynb', [
      'import backtrail\nbacktrail.log(loss=1)',
      'backtrail.start_run("second")\nbacktrail.log(loss=2)'
    ])
  );
  await lab.showPanel();
  await lab.runAll();
  await expect(lab.rows).toHaveCount(2);

  const grid = lab.panel.getByRole('grid', { name: 'Runs, newest first' });
  await lab.status.locator('button').focus();
  await lab.page.keyboard.press('Enter');
  await expect(grid).toBeFocused();
  await expect(grid).toHaveAttribute('aria-activedescendant', await idOf(0));
  await lab.page.keyboard.press('ArrowDown');
  await expect(grid).toHaveAttribute('aria-activedescendant', await idOf(1));
  await expect(lab.rows.nth(1)).toHaveAttribute('aria-selected', 'true');
  await lab.page.keyboard.press('Enter');

  const tabs = lab.page.locator('.bt-RunView').getByRole('tab');
  await expect(tabs.first()).toHaveAttribute('aria-selected', 'true');
  await tabs.first().focus();
  await lab.page.keyboard.press('ArrowRight');
  await expect(tabs.nth(1)).toBeFocused();
  await expect(lab.page.getByRole('tabpanel', { name: 'Overview' })).toContainText('loss');

  for (const control of await lab.page
    .locator('.bt-StatusItem, #backtrail-runs, .bt-RunView')
    .locator('button, select, input, [role="img"], [role="grid"], [role="tablist"]')
    .all()) {
    expect(await named(control)).toBe(true);
  }

  async function idOf(row: number): Promise<string> {
    return (await lab.rows.nth(row).getAttribute('id')) ?? 'no row';
  }

  /** Whether a screen reader has a name to say for an element. */
  function named(control: ReturnType<typeof lab.page.locator>): Promise<boolean> {
    return control.evaluate(
      (element: HTMLElement) =>
        Boolean(element.getAttribute('aria-label') ?? element.textContent?.trim()) ||
        Boolean(element.closest('label')?.textContent?.trim())
    );
  }
});

test('on a low screen the panel has fewer charts, which leaves room for runs', async ({ lab }) => {
  await lab.open(
    lab.write('low.ipynb', [
      'import backtrail\nfor step in range(5):\n    backtrail.log(a=step, b=step, c=step, d=step)'
    ])
  );
  await lab.showPanel();
  await lab.runAll();
  const charts = lab.panel.locator('.bt-Latest .bt-Chart');
  await expect(charts).toHaveCount(3);
  await expect(lab.panel.getByText('Open the run: 1 more metric')).toBeVisible();
  await lab.page.setViewportSize({ width: 1280, height: 720 });
  await expect(charts).toHaveCount(2);
  await expect(lab.panel.getByText('Open the run: 2 more metrics')).toBeVisible();
});
