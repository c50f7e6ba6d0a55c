import type { NotebookPanel } from '@jupyterlab/notebook';
import { violations } from './axe.js';
import { expect, test } from './lab.js';
import { WrittenLog } from './written.js';

const HOSTILE = '<img src=x onerror="document.title=\'owned\'"><b>bold</b> %1';

/** Trains four times over a param, with a text that would be markup and a metric that is not finite. */
const TRAINING = `import backtrail
hostile = ${JSON.stringify(HOSTILE)}
for rate, depth in [(0.1, 2), (0.01, 3), (0.001, 2), (0.03, 5)]:
    backtrail.start_run(f"rate {rate}", params={"rate": rate, "depth": depth, "net": "wide", hostile: hostile * depth})
    for step in range(30):
        backtrail.log({"loss": rate + depth / (step + 1), "val/accuracy": 1 - depth / (step + 9)}, step=step)
    backtrail.log_metric("broken", float("nan") if depth == 2 else float("inf"))
    backtrail.end_run()`;

test('runs are compared: a sentence, what differs, and plots', async ({ lab }) => {
  await lab.open(
    lab.write('side.ipynb', [
      TRAINING,
      'backtrail.start_run("last")\nlr = 1\nbacktrail.log(loss=1)'
    ])
  );
  await lab.showPanel();
  await lab.runAll();
  await expect(lab.rows).toHaveCount(5);
  const runs = lab.events('side.ipynb', 'run_start').map(line => String(line['run']));

  await lab.page.evaluate(
    ids => globalThis.jupyterapp.commands.execute('backtrail:compare', { runs: ids }),
    runs.slice(0, 4)
  );
  const view = lab.page.locator('.bt-Compare');
  const sentences = view.locator('.bt-Compare-sentences li');
  await expect(sentences).toHaveCount(3);
  await expect(sentences.first()).toContainText('rate 0.1 → 0.01, depth 2 → 3');
  await expect(view).toContainText('<img src=x');
  await expect(view.locator('img')).toHaveCount(0);
  const row = (name: string) =>
    view
      .locator('tbody tr')
      .filter({ has: lab.page.getByRole('rowheader', { name, exact: true }) });
  await expect(row('rate')).toContainText('0.001');
  await expect(row('net')).toHaveCount(0);
  await expect(row('broken')).toContainText('NaN');
  const look = async (name: string): Promise<void> => {
    const folder = process.env['SCREENSHOTS'];
    if (folder) {
      await lab.page.waitForTimeout(500);
      await lab.page.screenshot({ path: `${folder}/compare-${name}.png` });
    }
  };
  await look('differences');
  await view.getByText('Show what is the same').click();
  await expect(row('net')).toContainText('wide');
  await view.getByText('Show what is the same').click();
  expect(await violations(lab.page, '.bt-Compare')).toEqual([]);

  // Another base, and the sentence is about that one.
  await view.getByRole('combobox', { name: 'from' }).selectOption({ index: 1 });
  await expect(sentences.first()).toContainText('rate 0.01 → 0.1, depth 3 → 2');

  // Three lines in one chart, all of them with all points, reached by the keyboard.
  await view.getByRole('tab', { name: 'Differences' }).focus();
  await lab.page.keyboard.press('ArrowRight');
  const chart = view.locator('[data-metric="loss"] .js-plotly-plot');
  await expect
    .poll(() =>
      chart.evaluate(host =>
        ((host as Element & { data?: { y: number[] }[] }).data ?? []).map(({ y }) => y.length)
      )
    )
    .toEqual([30, 30, 30, 30]);
  await look('plots');
  expect(await violations(lab.page, '.bt-Compare')).toEqual([]);
});

test('what was edited is shown by a merge view, in both themes', async ({ lab }) => {
  const cells = [
    'lr = 0.1\nepochs = 3\n',
    'import backtrail\nfor step in range(epochs):\n    backtrail.log(loss=lr * step)'
  ];
  await lab.open(lab.write('edited.ipynb', cells));
  await lab.showPanel();
  await lab.runAll();
  await lab.page.evaluate(() => {
    const panel = globalThis.jupyterapp.shell.currentWidget as NotebookPanel;
    panel.content.model?.cells.get(0).sharedModel.setSource('lr = 0.01\nepochs = 3\n');
  });
  await lab.runAll();
  await expect(lab.rows).toHaveCount(2);

  // Without being told which, the two newest runs of the notebook are compared.
  await lab.command('backtrail:compare');
  const view = lab.page.locator('.bt-Compare');
  await expect(view.locator('.bt-Compare-sentences')).toContainText('cell [3] edited');
  await view.getByRole('tab', { name: 'Cells' }).click();
  await expect(view.locator('.bt-Diff .cm-changedLine')).toHaveCount(2);
  await expect(view.locator('.bt-Diff .cm-mergeViewEditor').first()).toContainText('lr = 0.1');
  expect(await violations(lab.page, '.bt-Compare')).toEqual([]);
  const folder = process.env['SCREENSHOTS'];
  if (folder) {
    await lab.page.screenshot({ path: `${folder}/cells-light.png` });
  }
  await lab.command('apputils:change-theme', { theme: 'JupyterLab Dark' });
  await expect(lab.page.locator('body')).toHaveAttribute('data-jp-theme-light', 'false');
  for (const tab of ['Cells', 'Differences', 'Plots']) {
    await view.getByRole('tab', { name: tab }).click();
    if (folder) {
      await lab.page.waitForTimeout(600);
      await lab.page.screenshot({ path: `${folder}/${tab}-dark.png` });
    }
    expect(await violations(lab.page, '.bt-Compare')).toEqual([]);
  }
});

test('runs are explored: parallel axes, one over another, and a metric over two params', async ({
  lab
}) => {
  const log = new WrittenLog(lab, 'explore.ipynb');
  const runs = [2, 3, 5, 4, 6, 2].map((depth, at) => {
    const lr = [0.1, 0.03, 0.001][at % 3] ?? 0;
    return log.run(`try ${at}`, {
      params: { lr, depth, ...(at !== 2 && { net: at % 2 ? 'deep' : '<b>wide</b>' }) },
      points: [{ loss: lr * depth, auc: 1 - lr }]
    });
  });
  log.write();
  await lab.open(lab.write('explore.ipynb', ['1 + 1']));
  await lab.showPanel();
  await expect(lab.rows).toHaveCount(6);
  await lab.command('backtrail:compare', { runs });
  const view = lab.page.locator('.bt-Compare');
  await view.getByRole('tab', { name: 'Explore' }).click();

  /** What is drawn in one of the plots, by what it is called, once it is in sight. */
  const drawn = async (name: RegExp) => {
    const plot = view.getByRole('group', { name });
    await plot.scrollIntoViewIfNeeded();
    await expect(plot.locator('.main-svg').first()).toBeVisible();
    return plot.evaluate(host => {
      type Trace = { type: string; name?: string; x: unknown[]; y: number[]; z?: unknown[][] };
      return (host as Element & { data?: Trace[] }).data ?? [];
    });
  };
  const parallel = await drawn(/^Parallel coordinates/);
  expect(parallel.map(({ name }) => name)).toEqual(runs.map((_, at) => `try ${at} #${at + 1}`));
  expect(parallel.map(({ y }) => y.length)).toEqual(runs.map(() => 5));
  // What a run lacks stands below the axis, and not at an end of it.
  expect(parallel.map(({ y }) => (y[2] ?? 0) < 0)).toEqual([
    false,
    false,
    true,
    false,
    false,
    false
  ]);
  const points = await drawn(/^loss over lr, a point for each run/);
  expect(points.map(({ x }) => x[0])).toEqual([0.1, 0.03, 0.001, 0.1, 0.03, 0.001]);
  const contour = await drawn(/^loss over lr and depth/);
  expect(contour[0]?.type).toBe('contour');
  expect(contour[0]?.z?.flat().filter(value => value !== null).length).toBeGreaterThan(100);
  expect(contour).toHaveLength(1 + runs.length);

  // Other axes, one of texts.
  const section = view.locator('section').filter({ hasText: 'One over another' });
  await section.getByRole('combobox', { name: 'Horizontal' }).selectOption('net');
  await expect(
    view.getByRole('group', { name: 'loss over net, a point for each run' })
  ).toBeVisible();
  expect((await drawn(/^loss over net/)).map(({ x }) => x[0])).toEqual(
    ['wide', 'deep', 'deep', 'wide', 'deep'].map(net =>
      net === 'wide' ? '&lt;b&gt;wide&lt;/b&gt;' : net
    )
  );
  await expect(view.locator('img, b')).toHaveCount(0);

  // The colours are those of the theme, also of one that is chosen later.
  await view.getByRole('group', { name: /^Parallel coordinates/ }).scrollIntoViewIfNeeded();
  const axis = view.getByRole('group', { name: /^Parallel coordinates/ }).locator('.xtick text');
  const light = await axis.first().evaluate(text => getComputedStyle(text).fill);
  await lab.command('apputils:change-theme', { theme: 'JupyterLab Dark' });
  await expect
    .poll(() => axis.first().evaluate(text => getComputedStyle(text).fill))
    .not.toBe(light);
});
