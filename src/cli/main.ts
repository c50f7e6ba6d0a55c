#!/usr/bin/env node
/**
 * The command line: finds the command, reads its options, and ends with its exit code.
 */

import { parseArgs } from 'node:util';
import {
  commonOptions,
  exit,
  parseOptions,
  Stop,
  usageError,
  type ICall,
  type ICommand
} from './command.js';
import { autoload } from './commands/autoload.js';
import { check } from './commands/check.js';
import { compare } from './commands/compare.js';
import { completionOf } from './commands/completion.js';
import { coverage } from './commands/coverage.js';
import { exportRun } from './commands/export.js';
import { demote, promote } from './commands/promote.js';
import { rebuild } from './commands/rebuild.js';
import { runs } from './commands/runs.js';
import { show } from './commands/show.js';
import { verify } from './commands/verify.js';
import { which } from './commands/which.js';
import { helpOf, overview } from './help.js';
import { reason } from './reason.js';
import { version } from './version.js';

const known: ReadonlyArray<ICommand> = [
  runs,
  show,
  compare,
  which,
  coverage,
  exportRun,
  verify,
  promote,
  demote,
  autoload,
  check,
  rebuild
];
const commands: ReadonlyArray<ICommand> = [...known, completionOf(known)];

/** Commands that have their names already. */
const later = ['import', 'mirror'];

async function main(words: ReadonlyArray<string>): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const text = overview(commands);
    if (name === undefined) {
      throw usageError('Which command? `backtrail --help` lists them.');
    }
    print(text);
    return exit.ok;
  }
  if (name === '--version') {
    print(`${version()}\n`);
    return exit.ok;
  }
  const command = commands.find(one => one.name === name);
  if (!command) {
    throw usageError(
      later.includes(name)
        ? `\`${name}\` is not in this version yet.`
        : `There is no command ${JSON.stringify(name)}: \`backtrail --help\` lists them.`
    );
  }
  const call = read(command, rest);
  if (call.flag('help')) {
    print(helpOf(command));
    return exit.ok;
  }
  return command.run(call);
}

function read(command: ICommand, args: string[]): ICall {
  const options = parseOptions([...command.options, ...commonOptions]);
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    return {
      words: positionals,
      option: name => (typeof values[name] === 'string' ? values[name] : undefined),
      flag: name => values[name] === true,
      environment: process.env,
      cwd: process.cwd(),
      print,
      say
    };
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\n|\. /);
    throw usageError(
      `${sentence.replace(/\.$/, '')}: \`backtrail ${command.name} --help\` tells more.`
    );
  }
}

function print(text: string): void {
  process.stdout.write(text);
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

// Whoever reads the output may have seen enough: `backtrail runs | head` is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? exit.ok : exit.inputOutput);
});

main(process.argv.slice(2)).then(
  code => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof Stop) {
      say(error.message.replace(/\s*\n\s*/g, ' '));
      process.exitCode = error.code;
    } else if (error instanceof Error && 'syscall' in error) {
      say(`${(error as NodeJS.ErrnoException).path ?? 'A file'} cannot be read: ${reason(error)}.`);
      process.exitCode = exit.inputOutput;
    } else {
      throw error;
    }
  }
);
