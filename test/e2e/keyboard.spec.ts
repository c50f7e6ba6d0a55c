import { expect, test } from './lab.js';
import { WrittenLog } from './written.js';

test('from the notebook to the runs and back, by keyboard alone', async ({ lab }) => {
  const path = lab.write('keys.ipynb', ['1 + 1']);
  const log = new WrittenLog(lab, 'keys.ipynb');
  for (const lr of [0.1, 0.01, 0.001]) {
    log.run(`lr ${lr}`, { params: { lr }, points: [{ loss: lr }, { loss: lr / 2 }] });
  }
  log.write();
  const { page, panel, rows } = lab;
  const { keyboard } = page;
  await lab.open(path);
  // From the notebook: the command palette has the panel, as every command.
  await palette('Show Runs');
  await expect(rows).toHaveCount(3);
  const grid = panel.getByRole('grid');
  // What is made when it is first shown comes after the focus; the panel is where it goes again.
  await palette('Show Runs');
  await expect(grid).toBeFocused();

  await keyboard.press('/');
  await keyboard.type('params.lr < 0.05');
  await expect(rows).toHaveCount(2);
  await keyboard.press('Enter');
  const box = panel.getByRole('combobox', { name: 'Filter the runs' });
  for (let presses = 0; presses < 8; presses++) {
    if (await grid.evaluate(element => element === document.activeElement)) {
      break;
    }
    await keyboard.press('Tab');
  }
  await expect(grid).toBeFocused();
  await keyboard.press('Home');
  await keyboard.press('Shift+ArrowDown');
  await expect(panel.getByText('2 selected')).toBeVisible();
  await keyboard.press('c');
  const compare = page.locator('.bt-Compare');
  await expect(compare.locator('.bt-Compare-sentences')).toContainText('lr 0.001');
  // A comparison takes the focus, and its tabs are the next things in it.
  await tabTo('tab', 'Differences');
  await keyboard.press('End');
  await expect(compare.getByRole('tab', { name: 'Explore' })).toBeFocused();
  await keyboard.press('Home');
  await expect(compare.getByRole('tab', { name: 'Differences' })).toBeFocused();

  await backToPanel();
  await keyboard.press('Escape');
  await keyboard.press('Enter');
  const view = page.locator('.bt-RunView:not(.bt-Compare)');
  await expect(view.locator('h2')).toContainText('lr 0.01');
  await tabTo('tab', 'Plots');
  await keyboard.press('ArrowRight');
  await expect(view.getByRole('tab', { name: 'Overview' })).toBeFocused();
  await expect(view.getByRole('tabpanel', { name: 'Overview' })).toContainText('0.01');

  await backToPanel();
  await keyboard.press('F2');
  await expect(page.getByRole('dialog')).toContainText('Rename run');
  await keyboard.press('Control+a');
  await keyboard.type('best');
  await keyboard.press('Enter');
  await expect(rows.filter({ hasText: 'best' })).toHaveCount(1);
  await backToPanel();
  await keyboard.press('t');
  await expect(page.getByRole('dialog')).toContainText('Tag run');
  await keyboard.type('good = yes');
  await keyboard.press('Enter');
  await expect(rows.filter({ hasText: 'good: yes' })).toHaveCount(1);

  await backToPanel();
  await keyboard.press('Delete');
  await expect(rows).toHaveCount(1);
  await expect(page.locator('.jp-toastContainer')).toContainText('Archived: run “best');
  await tabTo('button', 'Undo');
  await keyboard.press('Enter');
  await expect(rows).toHaveCount(2);

  await backToPanel();
  await keyboard.press('/');
  await expect(box).toBeFocused();
  await keyboard.press('Escape');
  await expect(box).toHaveValue('');
  await expect(rows).toHaveCount(3);
  // Back to the notebook: its tab is the next one on the left.
  await keyboard.press('Control+Shift+[');
  for (let presses = 0; presses < 4; presses++) {
    if (
      await page.evaluate(
        () => globalThis.jupyterapp.shell.currentWidget?.title.label === 'keys.ipynb'
      )
    ) {
      break;
    }
    await keyboard.press('Control+Shift+[');
  }
  await expect(page.locator('.jp-Notebook')).toBeVisible();
  expect(await page.evaluate(() => globalThis.jupyterapp.shell.currentWidget?.title.label)).toBe(
    'keys.ipynb'
  );

  /** Executes a command by the palette. */
  async function palette(command: string): Promise<void> {
    const input = page.locator('#modal-command-palette input');
    const active = page.locator('.lm-CommandPalette-item.lm-mod-active');
    // It closes when a notebook that has just been opened takes the focus: then once more.
    await expect(async () => {
      if (!(await input.isVisible())) {
        await keyboard.press('Control+Shift+c');
      }
      await expect(input).toBeFocused({ timeout: 5000 });
      await keyboard.press('Control+a');
      await keyboard.type(command);
      await expect(active).toContainText(command, { timeout: 5000 });
    }).toPass();
    await keyboard.press('Enter');
  }

  /** Goes to the table of runs by the palette, as a user does. */
  async function backToPanel(): Promise<void> {
    await palette('Show Runs');
    await expect(grid).toBeFocused();
  }

  /** Presses Tab until something has the focus. */
  async function tabTo(role: 'tab' | 'button', name: string): Promise<void> {
    const wanted = page.getByRole(role, { name, exact: true }).last();
    await expect(wanted).toBeVisible();
    for (let presses = 0; presses < 60; presses++) {
      if (await wanted.evaluate(element => element === document.activeElement)) {
        return;
      }
      await keyboard.press('Tab');
    }
    await expect(wanted).toBeFocused();
  }
});
