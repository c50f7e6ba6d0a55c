import { expect, test } from './lab.js';

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

test('recording leaves the counts of the cells as they are', async ({ lab }) => {
  await lab.open(lab.write('counts.ipynb', ['1', '2', '3']));
  await lab.runAll();

  await expect.poll(() => lab.events('counts.ipynb', 'cell_end').length).toBe(3);
  expect(await lab.counts()).toEqual([1, 2, 3]);
});
