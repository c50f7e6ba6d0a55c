import { expect, test } from './lab.js';

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
