import { expect, test } from './lab.js';
import { LabServer } from './server.js';
import { WrittenLog } from './written.js';

test.describe('a server of its own', () => {
  let own: LabServer;
  test.beforeAll(async () => {
    own = await LabServer.start();
  });
  test.afterAll(() => own.stop());

  test('a server that restarts is told of, and what came meanwhile is shown afterwards', async ({
    another
  }) => {
    const lab = await another({ reset: '' }, own);
    // What the browser says of addresses that nobody answers.
    lab.complaints.expect(/ERR_CONNECTION|Failed to load|WebSocket/);
    const path = lab.write('again.ipynb', ['1 + 1']);
    const log = new WrittenLog(lab, 'again.ipynb');
    const first = log.run('first', { points: [{ loss: 1 }, { loss: 0.5 }] });
    log.write();
    await lab.open(path);
    await lab.showPanel();
    await expect(lab.rows).toHaveCount(1);
    await lab.command('backtrail:open-run', { run: first });
    const view = lab.page.locator('.bt-RunView');
    await expect.poll(() => lab.line('loss', view)).toHaveLength(2);

    // JupyterLab asks about the connection, now and again; it is not about that.
    const question = lab.page.locator('.jp-Dialog').first();
    const dismiss = (): Promise<void> => lab.page.keyboard.press('Escape');
    await lab.page.addLocatorHandler(question, dismiss, { noWaitAfter: true });
    await own.end();
    await expect(lab.panel.locator('.bt-Notice')).toContainText('does not answer');
    await expect(lab.rows).toHaveCount(1);
    await expect.poll(() => lab.line('loss', view)).toHaveLength(2);
    await view.getByRole('tab', { name: /^Cells/ }).click();
    await expect(view.getByRole('alert')).toContainText('does not answer');

    log.run('second', { points: [{ loss: 2 }, { loss: 1 }] });
    log.write();
    await own.startAgain();
    await expect(lab.rows).toHaveCount(2, { timeout: 120_000 });
    await expect(lab.panel.locator('.bt-Notice')).toHaveCount(0);
    await view.getByRole('tab', { name: 'Overview' }).click();
    await view.getByRole('tab', { name: /^Cells/ }).click();
    await expect(view.getByRole('tabpanel')).toContainText('train("first")');
  });
});

test('on a slow link every screen says that it waits, and then shows what there is', async ({
  lab
}) => {
  const path = lab.write('slowly.ipynb', ['1 + 1']);
  const log = new WrittenLog(lab, 'slowly.ipynb');
  const runs = [1, 2].map(loss => log.run(`run ${loss}`, { points: [{ loss }, { loss: 0 }] }));
  log.write();
  // Nothing is answered before the test has seen what the screen says meanwhile.
  let release: () => void = () => undefined;
  let gate = Promise.resolve();
  const hold = (): void => {
    gate = new Promise(resolve => (release = resolve));
  };
  await lab.page.route('**/backtrail/**', async route => {
    // What views are made of is no answer.
    if (!route.request().url().includes('/extensions/')) {
      await gate;
    }
    await route.continue();
  });
  await lab.page.routeWebSocket('**/backtrail/follow*', socket => {
    const server = socket.connectToServer();
    let sent = Promise.resolve();
    server.onMessage(message => {
      sent = sent.then(async () => {
        await gate;
        socket.send(message);
      });
    });
  });
  const open = (command: string, args: Record<string, string | string[]>): Promise<void> =>
    lab.page.evaluate(([id, options]) => void globalThis.jupyterapp.commands.execute(id, options), [
      command,
      args
    ] as const);
  await lab.open(path);
  hold();
  await open('backtrail:show-panel', {});
  await expect(lab.panel).toContainText('Loading…');
  release();
  await expect(lab.rows).toHaveCount(2);
  hold();
  await open('backtrail:open-run', { run: runs[0] ?? '' });
  const view = lab.page.locator('.bt-RunView:not(.bt-Compare)');
  await expect(view.getByRole('status')).toContainText('Loading…');
  release();
  await expect(view.locator('h2')).toContainText('run #1');
  await expect.poll(() => lab.line('loss', view)).toHaveLength(2);
  hold();
  await view.getByRole('tab', { name: /^Cells/ }).click();
  await expect(view.getByRole('tabpanel')).toContainText('Loading…');
  release();
  await expect(view.getByRole('tabpanel')).toContainText('train("run 1")');
  hold();
  await open('backtrail:compare', { runs });
  const compare = lab.page.locator('.bt-Compare');
  await expect(compare.getByRole('status')).toContainText('Loading…');
  release();
  await expect(compare.getByRole('tabpanel')).toContainText('loss');
});
