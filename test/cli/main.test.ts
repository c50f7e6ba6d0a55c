import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { commandLine } from './program.js';

const cli = commandLine();

test.each([
  [[], 'Which command'],
  [['nonsense'], 'There is no command "nonsense"'],
  [['verify', 'latest', '--times', '0'], 'whole number'],
  [['verify', 'latest', '--tolerance', 'much'], '--tolerance'],
  [['verify', 'latest', '--environment', 'new'], '--environment'],
  [['runs', '--nonsense'], "Unknown option '--nonsense'"],
  [['runs', '--sort'], "'--sort <value>'"],
  [['runs', 'more'], '`runs` takes no "more"'],
  [['runs', '--where', 'loss <'], 'The filter is not complete: it could go on with'],
  [['show'], 'Which run?'],
  [['show', 'a', 'b'], 'One run at a time'],
  [['export', 'latest', '--format', 'pdf'], 'format'],
  [['export', 'latest', '--slice', '--whole'], '--slice'],
  [['check', 'more'], '`check` takes no words'],
  [['rebuild', 'more'], '`rebuild` takes no words'],
  [['autoload', 'maybe'], 'on|off|status'],
  [['kernelspec', 'maybe'], 'install|remove|list'],
  [['kernelspec', 'install', '--user', '--sys-prefix'], 'exclude each other'],
  [['kernelspec', 'install', '--tslab', '/no/such'], 'no dist/main.js'],
  [['runs', '--root', '/no/such/folder'], 'There is no folder']
])('%j is a usage error: 64 and one line', (words, sentence) => {
  const { code, out, err } = cli.run(words);
  expect({ code, out }).toEqual({ code: 64, out: '' });
  expect(err).toContain(sentence);
  expect(err.split('\n')).toHaveLength(2);
});

test('--help lists the commands, and each tells what it does', () => {
  const { code, out, err } = cli.run(['--help']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  for (const name of ['runs', 'show', 'export', 'autoload', 'kernelspec', 'check', 'rebuild']) {
    expect(out).toContain(`  ${name}`);
    const help = cli.run([name, '--help']);
    expect({ code: help.code, err: help.err }).toEqual({ code: 0, err: '' });
    expect(help.out).toMatch(new RegExp(`^Usage: backtrail ${name}`));
    expect(help.out).toContain('--root DIR');
  }
});

test('--version is that of the package', () => {
  expect(cli.run(['--version'])).toEqual({ code: 0, out: '1.2.3\n', err: '' });
});

test('a reader that has seen enough is no error', async () => {
  const words = [cli.program, 'export', 'latest', '--root', cli.vector('normal')];
  const child = spawn(process.execPath, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH }
  });
  child.stdout.destroy();
  let err = '';
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  const [code] = (await once(child, 'close')) as [number];
  expect(err).not.toMatch(/EPIPE|Error/);
  expect(code).toBe(0);
});

test('the Python package is asked for autoload, and its absence is one sentence', () => {
  const { code, err } = cli.run(['autoload', 'status'], { PATH: cli.home });
  expect(code).toBe(69);
  expect(err.split('\n')).toHaveLength(2);
});
