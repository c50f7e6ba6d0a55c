import type { NotebookPanel } from '@jupyterlab/notebook';
import { expect, test, type LabPage } from './lab.js';

function marks(lab: LabPage) {
  return lab.page
    .locator('.jp-Notebook .jp-CodeCell')
    .evaluateAll(cells =>
      cells.map(cell => cell.querySelector<HTMLElement>('.bt-CellMark')?.dataset['mark'] ?? '')
    );
}

test('cells say whether they ran in the open run, failed, or are out of date, and why', async ({
  lab
}) => {
  const cells = ['rate = 0.1', 'loss = rate * 2', 'raise ValueError("no")', 'never = 1'];
  await lab.open(lab.write('marks.ipynb', cells));
  await lab.runCell(0);
  await lab.runCell(1);
  await lab.runCell(2);
  await expect.poll(() => marks(lab)).toEqual(['open', 'open', 'failed', '']);

  await lab.page.evaluate(() => {
    const panel = globalThis.jupyterapp.shell.currentWidget as NotebookPanel;
    panel.content.widgets[0]?.model.sharedModel.setSource('rate = 0.5');
  });
  await expect.poll(() => marks(lab)).toEqual(['stale', 'open', 'failed', '']);
  await lab.runCell(0);
  await expect.poll(() => marks(lab)).toEqual(['open', 'stale', 'failed', '']);
  await expect(lab.page.locator('.bt-CellMark[data-mark="stale"]')).toHaveAttribute(
    'title',
    /It read rate, which \[4\] set or changed since\.[\s\S]*Wrote: loss/
  );
  await expect(lab.page.locator('.bt-CellMark[data-mark="failed"]')).toHaveAttribute(
    'aria-label',
    'Failed: ValueError'
  );
});
