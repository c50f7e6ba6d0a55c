/** The slice of a run is seen before it is exported, and a verify tells what is not as it was. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './lab.js';

const CELLS = [
  'import csv',
  'note = "nothing needs this"',
  'rows = [float(x) for (x,) in csv.reader(open("data.csv"))]',
  'mean = sum(rows) / len(rows)',
  'print("loss:", mean / 8)'
];

test('a run is verified in its Repeat tab, and again when its input is another', async ({
  lab
}) => {
  const path = lab.write('plain.ipynb', CELLS);
  const data = join(lab.directory, 'data.csv');
  writeFileSync(data, '1\n2\n6\n');
  await lab.open(path);
  await lab.runAll();
  await expect.poll(() => lab.events('plain.ipynb', 'metric').length).toBe(1);
  await lab.showPanel();

  await lab.rows.getByRole('button', { name: /Actions/ }).click();
  await lab.page.getByRole('menuitem', { name: 'Verify Run' }).click();
  const view = lab.page.locator('.bt-RunView');
  await expect(view.getByRole('tab', { name: 'Repeat' })).toHaveAttribute('aria-selected', 'true');
  const verdict = view.getByRole('region', { name: 'Verdict' });
  await expect(verdict.locator('.bt-Badge')).toHaveText('identical');
  await expect(verdict).toContainText('4 cells came to the same');
  await expect(view.locator('.bt-RunView-head .bt-Badge')).toHaveText('identical');
  await expect(lab.rows.locator('.bt-Badge')).toHaveText('identical');

  const cells = view.locator('.bt-SliceCell');
  await expect(cells).toHaveCount(5);
  await expect(cells.nth(1)).toContainText('left out');
  await expect(cells.nth(2)).toContainText('kept: defines rows, read by [4]');
  await expect(cells.nth(2)).toContainText('same');
  await cells.nth(2).getByRole('button').click();
  await expect(cells.nth(2).locator('.bt-Source')).toContainText('csv.reader');
  await view.getByText('Every cell').click();
  await expect(view.getByText('5 of 5 cells')).toBeVisible();
  await view.getByText('What the results need').click();
  await expect(view.getByText('4 of 5 cells')).toBeVisible();

  await view.getByRole('button', { name: 'Export as RO-Crate' }).click();
  const said = lab.page.getByText(/^The RO-Crate is /);
  await expect(said).toBeVisible();
  const folder =
    /The RO-Crate is (\S+?)\.(?:\s|$)/.exec((await said.textContent()) ?? '')?.[1] ?? '';
  const crate = join(lab.directory, folder.split('/').at(-1) ?? '');
  const { '@graph': graph } = JSON.parse(
    readFileSync(join(crate, 'ro-crate-metadata.json'), 'utf8')
  ) as { '@graph': Array<{ '@id': string; name?: string }> };
  const input = graph.find(({ name }) => name === 'data.csv')?.['@id'] ?? '';
  expect(readFileSync(join(crate, input), 'utf8')).toBe('1\n2\n6\n');

  writeFileSync(data, '1\n2\n9\n');
  await view.getByRole('button', { name: 'Verify again' }).click();
  await expect(verdict.locator('.bt-Badge')).toHaveText('differs');
  await expect(verdict).toContainText('first in cell [3]');
  await expect(verdict).toContainText('data.csv, which cell [3] reads, is not what it was.');
  await expect(verdict.getByRole('row', { name: /\[3\] rows/ })).toBeVisible();
  await expect(cells.nth(2)).toHaveAttribute('data-standing', 'differs');
  await expect(view.getByRole('heading', { name: 'Earlier verdicts' })).toBeVisible();
  expect(readFileSync(data, 'utf8')).toBe('1\n2\n9\n');

  writeFileSync(data, '1\n2\n6\n');
  await view.getByText('How it is verified').click();
  await view.getByText('In a fresh environment, built from the record').click();
  await view.getByRole('button', { name: 'Verify again' }).click();
  await expect(verdict.locator('.bt-Badge')).toHaveText('identical', { timeout: 120_000 });
  const verdicts = lab.events('plain.ipynb', 'verify');
  expect(verdicts.map(({ verdict: found, environment }) => [found, environment])).toEqual([
    ['identical', 'present'],
    ['differs', 'present'],
    ['identical', 'fresh']
  ]);

  await lab.open(path);
  await lab.runCell(1);
  const outdated = view.locator('.bt-RunView-head .bt-Badge[data-outdated]');
  await expect(outdated).toHaveText('identical');
  await expect(verdict).toContainText('The run has gone on since it was compared');
});

test('a replay that hangs can be cancelled, and a time limit ends it', async ({ lab }) => {
  const path = lab.write('hangs.ipynb', [
    'import os, time',
    'print("loss:", 0.5); time.sleep(0 if "JPY_SESSION_NAME" in os.environ else 600)'
  ]);
  await lab.open(path);
  await lab.runAll();
  await expect.poll(() => lab.events('hangs.ipynb', 'metric').length).toBe(1);
  await lab.command('backtrail:verify');
  const view = lab.page.locator('.bt-RunView');
  await expect(view.getByText('Replay 1: cell 2 of 2')).toBeVisible();
  await view.getByRole('button', { name: 'Cancel' }).click();
  await expect(view.getByRole('button', { name: 'Verify', exact: true })).toBeEnabled();
  expect(lab.events('hangs.ipynb', 'verify')).toEqual([]);

  await view.getByText('How it is verified').click();
  await view.getByLabel('Time limit in seconds').fill('10');
  await view.getByRole('button', { name: 'Verify', exact: true }).click();
  const verdict = view.getByRole('region', { name: 'Verdict' });
  await expect(verdict.locator('.bt-Badge')).toHaveText('could not run');
  await expect(verdict).toContainText('stopped after 10 seconds, in cell [2]');
});
