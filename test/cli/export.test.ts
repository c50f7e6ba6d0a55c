import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { python } from '../reproduce/python.js';
import { commandLine } from './program.js';

const cli = commandLine();

test('export prints the script, and only the script', () => {
  const { code, out, err } = cli.run(['export', 'latest', '--root', cli.vector('normal')]);
  expect(code).toBe(0);
  expect(out).toMatch(/^# \/\/\/ script\n/);
  expect(out).toContain('#   "numpy==2.3.1",');
  expect(err).not.toContain('#');
});

test('export -o writes a file that Python compiles, in place of an older one', () => {
  const folder = mkdtempSync(join(cli.home, 'out-'));
  writeFileSync(join(folder, 'script.py'), 'old');
  const words = [
    'export',
    '20261123-151601000-k3f9',
    '-o',
    'script.py',
    '--root',
    cli.vector('normal')
  ];
  expect(cli.run(words, {}, folder)).toMatchObject({
    code: 0,
    out: '',
    err: expect.stringContaining('script.patch: what the code had beside its commit.')
  });
  expect(readdirSync(folder)).toEqual(['script.patch', 'script.py']);
  const { status, stderr } = spawnSync(python, ['-m', 'py_compile', join(folder, 'script.py')], {
    encoding: 'utf8'
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('export --json has the script, a name for it and its problems', () => {
  const words = ['export', 'latest', '--json', '--root', cli.vector('normal')];
  const { script, fileName, problems } = JSON.parse(cli.run(words).out);
  expect(script).toBe(cli.run(words.filter(word => word !== '--json')).out);
  expect(fileName).toBe('digits-1.py');
  expect(Array.isArray(problems)).toBe(true);
});

test('the script is that of the whole history by any of its names', () => {
  const root = cli.vector('normal');
  const plain = cli.run(['export', 'latest', '--root', root]).out;
  expect(cli.run(['export', 'digits 1', '--whole', '--format', 'script', '--root', root]).out).toBe(
    plain
  );
});

test('a folder that cannot take the file is one sentence', () => {
  const folder = mkdtempSync(join(cli.home, 'out-'));
  writeFileSync(join(folder, 'file'), '');
  const { code, err } = cli.run([
    'export',
    'latest',
    '-o',
    join(folder, 'file', 'x.py'),
    '--root',
    cli.vector('normal')
  ]);
  expect(code).toBe(74);
  expect(err).toMatch(/^.* cannot be written: [^\n]+\.\n$/);
  expect(existsSync(join(folder, 'file', 'x.py'))).toBe(false);
});

test('a run whose session log is damaged at its head cannot be exported, and says why', () => {
  const root = cli.vector('normal');
  const folder = join(root, 'runs', 'digits', 'sessions');
  const log = join(folder, readdirSync(folder)[0]);
  const text = readFileSync(log, 'utf8');
  writeFileSync(log, text.slice(text.indexOf('\n') + 1));
  const { code, out, err } = cli.run(['export', 'latest', '--root', root]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^[^\n]+\.\n$/);
});

test('no such run exits 3', () => {
  expect(cli.run(['export', 'nothing', '--root', cli.vector('normal')]).code).toBe(3);
});
