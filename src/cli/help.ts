/**
 * The texts of `--help`.
 */

import { commonOptions, type ICommand, type IOption } from './command.js';
import { width, wrapped } from './letters.js';

/** Lines that are longer are hard to read, however wide the terminal is. */
const WIDEST = 100;

/** What the command line can do. @param columns - how many the terminal has, if it is one */
export function overview(commands: ReadonlyArray<ICommand>, columns?: number): string {
  const room = roomOf(columns);
  return [
    'Usage: backtrail COMMAND [OPTIONS]',
    '',
    ...wrapped(
      'Reads the runs that Backtrail recorded. `backtrail COMMAND --help` tells more of one.',
      room
    ),
    '',
    ...aligned(
      commands.map(({ name, does }) => [name, does]),
      room
    ),
    '',
    'Every command has:',
    ...aligned(commonOptions.map(described), room),
    '',
    ...wrapped(
      'RUN is an id, a unique beginning of one, a name, or `latest`. Runs are looked for in --root, else in BACKTRAIL_DIR, else in ./runs and in the folders that notebooks of this user wrote to.',
      room
    ),
    ''
  ].join('\n');
}

/** What one command can do. @param columns - how many the terminal has, if it is one */
export function helpOf({ name, usage, does, options }: ICommand, columns?: number): string {
  const known = options.filter(option => option.does !== 'not in this version');
  const room = roomOf(columns);
  return [
    `Usage: backtrail ${name} ${usage}`.trimEnd(),
    '',
    ...wrapped(does, room),
    '',
    ...aligned([...known, ...commonOptions].map(described), room),
    ''
  ].join('\n');
}

function roomOf(columns: number | undefined): number {
  return Math.min(columns ?? WIDEST, WIDEST);
}

function described({ name, short, value, does }: IOption): [string, string] {
  return [`${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`, does];
}

/** Names on the left, what they mean on the right. */
function aligned(rows: ReadonlyArray<readonly [string, string]>, room: number): string[] {
  const left = Math.max(...rows.map(([name]) => width(name))) + 4;
  return rows.flatMap(([name, text]) =>
    wrapped(text, Math.max(room - left, 20)).map((line, index) =>
      `${(index === 0 ? `  ${name}` : '').padEnd(left)}${line}`.trimEnd()
    )
  );
}
