import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type LabPage } from './lab.js';
import { WrittenLog } from './written.js';

/** Markup, a script, letters that turn the direction, a terminal's orders, and 500 letters in one word. */
const HOSTILE = [
  '<img src=x onerror="document.title=\'owned\'">',
  "<script>document.title='owned'</script>",
  "[x](javascript:document.title='owned')",
  '\u202Edesrever\u202C \u0000\u0007\u001b[31mred\u001b[0m ${x} %1 {{y}} \\u003cb\\u003e',
  'ü漢字🧪',
  'W'.repeat(500)
].join(' ');

const SHA = 'ab'.repeat(32);

/** Runs in which every text is hostile. */
function writeHostile(lab: LabPage, notebook: string): string[] {
  const log = new WrittenLog(lab, notebook);
  const text = HOSTILE;
  log.event('environment', {
    python: text,
    executable: text,
    platform: text,
    cpu: { model: text, count: 2 },
    gpus: [{ name: text, driver: text }],
    cuda: text,
    conda: text,
    venv: text,
    threads: { [text]: 2 },
    variables: { [text]: text },
    packages: log.blob(JSON.stringify({ [text]: text }))
  });
  log.event('warning', { message: text });
  const diff = log.blob(
    `diff --git a/${text} b/${text}\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-1\n+${text}\n`
  );
  const run = (name: string): string =>
    log.run(name, {
      params: { [text]: text, deep: { [text]: [text] }, number: name.length },
      tags: { [text]: text },
      note: text,
      source: text,
      error: { type: text, message: text },
      points: [0, 1, 2].map(value => ({ [text]: value + name.length, [`${text}/${text}`]: 1 })),
      events: [
        { event: 'experiment', name: text },
        { event: 'code', commit: text, branch: text, dirty: true, root: text, remote: text, diff },
        { event: 'input', path: text, sha256: SHA, size: 1, how: text, cell: 1 },
        { event: 'input', path: `${text}2`, how: text, skipped: text, kind: text, cell: 1 },
        { event: 'output', path: `${text}3`, sha256: SHA, size: 2, how: text, cell: 1 },
        { event: 'artifact', name: text, path: text, sha256: SHA, size: 3, cell: 1 },
        { event: 'dataset', name: text, version: text, classes: { [text]: 1 }, source: text },
        { event: 'seed', library: text, value: text, cell: 1 },
        { event: 'metric', key: text, origin: text, exact: false, cell: 1 },
        { event: 'stage', stage: text, reason: text, by: text },
        { event: 'verify', verdict: text, says: text, cause: { kind: text, says: text } }
      ]
    });
  const runs = [run(text), run(`${text} again`)];
  log.write();
  return runs;
}

/** What a text became that should have stayed one. */
async function made(page: Page): Promise<string[]> {
  expect(await page.title()).not.toContain('owned');
  return page
    .locator('[class*="bt-"], [id^="backtrail"]')
    .locator('img, script, iframe, object, embed, form, a[href^="javascript"], [onerror], [onload]')
    .evaluateAll(found => found.map(element => element.outerHTML.slice(0, 200)));
}

/** The parts of screens that a text made much wider than they are: a table may want some pixels more. */
function sideways(page: Page): Promise<string[]> {
  return page.locator('[class*="bt-"]:visible').evaluateAll(all =>
    all
      .filter(one => /auto|scroll/.test(getComputedStyle(one).overflowX))
      .filter(one => !one.matches('pre, .bt-Tabs, .bt-Diff-host'))
      .filter(one => one.scrollWidth > 1.6 * one.clientWidth)
      .map(one => `${one.classList.value}: ${one.scrollWidth} in ${one.clientWidth}`)
  );
}

test('no text of a log is taken for markup, and none is wider than its screen', async ({ lab }) => {
  const path = lab.write('hostile.ipynb', ['1 + 1']);
  const runs = writeHostile(lab, 'hostile.ipynb');
  await lab.open(path);
  await lab.showPanel();
  await expect(lab.rows).toHaveCount(2);
  await expect(lab.rows.first().locator('.bt-Run-name')).toContainText('<img src=x');
  expect(await made(lab.page)).toEqual([]);
  expect(await sideways(lab.page)).toEqual([]);

  await lab.command('backtrail:open-run', { run: runs[0] ?? '' });
  const view = lab.page.locator('.bt-RunView');
  await expect(view.locator('h2')).toContainText('<img src=x');
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
    await expect(view.getByRole('tabpanel')).toContainText('<img src=x');
    expect(await made(lab.page)).toEqual([]);
    expect(await sideways(lab.page)).toEqual([]);
  }
  await expect(view.locator('.js-plotly-plot').first()).toBeVisible();
  expect(await made(lab.page)).toEqual([]);

  await lab.command('backtrail:compare', { runs });
  const compare = lab.page.locator('.bt-Compare');
  for (const tab of ['Differences', 'Plots', 'Cells', 'Explore']) {
    await compare.getByRole('tab', { name: tab }).click();
    await expect(compare.getByRole('tabpanel')).not.toContainText('Loading…');
    expect(await made(lab.page)).toEqual([]);
    expect(await sideways(lab.page)).toEqual([]);
  }
  await expect(compare.locator('.js-plotly-plot').first()).toBeVisible();
  await lab.command('backtrail:coverage');
  await expect(lab.page.locator('.bt-Coverage h2')).toBeVisible();
  await lab.command('backtrail:lineage', { run: runs[0] ?? '' });
  await expect(lab.page.locator('.bt-Lineage h2')).toBeVisible();
  await expect(lab.page.locator('.bt-Lineage')).toContainText('<img src=x');
  expect(await made(lab.page)).toEqual([]);

  // What is asked in dialogs and menus names the run as well.
  for (const command of ['rename-run', 'tag-run', 'note-run', 'promote']) {
    await lab.command(`backtrail:show-panel`);
    await lab.page.evaluate(
      ([id, run]) => void globalThis.jupyterapp.commands.execute(`backtrail:${id}`, { run }),
      [command, runs[0] ?? '']
    );
    await expect(lab.page.getByRole('dialog')).toContainText('<img src=x');
    expect(await lab.page.locator('.jp-Dialog img').count()).toBe(0);
    await lab.page.keyboard.press('Escape');
    await expect(lab.page.getByRole('dialog')).toHaveCount(0);
  }
  await lab.command('backtrail:archive-run', { runs });
  await expect(lab.page.locator('.jp-toastContainer')).toContainText('Archived');
  expect(await made(lab.page)).toEqual([]);
});

test('a run with 12,000 metrics can be used, and one whose clock went back or that is deleted is told of', async ({
  lab
}) => {
  const path = lab.write('large.ipynb', ['1 + 1']);
  const log = new WrittenLog(lab, 'large.ipynb');
  const keys = Array.from({ length: 12_000 }, (_, at) => `layer${at % 300}/weight ${at}`);
  const large = log.run('large', {
    params: Object.fromEntries(keys.slice(0, 3000).map((key, at) => [key, at])),
    points: [0, 1, 2].map(step => Object.fromEntries(keys.map((key, at) => [key, at * step])))
  });
  log.wait(-86_400);
  const back = log.run('back', {
    points: [3, 2, 1].map((loss, step) => ({
      loss,
      step,
      time: 1_795_446_000 - step * 3600,
      // Some of the metrics of the other run.
      ...Object.fromEntries(keys.slice(0, 40).map((key, at) => [key, -at]))
    }))
  });
  log.write();
  await lab.open(path);
  await lab.showPanel();
  await expect(lab.rows).toHaveCount(2);
  await expect(lab.panel).not.toContainText('-86400');

  await lab.command('backtrail:open-run', { run: large });
  const view = lab.page.locator('.bt-RunView');
  await expect(view.locator('.bt-Chart')).toHaveCount(24);
  await expect(view.locator('.js-plotly-plot').first()).toBeVisible();
  await view.getByRole('searchbox', { name: 'Filter the metrics' }).fill('weight 11999');
  await expect(view.locator('.bt-Chart')).toHaveCount(1);
  await expect
    .poll(() => lab.line('layer299/weight 11999', view))
    .toEqual([0, 1, 2].map(step => [step, 11_999 * step]));
  await view.getByRole('tab', { name: 'Overview' }).click();
  await expect(view.locator('.bt-Table tbody tr')).toHaveCount(200);
  await view.getByRole('searchbox', { name: 'Filter 12000 metrics' }).fill('weight 11999');
  await expect(view.locator('.bt-Table tbody tr')).toHaveCount(1);
  // The filter offers keys among all of them.
  await lab.panel
    .getByRole('combobox', { name: 'Filter the runs' })
    .fill('metrics."layer299/weight 11999" > 1');
  await expect(lab.rows).toHaveCount(1);
  await lab.panel.getByRole('combobox', { name: 'Filter the runs' }).fill('');

  await lab.command('backtrail:compare', { runs: [large, back] });
  const compare = lab.page.locator('.bt-Compare');
  await expect(compare.locator('tbody tr').nth(300)).toBeAttached();
  await compare.getByRole('tab', { name: 'Plots' }).click();
  await expect(compare.locator('.bt-Chart')).toHaveCount(12);
  await compare.getByRole('tab', { name: 'Explore' }).click();
  await expect(compare.locator('.bt-Explore .js-plotly-plot').first()).toBeVisible();
  await expect(compare).toContainText('3 of the 39 params and metrics');

  await lab.command('backtrail:open-run', { run: back });
  const other = lab.page.locator(`[id="backtrail-run-${back}"]`);
  await expect(other.locator('h2')).toContainText('back');
  await expect.poll(() => lab.line('loss', other)).toHaveLength(3);
  await other.getByText('Time', { exact: true }).click();
  await expect
    .poll(async () => (await lab.line('loss', other)).map(([, y]) => y))
    .toEqual([3, 2, 1]);

  // The browser itself writes down that there is nothing at the address.
  lab.complaints.expect(/ 404\b/);
  // Deleted under the panel's feet: the list follows, and the view says it.
  rmSync(join(lab.runs('large.ipynb')), { recursive: true });
  await expect(lab.rows).toHaveCount(0);
  await expect(lab.panel.locator('.bt-Empty')).toContainText('No runs yet');
  await lab.command('backtrail:rename-run', { run: back });
  await expect(lab.page.locator('.jp-toastContainer')).toContainText(
    'may have been moved or deleted'
  );
  await expect(other.locator('h2')).toContainText('back');
});
