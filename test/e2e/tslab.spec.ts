import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { violations } from './axe.js';
import { expect, test } from './lab.js';

const TSX = join(import.meta.dirname, '../../node_modules/tsx/dist/cli.mjs');

const TSLAB = {
  kernelspec: { display_name: 'TypeScript', language: 'typescript', name: 'tslab' }
};

const CELLS = [
  'const rate = 0.5;\nconsole.log(rate);',
  "import * as backtrail from 'backtrail';",
  "for (let i = 0; i < 20; i++) backtrail.logMetric('loss', rate / (i + 1));",
  'throw new RangeError("too far");'
];

test('a notebook of tslab is recorded from its first cell on, and looks as it does without', async ({
  lab
}) => {
  await lab.open(lab.write('net.ipynb', CELLS, TSLAB));
  await lab.showPanel();
  for (const index of CELLS.keys()) {
    await lab.runCell(index);
  }
  await expect(lab.rows).toHaveCount(1);
  await expect(lab.panel.locator('.bt-Chart-name')).toHaveText('loss');
  await expect(lab.page.locator('.jp-Notebook .jp-InputPrompt')).toHaveText([
    '[1]:',
    '[2]:',
    '[3]:',
    '[4]:'
  ]);
  const outputs = lab.page.locator('.jp-Notebook .jp-Cell .jp-OutputArea-output');
  await expect(outputs.first()).toHaveText('0.5');
  await expect(outputs.last()).toContainText('RangeError: too far');

  await expect.poll(() => lab.events('net.ipynb', 'cell_end')).toHaveLength(4);
  expect(lab.events('net.ipynb', 'cell_start').map(line => line['source'])).toEqual(CELLS);
  expect(lab.events('net.ipynb', 'cell_end').map(line => line['status'])).toEqual([
    'finished',
    'finished',
    'finished',
    'failed'
  ]);
  const failed = lab.events('net.ipynb', 'cell_end').at(-1);
  expect(failed?.['error']).toMatchObject({ type: 'RangeError', message: 'too far' });
});

test('a cell of tslab that goes on is said to run, and its metrics are counted meanwhile', async ({
  lab
}) => {
  const waiting =
    "import { existsSync } from 'fs';\n" +
    'const pause = () => new Promise(resolve => setTimeout(resolve, 50));\n' +
    "console.log('step 0 loss: 0.5');\n" +
    "while (!existsSync('go')) await pause();\n" +
    "console.log('step 0 accuracy: 0.75');";
  let asked = 0;
  lab.page.on('response', response => {
    asked += Number(/\/backtrail\/runs\/[^/?]+(\?|$)/.test(response.url()));
  });
  await lab.open(lab.write('late.ipynb', ['const rate = 0.5;', waiting], TSLAB));
  await lab.showPanel();
  await lab.startRunAll();
  await expect(lab.status).toContainText('late #1 · 1 metric');
  // It is asked for as long as the cell runs.
  const before = asked;
  await expect.poll(() => asked).toBeGreaterThan(before + 2);
  const latest = lab.panel.locator('.bt-Latest-status');
  await expect(latest).toHaveText('running');
  writeFileSync(join(lab.directory, 'go'), '');
  await expect(lab.status).toContainText('late #1 · 2 metrics');
  await expect(latest).toHaveText('open');
});

const TRAINING = [
  "import * as fs from 'fs';",
  'type Row = number;',
  "const rows: Row[] = fs.readFileSync('data.csv', 'utf8').trim().split('\\n').map(Number);",
  "const note = 'nothing needs this';",
  'let weight = Math.random();',
  'for (let step = 0; step < 4; step++) {\n  weight += 0.1 * Math.random();\n' +
    '  console.log(`step ${step} loss: ${rows[2] - weight}`);\n}',
  "fs.writeFileSync('model.json', JSON.stringify(weight));"
];

test('a run of tslab that set no seed is verified in its Repeat tab, and exported', async ({
  lab
}) => {
  const path = lab.write('weight.ipynb', TRAINING, TSLAB);
  const data = join(lab.directory, 'data.csv');
  writeFileSync(data, '1\n2\n6\n');
  await lab.open(path);
  await lab.showPanel();
  for (const index of TRAINING.keys()) {
    await lab.runCell(index);
  }
  await expect.poll(() => lab.events('weight.ipynb', 'output').length).toBeGreaterThan(0);
  const weight = readFileSync(join(lab.directory, 'model.json'), 'utf8');
  await lab.command('backtrail:verify');
  const view = lab.page.locator('.bt-RunView');
  const verdict = view.getByRole('region', { name: 'Verdict' });
  await expect(verdict.locator('.bt-Badge')).toHaveText('identical', { timeout: 120_000 });
  await expect(verdict).toContainText('6 cells came to the same');
  await expect(view.locator('.bt-RunView-head .bt-Badge')).toHaveText('identical');
  const cells = view.locator('.bt-SliceCell');
  await expect(cells.nth(1)).toContainText('kept: defines Row, read by [3]');
  await expect(cells.nth(3)).toContainText('left out');
  await view.getByText('How it is verified').click();
  await expect(view.getByLabel('Time limit in seconds')).toBeVisible();
  await expect(view.getByText('hash seed')).toHaveCount(0);
  await expect(view.getByText('Also in another time zone and language')).toBeVisible();

  writeFileSync(data, '1\n2\n9\n');
  await view.getByRole('button', { name: 'Verify again' }).click();
  await expect(verdict.locator('.bt-Badge')).toHaveText('differs', { timeout: 120_000 });
  await expect(verdict).toContainText('data.csv, which cell [3] reads, is not what it was.');
  writeFileSync(data, '1\n2\n6\n');

  await view.getByRole('button', { name: 'Export as script' }).click();
  await expect.poll(() => scripts(lab.directory)).toHaveLength(1);
  const [script = ''] = scripts(lab.directory);
  // It is opened when it is written to its end.
  await expect(lab.page.getByRole('tab', { name: script })).toBeVisible();
  writeFileSync(join(lab.directory, 'model.json'), '');
  const ran = spawnSync(process.execPath, [TSX, script], { cwd: lab.directory, encoding: 'utf8' });
  expect(ran.stderr).toBe('');
  expect(readFileSync(join(lab.directory, 'model.json'), 'utf8')).toBe(weight);
});

const SHOWN = [
  "import { readFileSync } from 'fs';\nconst rows = readFileSync('data.csv', 'utf8').split('\\n').map(Number);",
  'let weight_of_the_first_layer = Math.random();\n' +
    'for (let step = 0; step < 3; step++) console.log(`step ${step} loss: ${rows[2] - step}`);',
  'const wrong: number = "text";'
];

test('the screens of a run of tslab speak of it: kernel, imports, types, the line that was refused', async ({
  lab
}) => {
  const path = lab.write('shown.ipynb', SHOWN, TSLAB);
  writeFileSync(join(lab.directory, 'data.csv'), '1\n2\n6');
  await lab.open(path);
  await lab.showPanel();
  for (const index of SHOWN.keys()) {
    await lab.runCell(index);
  }
  await expect(lab.rows).toHaveCount(1);
  await lab.rows.first().dblclick();
  const view = lab.page.locator('.bt-RunView');
  const found: string[] = [];
  const open = async (tab: string | RegExp): Promise<void> => {
    await view.getByRole('tab', { name: tab }).click();
    await expect(view.getByRole('tabpanel')).not.toContainText('Loading…');
  };
  const look = async (rules: string[] = []): Promise<void> => {
    found.push(...(await violations(lab.page, '.bt-RunView', rules)));
  };

  await open('Overview');
  await expect(view).toContainText('No seed was set, as far as was seen. States of the generators');
  await expect(view).toContainText(/KernelTypeScript, Node \d+\.\d+/);
  await look();
  await open('Environment');
  await expect(view).toContainText(/tslab1\.\d+\.\d+/);
  await look();
  await open('Data and files');
  await expect(view.getByRole('row', { name: /data\.csv/ })).toContainText('opened');
  await look();
  await open(/^Cells/);
  const cells = view.locator('.bt-Cell');
  await expect(cells.last().locator('.bt-Cell-error')).toContainText(
    /CompileError: .*not assignable.*line 1/
  );
  const [first, second] = [cells.nth(0), cells.nth(1)].map(cell => cell.locator('.bt-Uses'));
  await expect(first.locator('summary')).toContainText(/imported readFileSync.*set rows/);
  await first.locator('summary').click();
  await expect(first.getByRole('row', { name: /rows/ })).toContainText('number[][1, 2, 6]');
  await second.locator('summary').click();
  // The value can be read where there is little room too.
  await expect(second.getByRole('cell', { name: /^0\.\d+$/ }).first()).toBeVisible();
  await look();
  await lab.command('apputils:change-theme', { theme: 'JupyterLab Dark' });
  await expect(lab.page.locator('body')).toHaveAttribute('data-jp-theme-light', 'false');
  await look(['color-contrast']);
  expect(found).toEqual([]);
});

/** The scripts of TypeScript in a folder. */
function scripts(folder: string): string[] {
  return readdirSync(folder).filter(name => name.endsWith('.ts'));
}
