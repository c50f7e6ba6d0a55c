import { writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { violations } from './axe.js';
import { expect, test, type LabPage } from './lab.js';
import { WrittenLog } from './written.js';

const CONTENT = 'x,y\n1,2\n';

/** Runs of which every part of every screen has something to show. */
function writeRuns(lab: LabPage): string[] {
  const sha256 = createHash('sha256').update(CONTENT).digest('hex');
  writeFileSync(join(lab.directory, 'table.csv'), CONTENT);
  const log = new WrittenLog(lab, 'seen.ipynb');
  const packages = log.blob(JSON.stringify({ numpy: '1.0', torch: '2.0' }));
  log.event('environment', {
    python: '3.11.2',
    executable: '/usr/bin/python',
    platform: 'Linux',
    packages,
    cpu: { model: 'A processor', count: 2 },
    variables: { PYTHONHASHSEED: '0' }
  });
  const diff = log.blob('diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-1\n+2\n');
  const code = { event: 'code', commit: 'c'.repeat(40), branch: 'main', dirty: true, diff };
  const runs = [0.1, 0.01, 0.001, 0.003, 0.03].map((lr, at) =>
    log.run(`try ${at}`, {
      params: { lr, depth: 2 + ((at * 2) % 5), net: at % 2 ? 'deep' : 'wide' },
      tags: { kept: '', stage: 'a' },
      note: 'A note.',
      source: `train(lr=${lr})`,
      points: Array.from({ length: 12 }, (_, step) => ({
        loss: lr / (step + 1),
        'val/auc': 1 - lr * (step + 1),
        ...(step === 11 && { final: lr, broken: 'NaN' })
      })),
      ...(at === 4 && { error: { type: 'ValueError', message: 'no' } }),
      events: [
        code,
        { event: 'input', path: 'data.csv', sha256, size: 8, how: 'open', cell: at + 1 },
        { event: 'output', path: `model-${at}`, sha256: 'ab'.repeat(32), size: 9, cell: at + 1 },
        { event: 'dataset', name: 'digits', version: '1', rows: 10, columns: 2, sha256 },
        { event: 'seed', library: 'numpy', value: at, cell: at + 1 },
        { event: 'metric', key: 'final', origin: 'printed', exact: false, cell: at + 1 },
        { event: 'verify', verdict: at % 2 ? 'differs' : 'identical', says: 'All is the same.' }
      ]
    })
  );
  log.write();
  return runs;
}

test('axe-core finds nothing in any screen, in light and in dark', async ({ lab }) => {
  const path = lab.write('seen.ipynb', ['1 + 1']);
  const runs = writeRuns(lab);
  const [first = ''] = runs;
  const found: string[] = [];
  let rules: string[] = [];
  const look = async (screen: string, ...selectors: string[]): Promise<void> => {
    const all = await violations(lab.page, selectors, rules);
    found.push(...all.map(one => `${screen}: ${one}`));
  };
  const { page, panel } = lab;

  // Before there are runs.
  await lab.open(lab.write('none.ipynb', ['1 + 1']));
  await lab.showPanel();
  await expect(panel.locator('.bt-Empty')).toBeVisible();
  await look('empty panel', '#backtrail-runs');
  await lab.open(path);
  await expect(lab.rows).toHaveCount(5);
  const view = page.locator('.bt-RunView:not(.bt-Compare)');
  const compare = page.locator('.bt-Compare');
  const box = panel.getByRole('combobox', { name: 'Filter the runs' });

  for (const theme of ['JupyterLab Light', 'JupyterLab Dark']) {
    if (theme === 'JupyterLab Dark') {
      await lab.command('apputils:change-theme', { theme });
      await expect(page.locator('body')).toHaveAttribute('data-jp-theme-light', 'false');
      // Names, roles and order are the same in both; the colours are not.
      rules = ['color-contrast', 'link-in-text-block'];
    }
    await box.fill('metrics.loss >');
    await box.press('Escape');
    await expect(panel.locator('.bt-Filter-problem')).toBeVisible();
    await look('filter with an error', '#backtrail-runs');
    await box.fill('params.');
    await expect(panel.locator('.bt-Filter-item').first()).toBeVisible();
    await look('completion', '#backtrail-runs');
    await box.fill('');
    await lab.rows.first().click();
    await page.keyboard.press('Control+a');
    await expect(panel.locator('.bt-Selection')).toBeVisible();
    await look('several selected', '#backtrail-runs', '.bt-StatusItem');

    await lab.command('backtrail:open-run', { run: first });
    for (const tab of [
      'Overview',
      /^Cells/,
      'Data and files',
      'Code',
      'Environment',
      'Repeat',
      'Plots'
    ]) {
      await view.getByRole('tab', { name: tab }).click();
      await expect(view.getByRole('tabpanel')).not.toContainText('Loading…');
      if (tab === 'Plots') {
        await expect(view.locator('.js-plotly-plot').first()).toBeVisible();
      }
      await look(`run view, ${String(tab)}`, '.bt-RunView:not(.bt-Compare)');
    }
    await lab.command('backtrail:compare', { runs });
    for (const tab of ['Plots', 'Cells', 'Explore', 'Differences']) {
      await compare.getByRole('tab', { name: tab }).click();
      await expect(compare.getByRole('tabpanel')).not.toContainText('Loading…');
      if (tab === 'Plots' || tab === 'Explore') {
        await expect(compare.locator('.js-plotly-plot').first()).toBeVisible();
      }
      await look(`comparison, ${tab}`, '.bt-Compare');
    }
    await lab.command('backtrail:coverage', { scope: 'notebook', path });
    await expect(page.locator('.bt-Coverage h2')).toBeVisible();
    await look('what was tried', '.bt-Coverage');
    await lab.command('backtrail:lineage', { run: first });
    await expect(page.locator('.bt-Lineage h2')).toBeVisible();
    await look('lineage', '.bt-Lineage');

    for (const [command, body] of [
      ['note-run', '.jp-Dialog-body'],
      ['promote', '.bt-StageForm'],
      ['which-run', '.bt-FileUses']
    ] as const) {
      await page.evaluate(
        ([id, run, sha256]) =>
          void globalThis.jupyterapp.commands.execute(`backtrail:${id}`, { run, sha256 }),
        [command, first, createHash('sha256').update(CONTENT).digest('hex')] as const
      );
      await expect(page.locator(body)).toBeVisible();
      await look(command, body);
      // By its own button: a view that is still being made may have taken the focus.
      await page.locator('.jp-Dialog-footer button').last().press('Escape');
      await expect(page.locator('.jp-Dialog')).toHaveCount(0);
    }
  }
  expect(found).toEqual([]);
});
