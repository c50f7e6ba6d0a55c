import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { python } from '../../scripts/setup/paths.mjs';
import { expect, test } from './lab.js';
import { readLines, type Line } from './log.js';

/** Runs a script as its own program where Backtrail cannot be imported. */
const ALONE = `import runpy, sys
sys.modules["backtrail"] = None
runpy.run_path(sys.argv[1], run_name="__main__")`;

/** Points without what two executions cannot have in common. */
const values = (points: Line[]): Line[] =>
  points.map(({ time: _time, cell: _cell, ...point }) => point);

test('a script exported from the panel gives the same metrics without Backtrail', async ({
  lab
}) => {
  const path = lab.example('digits.ipynb');
  const file = join(lab.server.root, path);
  writeFileSync(file, readFileSync(file, 'utf8').replace('\\"epochs\\": 30', '\\"epochs\\": 2'));
  await lab.open(path);
  await lab.showPanel();
  await lab.runAll();
  await expect.poll(() => lab.events('digits.ipynb', 'artifact').length).toBe(2);

  await lab.rows.getByRole('button', { name: /Actions/ }).click();
  await lab.page.getByRole('menuitem', { name: 'Export Script' }).click();
  await expect
    .poll(() => readdirSync(lab.directory).filter(name => name.endsWith('.py')))
    .toHaveLength(1);
  const [script = ''] = readdirSync(lab.directory).filter(name => name.endsWith('.py'));
  await expect(lab.page.getByRole('tab', { name: script })).toBeVisible();

  const elsewhere = mkdtempSync(join(tmpdir(), 'backtrail-replay-'));
  const metrics = join(elsewhere, 'metrics.jsonl');
  const replay = spawnSync(python, ['-I', '-c', ALONE, join(lab.directory, script)], {
    cwd: elsewhere,
    encoding: 'utf8',
    env: {
      ...process.env,
      BACKTRAIL_METRICS: metrics,
      OMP_NUM_THREADS: '1',
      OPENBLAS_NUM_THREADS: '1'
    }
  });
  const replayed = replay.status === 0 ? readLines(metrics) : [];
  rmSync(elsewhere, { recursive: true });

  expect(replay.stderr).toBe('');
  expect(replay.stdout).toContain('epoch  2: val/accuracy');
  expect(replayed.length).toBeGreaterThan(100);
  // What was captured beside the calls is not logged by a script that runs alone.
  const captured = new Set(lab.events('digits.ipynb', 'metric').map(({ key }) => key));
  const logged = values(lab.points('digits.ipynb'))
    .map(point => Object.fromEntries(Object.entries(point).filter(([key]) => !captured.has(key))))
    .filter(point => Object.keys(point).length > 1);
  expect(values(replayed)).toEqual(logged);
});
