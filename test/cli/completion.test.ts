import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { commandLine } from './program.js';

const cli = commandLine();
const shells = ['bash', 'zsh', 'fish'] as const;
const run = '20261101-100001000-aaaa';
let folder = '';
let environment: NodeJS.ProcessEnv = {};

/** A folder with one run, and the command on the PATH, as a user has it. */
beforeAll(() => {
  folder = join(cli.home, 'completion');
  const sessions = join(folder, 'runs', 'nb', 'sessions');
  mkdirSync(sessions, { recursive: true });
  const session = '20261101-100000000-sess';
  const events = [
    { event: 'session', format: 1, session, notebook: { path: '/nb.ipynb', name: 'nb' } },
    { event: 'run_start', run, number: 1, name: 'nb 1', cell: 1 },
    { event: 'param', run, key: 'lr', value: 0.1 },
    { event: 'param', run, key: 'weight decay', value: 0.1 },
    { event: 'run_end', run, status: 'finished', cell: 1 }
  ];
  const time = '2026-11-01T10:00:00.000000Z';
  const lines = events.map(event => `${JSON.stringify({ time, ...event })}\n`);
  writeFileSync(join(sessions, `${session}.jsonl`), lines.join(''));
  writeFileSync(join(folder, 'model.pkl'), '');
  const command = join(cli.home, 'backtrail');
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${cli.program}" "$@"\n`);
  chmodSync(command, 0o755);
  const path = [cli.home, process.env.PATH].join(delimiter);
  environment = { PATH: path, HOME: cli.home };
});

/** What bash offers for the words of a line. */
function offered(...words: string[]): string[] {
  const line = words.map(word => `'${word}'`).join(' ');
  const script = `${cli.run(['completion', 'bash']).out}
COMP_WORDS=(backtrail ${line}); COMP_CWORD=${words.length}; _backtrail; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const options = { encoding: 'utf8', cwd: folder, env: environment } as const;
  return execFileSync('bash', ['-c', script], options).trim().split('\n');
}

test('bash completes commands and the options of each', () => {
  expect(offered('wh')).toEqual(['which']);
  expect(offered('co')).toEqual(['compare', 'coverage', 'completion']);
  expect(offered('promote', '--')).toEqual([
    '--stage',
    '--reason',
    '--replace',
    '--root',
    '--json',
    '--help'
  ]);
});

test('bash completes what the history has: runs and keys, and the words that an option takes', () => {
  expect(offered('show', '')).toEqual(['latest', run]);
  expect(offered('runs', '--sort', 'params')).toEqual(['params.lr']);
  expect(offered('runs', '--sort', '=', 'params')).toEqual(['params.lr']);
  expect(offered('export', '--format', 'r')).toEqual(['ro-crate']);
  expect(offered('autoload', 'o')).toEqual(['on', 'off']);
  expect(offered('which', 'mod')).toEqual(['model.pkl']);
  expect(offered('promote', '').sort()).toEqual([run, 'latest', 'model.pkl', 'runs']);
  expect(offered('runs', '--root', '')).toEqual(['runs']);
  expect(offered('check', '')).toEqual(['']);
});

test('each shell has its completion, and no other word is one', () => {
  expect(cli.run(['completion', 'zsh']).out).toMatch(
    /^#compdef backtrail\n[^]*'which:[^]*--stage=/
  );
  expect(cli.run(['completion', 'fish']).out).toMatch(/from promote' -l stage -r -f -d/);
  expect(cli.run(['completion', 'tcsh']).code).toBe(64);
});

const missing = shells.filter(shell => spawnSync(shell, ['--version']).error !== undefined);

test.each(shells.filter(shell => !missing.includes(shell)))(
  '%s understands what it is given',
  shell => {
    const file = join(cli.home, `completion.${shell}`);
    writeFileSync(file, cli.run(['completion', shell]).out);
    const { status, stderr } = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  }
);

test.skipIf(missing.includes('fish'))('fish completes as bash does', () => {
  const complete = (line: string) =>
    execFileSync('fish', ['-c', `backtrail completion fish | source; complete -C'${line}'`], {
      encoding: 'utf8',
      cwd: folder,
      env: environment
    })
      .trim()
      .split('\n')
      .map(one => one.split('\t')[0]);
  expect(complete('backtrail show ')).toEqual([run, 'latest']);
  expect(complete('backtrail runs --sort params')).toEqual(['params.lr']);
  expect(complete('backtrail promote --s')).toEqual(['--stage']);
});
