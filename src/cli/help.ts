/**
 * The texts of `--help`.
 */

import { commonOptions, type ICommand, type IOption } from './command.js';

/** What the command line can do. */
export function overview(commands: ReadonlyArray<ICommand>): string {
  return [
    'Usage: backtrail COMMAND [OPTIONS]',
    '',
    'Reads the runs that Backtrail recorded.',
    '',
    ...columns(commands.map(({ name, usage, does }) => [`${name} ${usage}`.trim(), does])),
    '',
    'Every command has:',
    ...columns(commonOptions.map(described)),
    '',
    'RUN is an id, a unique beginning of one, a name, or `latest`. Runs are looked for in --root, else in',
    'BACKTRAIL_DIR, else in ./runs and in the folders that notebooks of this user wrote to.',
    ''
  ].join('\n');
}

/** What one command can do. */
export function helpOf({ name, usage, does, options }: ICommand): string {
  const known = options.filter(option => option.does !== 'not in this version');
  return [
    `Usage: backtrail ${name} ${usage}`.trimEnd(),
    '',
    does,
    '',
    ...columns([...known, ...commonOptions].map(described)),
    ''
  ].join('\n');
}

function described({ name, short, value, does }: IOption): [string, string] {
  return [`${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`, does];
}

function columns(rows: ReadonlyArray<readonly [string, string]>): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
