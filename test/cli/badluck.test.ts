import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { commandLine } from './program.js';

const cli = commandLine();
const session = '20261101-100000000-sess';
const [first, second, open] = ['aaaa', 'bbbb', 'open'].map(
  (end, at) => `20261101-10000${at + 1}000-${end}`
);
const sha256 = 'c'.repeat(64);
let root = '';
let log = '';

/** How this process began, as a tracker would have written it of itself. */
function self(): object {
  const started = existsSync('/proc/self/stat')
    ? readFileSync(`/proc/${process.pid}/stat`, 'latin1')
        .replace(/^.*\) /s, '')
        .split(' ')[19]
    : '';
  const boot = existsSync('/proc/sys/kernel/random/boot_id')
    ? readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
    : '';
  return { pid: process.pid, started, host: hostname(), boot };
}

beforeAll(() => {
  root = join(cli.home, 'badluck');
  const sessions = join(root, 'runs', 'nb', 'sessions');
  mkdirSync(sessions, { recursive: true });
  const run = (id: string | undefined, lr: number) => [
    { event: 'run_start', run: id, number: 1, name: 'same name', cell: 1 },
    { event: 'param', run: id, key: 'lr', value: lr },
    { event: 'output', run: id, path: 'm.pkl', sha256, size: 3, cell: 1 },
    { event: 'code', run: id, commit: 'd'.repeat(40), root, branch: 'main', dirty: false }
  ];
  const end = { event: 'run_end', status: 'finished', cell: 1 };
  const events = [
    {
      event: 'session',
      format: 1,
      session,
      notebook: { path: '/nb.ipynb', name: 'nb' },
      process: self()
    },
    ...run(first, 0.1),
    { ...end, run: first },
    ...run(second, 0.2),
    { ...end, run: second },
    ...run(open, 0.3)
  ];
  log = join(sessions, `${session}.jsonl`);
  const time = '2026-11-01T10:00:00.000000Z';
  writeFileSync(log, events.map(event => `${JSON.stringify({ time, ...event })}\n`).join(''));
});

const run = (...words: string[]) => cli.run([...words, '--root', root]);
const oneLine = (err: string) => expect(err.trimEnd().split('\n')).toHaveLength(1);

test('a beginning or a name that several runs have is asked to be an id', () => {
  for (const word of ['20261101', 'same name']) {
    for (const words of [
      ['show', word],
      ['promote', word, '--stage', 'x'],
      ['export', word]
    ]) {
      const { code, out, err } = run(...words);
      expect({ code, out }).toEqual({ code: 64, out: '' });
      expect(err).toContain(`names 3 runs`);
      oneLine(err);
    }
  }
});

test('a run that still goes on is said to be running, and is asked like others', () => {
  expect(run('runs', '--columns', 'id,status').out).toContain(`${open}  running`);
  expect(run('which', sha256).out).toContain(`status    running`);
  expect(run('runs', '--where', 'status = running and lr = 0.3', '--json').code).toBe(0);
});

test('where there is no git, or no clone that has the commit, the runs are left out and that is said', () => {
  const words = [
    'runs',
    '--where',
    'contains_commit("dddddddd")',
    '--columns',
    'id',
    '--root',
    root
  ];
  for (const environment of [{}, { PATH: cli.home }]) {
    const { code, out, err } = cli.run(words, environment);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain('Left out, because git cannot tell');
    expect(err).toContain('3 runs.');
  }
});

test('what a closed pipe no longer takes is no error, for lists and for JSON', async () => {
  for (const words of [['runs', '--json'], ['which', sha256], ['coverage']]) {
    const child = spawn(process.execPath, [cli.program, ...words, '--root', root], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: cli.home }
    });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(err).toBe('');
  }
});

test.skipIf(!existsSync('/dev/full'))('output that cannot be written is said', async () => {
  for (const words of [['runs'], ['runs', '--json'], ['--help']]) {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [cli.program, ...words, '--root', root], {
      stdio: ['ignore', full, 'pipe'],
      env: { PATH: process.env.PATH, HOME: cli.home }
    });
    let err = '';
    child.stderr?.on('data', (data: Buffer) => (err += data.toString()));
    expect(await once(child, 'close')).toEqual([74, null]);
    expect(err).toBe('The output cannot be written: the disk is full.\n');
    closeSync(full);
  }
});

test('nobody hears what is said on a closed stderr, and the exit code still tells', async () => {
  const child = spawn(process.execPath, [cli.program, 'show', 'nothing', '--root', root], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: cli.home }
  });
  child.stderr.destroy();
  expect(await once(child, 'close')).toEqual([3, null]);
});

test('damaged lines of a history are said in one sentence, and the rest is there', () => {
  appendFileSync(log, '{"event": "param", "ru\u0000\n{"event":"note","run":"x"}\n');
  for (const words of [['runs', '--columns', 'id'], ['which', sha256], ['coverage']]) {
    const { code, out, err } = run(...words);
    expect(code).toBe(0);
    expect(out).not.toBe('');
    expect(err).toContain('damaged');
    expect(err).toContain('`backtrail check`');
    oneLine(err);
  }
  expect(run('check').code).toBe(1);
});
