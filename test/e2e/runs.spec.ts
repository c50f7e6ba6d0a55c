import { expect, test, type LabPage } from './lab.js';

const TRAINING = [
  'import backtrail',
  'backtrail.log_param("rate", 0.1)',
  'backtrail.log(loss=0.5)'
];

/** The cells of each session of a notebook, in the order in which they were executed. */
function cellsOfSessions(lab: LabPage, name: string): unknown[][] {
  const sessions: unknown[][] = [];
  for (const line of lab.events(name)) {
    if (line['event'] === 'session') {
      sessions.push([]);
    } else if (line['event'] === 'cell_start') {
      sessions.at(-1)?.push(line['cell']);
    }
  }
  return sessions;
}

test('restart and run all gives a second run with every cell', async ({ lab }) => {
  await lab.open(lab.write('again.ipynb', TRAINING));
  await lab.showPanel();
  await lab.runAll();
  await expect(lab.rows).toHaveCount(1);

  await lab.restartAndRunAll();

  await expect(lab.rows).toHaveCount(2);
  await expect.poll(() => lab.events('again.ipynb', 'cell_end').length).toBe(6);
  const all = ['cell-1', 'cell-2', 'cell-3'];
  expect(cellsOfSessions(lab, 'again.ipynb')).toEqual([all, all]);
  expect(lab.events('again.ipynb', 'run_start').map(line => line['cell'])).toEqual([1, 1]);
  await expect(lab.rows.last().locator('[data-mark="finished"]')).toHaveCount(1);
});

test('running all cells twice opens a second run that begins with the first cell', async ({
  lab
}) => {
  await lab.open(lab.write('twice.ipynb', TRAINING));
  await lab.showPanel();
  await lab.runAll();
  await expect(lab.rows).toHaveCount(1);
  await lab.runAll();

  await expect(lab.rows).toHaveCount(2);
  expect(cellsOfSessions(lab, 'twice.ipynb')).toHaveLength(1);
  expect(lab.events('twice.ipynb', 'run_start')).toMatchObject([
    { cell: 1, opened: 'first cell' },
    { cell: 4, opened: 'run from the top' }
  ]);
  expect(lab.events('twice.ipynb', 'run_end')).toMatchObject([{ status: 'finished' }]);
});

test('the run of a kernel that was killed reads killed, with every point it logged', async ({
  lab
}) => {
  const cell = `import os, backtrail
for step in range(250):
    backtrail.log(loss=step, step=step)
os.kill(os.getpid(), 9)`;
  await lab.open(lab.write('killed.ipynb', [cell, '"after"']));
  await lab.showPanel();
  await lab.startRunAll();

  await expect(lab.rows.locator('[data-mark="killed"]')).toHaveCount(1);
  expect(lab.points('killed.ipynb')).toHaveLength(250);
  await expect(lab.rows.locator('.bt-Run-metric')).toHaveAttribute('title', /250 points/);
  await expect.poll(async () => (await lab.line('loss')).at(-1)).toEqual([249, 249]);

  // JupyterLab says that the kernel has died; the kernel that it starts instead is recorded too.
  await lab.page.locator('.jp-Dialog .jp-mod-accept').click();
  await expect(lab.status).toContainText('killed');
  await lab.runCell(1);
  await expect.poll(() => cellsOfSessions(lab, 'killed.ipynb')).toEqual([['cell-1'], ['cell-2']]);
});
