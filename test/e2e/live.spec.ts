import type { NotebookPanel } from '@jupyterlab/notebook';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './lab.js';

/** Logs 800 points, the last 400 of them only when the browser is closed. */
const SLOW = `import os, time, backtrail
for step in range(800):
    while step == 400 and not os.path.exists("closed"):
        time.sleep(0.05)
    backtrail.log(loss=1 / (step + 1), step=step)
    time.sleep(0.01)`;

/** Waits, in two epochs of digits.ipynb, for a file. */
const WAITS = `    import os, time
    while epoch in (10, 20) and not os.path.exists(f"seen {epoch}"):
        time.sleep(0.05)
`;

test('the points of digits.ipynb arrive in the page while the cell runs', async ({ lab }) => {
  test.slow();
  const path = lab.example('digits.ipynb');
  // It goes on only when what it has logged was seen, however slow the page is.
  const file = join(lab.directory, 'digits.ipynb');
  const notebook = JSON.parse(readFileSync(file, 'utf8')) as { cells: { source: string[] }[] };
  for (const cell of notebook.cells) {
    cell.source = cell.source.flatMap(line =>
      line.startsWith('    order = ') ? [WAITS, line] : [line]
    );
  }
  writeFileSync(file, JSON.stringify(notebook));
  expect(readFileSync(file, 'utf8')).toContain('seen {epoch}');
  const see = (epoch: number): void => writeFileSync(join(lab.directory, `seen ${epoch}`), '');
  await lab.open(path);
  await lab.showPanel();
  await lab.startRunAll();

  const trained = (): boolean =>
    lab.events('digits.ipynb', 'cell_end').some(line => line['n'] === 5);
  await expect
    .poll(async () => (await lab.line('val/accuracy')).length, { timeout: 120_000 })
    .toBeGreaterThan(2);
  const early = (await lab.line('loss')).at(-1)?.[0] ?? 0;
  see(10);
  await expect.poll(async () => (await lab.line('loss')).at(-1)?.[0]).toBeGreaterThan(early);
  expect(trained()).toBe(false);
  await expect(lab.rows.locator('[data-mark="running"]')).toHaveCount(1);
  see(20);

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

test('a chart that points come into is drawn on, as plotly draws it when they have come', async ({
  lab
}) => {
  const path = lab.write('on.ipynb', [
    'import backtrail, time\nfor step in range(100):\n    backtrail.log(up=step * step, step=step)',
    'for step in range(100, 900):\n    backtrail.log(up=step * step, step=step)\n    time.sleep(0.01)'
  ]);
  await lab.open(path);
  await lab.showPanel();
  await lab.runCell(0);
  const plot = lab.panel.locator('.bt-Chart[data-metric="up"] .js-plotly-plot');
  await expect.poll(async () => (await lab.line('up')).length).toBe(100);
  await plot.evaluate(host => {
    const seen = { whole: 0 };
    Object.assign(globalThis, { seenByTest: seen });
    (host as unknown as { on(event: string, call: () => void): void }).on(
      'plotly_afterplot',
      () => seen.whole++
    );
  });
  const whole = (): Promise<number> =>
    lab.page.evaluate(
      () => (globalThis as unknown as { seenByTest: { whole: number } }).seenByTest.whole
    );
  /** What can be seen of the axes and the line. */
  const seen = (): Promise<{ x: string[]; y: string[]; end: number[]; visible: number }> =>
    plot.evaluate(host => {
      const texts = (axis: string): string[] =>
        [...host.querySelectorAll<SVGElement>(`.${axis}axislayer-above .${axis}tick text`)]
          .filter(text => text.getBoundingClientRect().width > 0)
          .map(text => text.textContent ?? '');
      const d = host.querySelector('.js-line')?.getAttribute('d') ?? '';
      return {
        x: texts('x'),
        y: texts('y'),
        end: d
          .slice(d.lastIndexOf('L') + 1)
          .split(',')
          .map(Number),
        visible: host.querySelectorAll('.ygrid:not([style*="display: none"])').length
      };
    });
  // The first cell was selected by running it; the second one is not waited for.
  await lab.page.evaluate(() => {
    const { commands, shell } = globalThis.jupyterapp;
    (shell.currentWidget as NotebookPanel).content.activeCellIndex = 1;
    void commands.execute('notebook:run-cell');
  });
  await expect.poll(async () => (await lab.line('up')).at(-1)?.[0]).toBeGreaterThan(400);
  expect(await whole()).toBeLessThan(4);
  await expect.poll(async () => (await lab.line('up')).at(-1)).toEqual([899, 899 * 899]);
  const on = await seen();
  // When no more points come plotly has its own ticks again.
  await expect(plot.locator('[style*="display: none"]')).toHaveCount(0);
  expect(await whole()).toBeGreaterThan(0);
  const all = await seen();
  expect(on.y).toEqual(all.y);
  expect(on.x).toEqual(all.x);
  expect(on.visible).toBe(all.visible);
  // The line has a little room in advance.
  expect(Math.abs(on.end[0] - all.end[0])).toBeLessThan(0.04 * all.end[0]);
  expect(Math.abs(on.end[1] - all.end[1])).toBeLessThan(3);
  await plot.hover();
  await expect(plot.locator('.hoverlayer')).toContainText(/step \d+/);
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
  expect(closed).toBeLessThanOrEqual(400);
  writeFileSync(join(lab.directory, 'closed'), '');
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
