import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { commandLine } from './program.js';

const cli = commandLine();

/** What bash offers for the words of a line. */
function offered(...words: string[]): string[] {
  const line = words.map(word => `'${word}'`).join(' ');
  const script = `${cli.run(['completion', 'bash']).out}
COMP_WORDS=(backtrail ${line}); COMP_CWORD=${words.length}; _backtrail; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split('\n');
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

test('each shell has its completion, and no other word is one', () => {
  expect(cli.run(['completion', 'zsh']).out).toMatch(
    /^#compdef backtrail\n[^]*'which:[^]*--stage=/
  );
  expect(cli.run(['completion', 'fish']).out).toMatch(/from promote' -l stage -r -d/);
  expect(cli.run(['completion', 'tcsh']).code).toBe(64);
});
