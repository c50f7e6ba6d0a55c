import { expect, test } from './lab.js';

/** Logs 800 points in at least eight seconds. */
const SLOW = `import time, backtrail
for step in range(800):
    backtrail.log(loss=1 / (step + 1), step=step)
    time.sleep(0.01)`;

test('the points of digits.ipynb arrive in the page while the cell runs', async ({ lab }) => {
  test.slow();
  await lab.open(lab.example('digits.ipynb'));
  await lab.showPanel();
  await lab.startRunAll();

  const trained = (): boolean =>
    lab.events('digits.ipynb', 'cell_end').some(line => line['n'] === 5);
  await expect
    .poll(async () => (await lab.line('val/accuracy')).length, { timeout: 120_000 })
    .toBeGreaterThan(2);
  const early = (await lab.line('loss')).at(-1)?.[0] ?? 0;
  await expect.poll(async () => (await lab.line('loss')).at(-1)?.[0]).toBeGreaterThan(early);
  expect(trained()).toBe(false);
  await expect(lab.rows.locator('[data-mark="running"]')).toHaveCount(1);

  await expect
    .poll(() => lab.events('digits.ipynb', 'artifact').length, { timeout: 400_000 })
    .toBe(2);
  const points = lab.points('digits.ipynb');
  const accuracies = points.filter(point => 'val/accuracy' in point);
  expect(accuracies).toHaveLength(30);
  await expect
    .poll(() => lab.line('val/accuracy'))
    .toEqual(accuracies.map(point => [point['step'], point['val/accuracy']]));
  const last = points.filter(point => 'loss' in point).at(-1);
  await expect
    .poll(async () => (await lab.line('loss')).at(-1))
    .toEqual([last?.['step'], last?.['loss']]);
  // The three that are logged, and what is captured beside them.
  await expect(lab.status).toContainText(/[3-9] metrics/);
});

test('the log goes on with the browser closed, and reopening shows it all', async ({
  lab,
  another
}) => {
  const path = lab.write('slow.ipynb', [SLOW]);
  await lab.open(path);
  await lab.startRunAll();
  await expect.poll(() => lab.points('slow.ipynb').length).toBeGreaterThan(50);
  await lab.page.context().close();

  const closed = lab.points('slow.ipynb').length;
  expect(closed).toBeLessThan(800);
  await expect.poll(() => lab.points('slow.ipynb').length).toBeGreaterThan(closed + 100);

  const reopened = await another();
  await reopened.command('docmanager:open', { path, factory: 'Notebook' });
  await reopened.showPanel();
  await expect.poll(() => reopened.points('slow.ipynb').length).toBe(800);
  await expect
    .poll(async () => {
      const line = await reopened.line('loss');
      return [line.at(0), line.at(-1)];
    })
    .toEqual([
      [0, 1],
      [799, 1 / 800]
    ]);
  await expect(reopened.rows.locator('.bt-Run-metric')).toHaveAttribute('title', /800 points/);
  expect(reopened.events('slow.ipynb', 'run_start')).toHaveLength(1);
});
