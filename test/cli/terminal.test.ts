import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { width } from '../../src/cli/letters.js';
import { commandLine } from './program.js';

const cli = commandLine();
let root = '';

// Gives the program a terminal of so many columns, as no pipe can, and prints what it shows there.
const TERMINAL = `
import fcntl, os, pty, struct, sys, termios
process, terminal = pty.fork()
if process == 0:
    size = struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0)
    fcntl.ioctl(0, termios.TIOCSWINSZ, size)
    os.execvp(sys.argv[2], sys.argv[2:])
while True:
    try:
        data = os.read(terminal, 65536)
    except OSError:
        break
    if not data:
        break
    os.write(1, data)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
`;

function onTerminal(columns: number, words: string[], environment: NodeJS.ProcessEnv = {}) {
  const program = [process.execPath, cli.program, ...words, '--root', root];
  const { status, stdout, stderr } = spawnSync(
    'python3',
    ['-c', TERMINAL, String(columns), ...program],
    {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: cli.home, TERM: 'xterm-256color', ...environment }
    }
  );
  expect(stderr).toBe('');
  return { code: status, lines: stdout.replaceAll('\r\n', '\n').trimEnd().split('\n') };
}

beforeAll(() => {
  root = join(cli.home, 'terminal');
  const sessions = join(root, 'runs', 'nb', 'sessions');
  mkdirSync(sessions, { recursive: true });
  const session = '20261101-100000000-sess';
  const events = [
    { event: 'session', format: 1, session, notebook: { path: '/nb.ipynb', name: 'nb' } },
    ...['aaaa', 'bbbb'].flatMap((end, at) => {
      const run = `20261101-10000${at + 1}000-${end}`;
      return [
        { event: 'run_start', run, number: at + 1, name: `数字 ${end}`.repeat(6), cell: 1 },
        { event: 'param', run, key: 'optimizer', value: 'a long name of an optimizer' },
        { event: 'run_end', run, status: at ? 'failed' : 'finished', cell: 1 }
      ];
    })
  ];
  const time = '2026-11-01T10:00:00.000000Z';
  writeFileSync(
    join(sessions, `${session}.jsonl`),
    events.map(event => `${JSON.stringify({ time, ...event })}\n`).join('')
  );
});

test.skipIf(process.platform === 'win32')(
  'a list fits into a terminal of any sensible width, with ids whole and what failed in red',
  () => {
    for (const columns of [60, 80, 120]) {
      const { code, lines } = onTerminal(columns, ['runs']);
      expect(code).toBe(0);
      expect(lines).toHaveLength(3);
      for (const line of lines) {
        // eslint-disable-next-line no-control-regex -- that is what a terminal is told
        expect(width(line.replace(/\x1b\[\d+m/g, ''))).toBeLessThanOrEqual(columns);
      }
      expect(lines[1]).toContain('20261101-100002000-bbbb');
      expect(lines[1]).toContain('\x1b[31mfailed\x1b[39m');
    }
    expect(onTerminal(80, ['runs'], { NO_COLOR: '1' }).lines.join('')).not.toContain('\x1b');
  }
);

test.skipIf(process.platform === 'win32')('the help is as narrow as the terminal', () => {
  for (const words of [['--help'], ['runs', '--help'], ['promote', '--help']]) {
    const { lines } = onTerminal(60, words);
    const described = lines.filter(line => !line.startsWith('Usage:'));
    expect(Math.max(...described.map(width))).toBeLessThanOrEqual(60);
  }
});
