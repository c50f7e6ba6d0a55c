import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './lab.js';
import { LabServer } from './server.js';

const LOGGING = ['import backtrail', 'backtrail.log(loss=0.5)', '6 * 7'];

test('where runs cannot be written the status bar says so and the cells run', async ({ lab }) => {
  const path = lab.write('blocked.ipynb', LOGGING);
  writeFileSync(join(lab.directory, 'runs'), 'a file in the place of the folder');
  await lab.open(path);
  await lab.showPanel();
  await lab.runAll();

  await expect(lab.status).toContainText('not recording');
  await expect(lab.status.locator('button')).toHaveAttribute('title', /cannot be written.*runs/);
  await expect(lab.panel.locator('.bt-Empty')).toContainText('cannot be written');
  expect(await lab.counts()).toEqual([1, 2, 3]);
  expect((await lab.outputs()).at(-1)).toContain('"text/plain":"42"');
});

test('a kernel of another language is left alone, and the status bar says why', async ({
  server,
  another
}) => {
  const specification = join(server.home, 'data', 'kernels', 'other');
  mkdirSync(specification, { recursive: true });
  const argv = ['python', '-m', 'ipykernel_launcher', '-f', '{connection_file}'];
  writeFileSync(
    join(specification, 'kernel.json'),
    JSON.stringify({ argv, display_name: 'Other', language: 'other' })
  );
  const lab = await another();
  const kernelspec = { display_name: 'Other', language: 'other', name: 'other' };
  await lab.open(lab.write('other.ipynb', ['1 + 1', '6 * 7'], { kernelspec }));
  await lab.runAll();

  await expect(lab.status).toContainText('not recording');
  await expect(lab.status.locator('button')).toHaveAttribute('title', /language/);
  expect((await lab.outputs()).at(-1)).toContain('"text/plain":"42"');
  expect(lab.events('other.ipynb')).toEqual([]);
});

test.describe('without the server extension', () => {
  const disabled = '--ServerApp.jpserver_extensions={"backtrail.server": False}';
  let bare: LabServer;
  test.beforeAll(async () => {
    bare = await LabServer.start([disabled]);
  });
  test.afterAll(() => bare.stop());

  test('one sentence says what is missing, and the cells run', async ({ another }) => {
    const lab = await another({ reset: '' }, bare);
    // The browser itself writes down that there is nothing at these addresses.
    lab.complaints.expect(/ 404\b/);
    await lab.open(lab.write('bare.ipynb', ['1 + 1', '6 * 7']));
    await lab.showPanel();
    await lab.runAll();

    await expect(lab.status).toContainText('not recording: Backtrail’s server extension');
    await expect(lab.panel.locator('.bt-Empty')).toContainText('jupyter server extension enable');
    await expect(lab.page.locator('.jp-toastContainer .Toastify__toast')).toHaveCount(0);
    expect((await lab.outputs()).at(-1)).toContain('"text/plain":"42"');
  });
});
