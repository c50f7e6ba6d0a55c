import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './lab.js';

test('a file that was renamed names the run that made it, from the file browser and the run view', async ({
  lab
}) => {
  const cells = [
    'rate = 0.1',
    'for epoch in range(3): print(f"epoch {epoch}, loss: {rate / (epoch + 1):.4f}")',
    'with open("model.bin", "w") as file: file.write(str(rate))'
  ];
  await lab.open(lab.write('maker.ipynb', cells));
  await lab.runAll();
  // A file is said to be kept in a second line, where keeping it took a moment.
  await expect
    .poll(() => lab.events('maker.ipynb', 'output').at(-1))
    .toMatchObject({ path: 'model.bin', kept: true });
  renameSync(join(lab.directory, 'model.bin'), join(lab.directory, 'FINAL_USE_THIS.bin'));

  await lab.command('filebrowser:go-to-path', { path: lab.folder });
  const item = lab.page.locator('.jp-DirListing-item', { hasText: 'FINAL_USE_THIS.bin' });
  await item.click({ button: 'right' });
  await lab.page.getByRole('menuitem', { name: 'Which Run Made This?' }).click();
  const dialog = lab.page.getByRole('dialog');
  await expect(dialog).toContainText('Which run made FINAL_USE_THIS.bin?');
  await expect(dialog.locator('li')).toHaveCount(1);
  await expect(dialog.locator('li')).toContainText('as model.bin');
  await expect(dialog.locator('li')).toContainText('loss 0.0333');

  await dialog.getByRole('button', { name: 'maker #1', exact: true }).click();
  const view = lab.page.locator('.bt-RunView');
  await view.getByRole('tab', { name: 'Data and files' }).click();
  await view
    .getByRole('row', { name: /model\.bin/ })
    .getByRole('button')
    .click();
  await expect(dialog.locator('li')).toContainText('maker #1');

  await dialog.getByRole('button', { name: 'Lineage of maker #1' }).click();
  const lineage = lab.page.locator('.bt-Lineage');
  await expect(lineage.getByRole('heading', { level: 2 })).toContainText('Lineage of maker #1');
  await expect(lineage.getByText('The run read no file')).toBeVisible();
  const written = lineage.getByRole('tree', { name: 'What was made of the run' });
  await expect(written.getByRole('treeitem')).toContainText('model.bin');
});

test('a folder tells of each of its files which run made it', async ({ lab }) => {
  const cells = [
    'import os; os.makedirs("models", exist_ok=True); rate = 0.1',
    'for epoch in range(3): print(f"epoch {epoch}, loss: {rate / (epoch + 1):.4f}")',
    'with open("models/model.bin", "w") as file: file.write(str(rate))'
  ];
  await lab.open(lab.write('folder.ipynb', cells));
  await lab.runAll();
  await expect
    .poll(() => lab.events('folder.ipynb', 'output').at(-1))
    .toMatchObject({ path: 'models/model.bin', kept: true });
  writeFileSync(join(lab.directory, 'models', 'notes.txt'), 'by hand');

  await lab.command('filebrowser:go-to-path', { path: lab.folder });
  const item = lab.page.locator('.jp-DirListing-item[data-isdir="true"]', { hasText: 'models' });
  await item.click({ button: 'right' });
  await lab.page.getByRole('menuitem', { name: 'Which Runs Made These Files?' }).click();
  const dialog = lab.page.getByRole('dialog');
  await expect(dialog).toContainText('Which runs made the files in models?');
  const row = dialog.getByRole('row', { name: /model\.bin/ });
  await expect(row).toContainText('loss 0.0333');
  await expect(dialog.getByRole('status')).toContainText('Of one other file');
  await lab.page.screenshot({ path: test.info().outputPath('folder.png') });
  await row.getByRole('button', { name: 'folder #1' }).click();
  await expect(lab.page.locator('.bt-RunView')).toContainText('folder #1');
});
