import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { expect, test } from './lab.js';
import { WrittenLog } from './written.js';

interface INotebook {
  cells: { source: string | string[]; execution_count?: number | null }[];
}

test('a run is opened as the notebook that was executed, promoted, and told apart from the present kernel', async ({
  lab
}) => {
  const old = new WrittenLog(lab, 'acts.ipynb');
  const packages = old.blob(JSON.stringify({ gone: '1.0', ipykernel: '0.1' }));
  old.event('environment', { python: '2.7.0', platform: 'another system', packages });
  old.run('old', { points: [{ loss: 1 }, { loss: 0.5 }] });
  old.write();
  await lab.open(lab.write('acts.ipynb', ['lr = 0.1', 'import backtrail\nbacktrail.log(loss=lr)']));
  await lab.showPanel();
  await lab.runAll();
  await expect(lab.rows).toHaveCount(2);
  const newest = lab.rows.first();

  // What was executed, and not what the notebook says now.
  await lab.page.evaluate(() => {
    const panel = globalThis.jupyterapp.shell.currentWidget as NotebookPanel;
    panel.content.widgets[0]?.model.sharedModel.setSource('lr = 99');
  });
  await newest.click({ button: 'right' });
  await lab.page.getByRole('menuitem', { name: 'Open as Notebook' }).click();
  const written = (): string[] =>
    readdirSync(lab.directory).filter(name => name.endsWith('.ipynb') && name !== 'acts.ipynb');
  await expect.poll(written).toHaveLength(1);
  const [name = ''] = written();
  // It is opened when it is written to its end.
  await expect(lab.page.getByRole('tab', { name })).toBeVisible();
  const { cells } = JSON.parse(readFileSync(join(lab.directory, name), 'utf8')) as INotebook;
  const sources = cells.map(({ source }) => [source].flat().join(''));
  expect(sources).toContain('lr = 0.1');
  expect(sources.join()).not.toContain('99');
  expect(cells.map(cell => cell.execution_count)).toEqual(expect.arrayContaining([1, 2]));

  await lab.command('docmanager:open', { path: `${lab.folder}/acts.ipynb`, factory: 'Notebook' });
  await newest.click({ button: 'right' });
  await lab.page.getByRole('menuitem', { name: 'Promote…' }).click();
  await lab.page.getByLabel('Stage (empty: none)').fill('production');
  await lab.page.getByLabel('Reason').fill('best so far');
  await lab.page.getByRole('button', { name: 'Save', exact: true }).click();
  const box = lab.panel.getByRole('combobox', { name: 'Filter the runs' });
  await box.fill('stage = "production"');
  await expect(lab.rows).toHaveCount(1);
  await box.fill('');
  await box.press('Escape');
  await expect(lab.rows).toHaveCount(2);

  // The old run against the kernel that is open now.
  await lab.rows.last().locator('.bt-Run-name a').click();
  const view = lab.page.locator('.bt-RunView');
  await view.getByRole('tab', { name: 'Environment' }).click();
  const now = view.locator('.bt-SinceThen');
  await expect(now).toContainText('Compared with the kernel that is open now');
  const row = (key: string) =>
    now
      .locator('tbody tr')
      .filter({ has: lab.page.getByRole('rowheader', { name: key, exact: true }) });
  await expect(row('Python').locator('td')).toHaveText(['2.7.0', /^3\./]);
  await expect(row('gone').locator('td')).toHaveText(['1.0', '–']);
  await expect(row('ipykernel').locator('td').first()).toHaveText('0.1');
  await expect(row('PYTHONHASHSEED')).toHaveCount(0);
});

test('the status bar says when recording is off, and its menu turns it off and on', async ({
  lab
}) => {
  await lab.open(lab.write('off.ipynb', ['import backtrail\nbacktrail.log(loss=1)']));
  await lab.showPanel();
  await lab.runAll();
  await expect(lab.status).toContainText('off #1');
  await expect(lab.status.locator('[data-mark="recording"]')).toHaveCount(1);

  const menu = async (line: string): Promise<void> => {
    await lab.status.locator('button').click({ button: 'right' });
    // A line that is not ticked has another role than one that is.
    await lab.page.locator('.lm-Menu-item', { hasText: line }).click();
  };
  await menu('Record This Notebook');
  await expect(lab.status.locator('[data-mark="off"]')).toHaveCount(1);
  await expect(lab.status).toHaveText('off');
  const before = lab.events('off.ipynb', 'cell_start').length;
  await lab.runAll();
  expect(lab.events('off.ipynb', 'cell_start')).toHaveLength(before);
  await menu('Record This Notebook');
  await lab.runAll();
  await expect.poll(() => lab.events('off.ipynb', 'cell_start').length).toBeGreaterThan(before);
  await expect(lab.status.locator('[data-mark="recording"]')).toHaveCount(1);

  // Everywhere: the choice for one notebook cannot be made then.
  await menu('Record All Notebooks');
  await expect(lab.status.locator('[data-mark="off"]')).toHaveCount(1);
  await lab.status.locator('button').click({ button: 'right' });
  const line = lab.page.locator('.lm-Menu-item', { hasText: 'Record This Notebook' });
  await expect(line).toHaveAttribute('aria-disabled', 'true');
  await lab.page.keyboard.press('Escape');
  await menu('Record All Notebooks');
  await expect(lab.status.locator('[data-mark="off"]')).toHaveCount(0);
});
