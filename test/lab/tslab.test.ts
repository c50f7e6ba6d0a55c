import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { tslab, tslabLoader } from '../../src/lab/attach/tslab.js';

const OPTIONS = {
  notebook: '/home/ada/it\'s "x".ipynb',
  capture: true,
  directory: '',
  redact: [],
  system_metrics_every: 30,
  keep_files_up_to: 10,
  version: '0.1.0',
  location: '/opt/site'
} as unknown as Parameters<typeof tslab.attach>[0];

test('kernels of tslab are served, and no other of their languages', () => {
  const serves = (language: string, ...argv: string[]) => tslab.serves({ language, argv });
  expect(serves('typescript', '/usr/bin/tslab', 'kernel', '--config-path')).toBe(true);
  expect(serves('JavaScript', 'C:\\node\\tslab.cmd', 'kernel', '--js')).toBe(true);
  expect(serves('typescript', 'node', '/opt/node_modules/tslab/bin/tslab', 'kernel')).toBe(true);
  expect(serves('typescript', '/usr/bin/deno', 'jupyter', '--kernel')).toBe(false);
  expect(serves('python', '/usr/bin/python', '-m', 'tslab')).toBe(false);
  expect(serves('typescript')).toBe(false);
});

test('the request loads the tracker from where the server has it, and hands it its options', () => {
  const { code, silent } = tslab.attach(OPTIONS);
  const loaded: unknown[] = [];
  const load = (file: string) => ({ load: (text: string) => loaded.push(file, JSON.parse(text)) });
  runInNewContext(code, { process: { mainModule: { require: load } } });
  expect(silent).toBe(true);
  expect(loaded).toEqual(['/opt/site/backtrail/tslab/register.cjs', OPTIONS]);
});

test('a kernel that cannot load it does not fail, or it would drop the cells that are queued', () => {
  expect(() => {
    runInNewContext(tslabLoader(OPTIONS), {});
  }).not.toThrow();
});

test('the answer comes with the request after the one that loads the tracker', () => {
  const reply = (content: object) =>
    tslab.read({ status: 'ok', execution_count: 0, ...content } as Parameters<
      typeof tslab.read
    >[0]);
  expect(reply({})).toBe('again');
  const data = { 'text/plain': '{"state":"recording"}' };
  expect(reply({ user_expressions: { backtrail: { data } } })).toEqual({ state: 'recording' });
  expect(reply({ status: 'abort' })).toBeNull();
});
