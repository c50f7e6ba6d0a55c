import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from './lab.js';
import type { ISession } from './server.js';

const LOGGING = ['import backtrail', 'backtrail.log(loss=0.5)'];

test('a notebook that never mentions Backtrail leaves a log of what ran', async ({ lab }) => {
  await lab.open(lab.write('plain.ipynb', ['answer = 6 * 7', 'answer']));
  await lab.runAll();

  await expect.poll(() => lab.events('plain.ipynb', 'cell_end').length).toBe(2);
  const started = lab.events('plain.ipynb', 'cell_start');
  expect(started.map(line => [line['n'], line['cell'], line['source']])).toEqual([
    [1, 'cell-1', 'answer = 6 * 7'],
    [2, 'cell-2', 'answer']
  ]);
  const [session] = lab.events('plain.ipynb', 'session');
  expect(session).toMatchObject({ format: 1, notebook: { name: 'plain' } });
});

test('recording leaves counts, history, namespace and random numbers as they are', async ({
  lab
}) => {
  const cells = [
    'import random, sys; random.seed(3); sys.path',
    'random.random(), __name__, sorted(globals())',
    'In, Out, get_ipython().execution_count',
    'list(get_ipython().history_manager.get_range()), random.random()'
  ];
  const seen: unknown[] = [];
  for (const [name, capture] of [
    ['with.ipynb', true],
    ['without.ipynb', false]
  ] as const) {
    await lab.open(lab.write(name, cells, { backtrail: { capture } }));
    await expect(lab.status).toContainText(capture ? 'with' : 'off');
    await lab.runAll();
    expect(await lab.counts()).toEqual([1, 2, 3, 4]);
    seen.push(await lab.outputs());
  }

  expect(seen[0]).toEqual(seen[1]);
  await expect.poll(() => lab.events('with.ipynb', 'cell_end').length).toBe(4);
  expect(existsSync(lab.runs('without.ipynb'))).toBe(false);
});

test('with capture off for a notebook nothing is written, until it is on again', async ({
  lab
}) => {
  await lab.open(lab.write('quiet.ipynb', ['1 + 1', '2 + 2']));
  await expect(lab.status).toContainText('quiet');
  await lab.command('backtrail:toggle-capture-notebook');
  await expect(lab.status).toContainText('off');
  await expect.poll(() => lab.events('quiet.ipynb', 'session_end').length).toBe(1);
  const before = lab.events('quiet.ipynb');
  await lab.runAll();
  expect(lab.events('quiet.ipynb')).toEqual(before);

  await lab.command('backtrail:toggle-capture-notebook');
  await expect(lab.status).toContainText('quiet');
  await lab.runCell(1);
  await expect.poll(() => lab.events('quiet.ipynb', 'cell_end').length).toBe(1);
  expect(lab.events('quiet.ipynb', 'cell_start')).toMatchObject([{ n: 1, source: '2 + 2' }]);
});

test('with capture off everywhere no notebook leaves anything, until it is on again', async ({
  lab
}) => {
  await lab.command('backtrail:toggle-capture');
  const path = lab.write('silent.ipynb', ['answer = 42', 'answer']);
  await lab.open(path);
  await expect(lab.status).toContainText('off');
  await lab.runAll();
  await lab.goto({});
  await lab.open(path);
  await expect(lab.status).toContainText('off');
  expect(readdirSync(lab.directory)).not.toContain('runs');

  await lab.command('backtrail:toggle-capture');
  await expect(lab.status).toContainText('silent');
  await lab.runCell(1);
  await expect.poll(() => lab.events('silent.ipynb', 'cell_end').length).toBe(1);
});

test('a kernel that ran before the page was there is recorded from its next cell on', async ({
  lab
}) => {
  const path = lab.write('running.ipynb', LOGGING);
  const { kernel } = (await lab.server.post('api/sessions', {
    path,
    name: 'running.ipynb',
    type: 'notebook',
    kernel: { name: 'python3' }
  })) as ISession;
  await lab.open(path);
  await lab.runCell(0);
  await expect.poll(() => lab.events('running.ipynb', 'cell_end').length).toBe(1);
  expect(lab.events('running.ipynb', 'cell_start')).toMatchObject([{ n: 1, cell: 'cell-1' }]);

  // Restarted behind the page's back, as by another browser.
  await lab.server.post(`api/kernels/${kernel.id}/restart`);
  await lab.runAll();
  await expect.poll(() => lab.events('running.ipynb', 'cell_end').length).toBe(3);
  const started = lab.events('running.ipynb', 'cell_start');
  expect(started.map(line => [line['n'], line['cell']])).toEqual([
    [1, 'cell-1'],
    [1, 'cell-1'],
    [2, 'cell-2']
  ]);
});

test('a notebook that is renamed keeps its history', async ({ lab }) => {
  const path = lab.write('draft.ipynb', LOGGING);
  await lab.open(path);
  await lab.showPanel();
  await lab.runAll();
  await expect(lab.rows).toHaveCount(1);

  await lab.page.evaluate(
    async ([from, to]) => globalThis.jupyterapp.serviceManager.contents.rename(from, to),
    [path, path.replace('draft', 'paper')] as const
  );
  await expect(lab.page.locator('.jp-NotebookPanel-toolbar')).toBeVisible();
  await expect.poll(() => lab.events('draft.ipynb', 'rename_notebook').length).toBeGreaterThan(0);
  await expect(lab.rows).toHaveCount(1);
  await lab.runAll();
  await expect(lab.rows).toHaveCount(2);
  await lab.restartAndRunAll();

  await expect(lab.rows).toHaveCount(3);
  await expect(lab.status).toContainText('paper');
});
