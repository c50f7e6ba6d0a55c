import type { NotebookPanel } from '@jupyterlab/notebook';
import { expect, test, type LabPage } from './lab.js';

function marks(lab: LabPage) {
  return lab.page
    .locator('.jp-Notebook .jp-CodeCell')
    .evaluateAll(cells =>
      cells.map(cell => cell.querySelector<HTMLElement>('.bt-CellMark')?.dataset['mark'] ?? '')
    );
}

/** What stands where the marks are: nothing may lie over a mark or cut it off, nor may it lie over a number. */
function whatIsSeen(lab: LabPage) {
  return lab.page.locator('.jp-Notebook .bt-CellMark').evaluateAll(marks =>
    marks.map(mark => {
      const { left, top, width, height } = mark.getBoundingClientRect();
      const number = document.createRange();
      number.selectNodeContents(mark.parentElement!.querySelector('.jp-InputPrompt')!);
      const text = number.getBoundingClientRect();
      const middle = { x: left + width / 2, y: top + height / 2 };
      const isOver =
        middle.x + 5 > text.left &&
        middle.x - 5 < text.right &&
        middle.y + 5 > text.top &&
        middle.y - 5 < text.bottom;
      const isOnTop = document.elementFromPoint(middle.x, middle.y) === mark;
      return isOver ? 'over the number' : isOnTop ? 'seen' : 'hidden';
    })
  );
}

test('marks are seen beside numbers of three digits, in cells of one line and of several', async ({
  lab
}) => {
  await lab.open(lab.write('seen.ipynb', ['one = 1', 'two = 2\nthree = 3\nfour = 4']));
  await lab.runAll();
  await expect.poll(() => marks(lab)).toEqual(['open', 'open']);
  await expect.poll(() => whatIsSeen(lab)).toEqual(['seen', 'seen']);
  await lab.page.evaluate(() => {
    const { content } = globalThis.jupyterapp.shell.currentWidget as NotebookPanel;
    for (const { inputArea } of content.widgets) {
      inputArea?.setPrompt('999');
    }
  });
  await expect.poll(() => whatIsSeen(lab)).toEqual(['seen', 'seen']);
});

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
    /It read rate, which \[4\] set or changed since\.[\s\S]*Set or changed: loss/
  );
  await expect(lab.page.locator('.bt-CellMark[data-mark="failed"]')).toHaveAttribute(
    'aria-label',
    'Failed: ValueError'
  );
});
