#!/usr/bin/env node
/**
 * The command line: finds the command, reads its options, and ends with its exit code.
 */

import { writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  commonOptions,
  exit,
  parseOptions,
  Stop,
  usageError,
  withValues,
  type ICall,
  type ICommand
} from './command.js';
import { helpOf, overview } from './help.js';
import { reason } from './reason.js';
import { screenOf } from './screen.js';
import { version } from './version.js';

/** The commands, in the order of the help. Only the one that is called is loaded: a call should not wait for others. */
const loaders: Readonly<Record<string, () => Promise<ICommand>>> = {
  runs: async () => (await import('./commands/runs.js')).runs,
  show: async () => (await import('./commands/show.js')).show,
  compare: async () => (await import('./commands/compare.js')).compare,
  which: async () => (await import('./commands/which.js')).which,
  coverage: async () => (await import('./commands/coverage.js')).coverage,
  export: async () => (await import('./commands/export.js')).exportRun,
  verify: async () => (await import('./commands/verify.js')).verify,
  promote: async () => (await import('./commands/promote.js')).promote,
  demote: async () => (await import('./commands/promote.js')).demote,
  autoload: async () => (await import('./commands/autoload.js')).autoload,
  kernelspec: async () => (await import('./commands/kernelspec.js')).kernelspec,
  check: async () => (await import('./commands/check.js')).check,
  rebuild: async () => (await import('./commands/rebuild.js')).rebuild
};

/** All commands: those above, and the one that completes them. */
async function allCommands(): Promise<ICommand[]> {
  const known = await Promise.all(Object.values(loaders).map(load => load()));
  const { completionOf } = await import('./commands/completion.js');
  return [...known, completionOf(known)];
}

/** The command of a name; undefined where there is none. */
async function commandOf(name: string): Promise<ICommand | undefined> {
  return Object.hasOwn(loaders, name)
    ? loaders[name]?.()
    : (await allCommands()).find(one => one.name === name);
}

/** Commands that have their names already. */
const later = ['import', 'mirror'];

async function main(words: ReadonlyArray<string>): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    if (name === undefined) {
      throw usageError('Which command? `backtrail --help` lists them.');
    }
    print(overview(await allCommands(), screen.columns));
    return exit.ok;
  }
  if (name === '--version') {
    print(`${version()}\n`);
    return exit.ok;
  }
  const command = await commandOf(name);
  if (!command) {
    throw usageError(
      later.includes(name)
        ? `\`${name}\` is not in this version yet.`
        : `There is no command ${JSON.stringify(name)}: \`backtrail --help\` lists them.`
    );
  }
  const call = read(command, rest);
  if (call.flag('help')) {
    print(helpOf(command, screen.columns));
    return exit.ok;
  }
  return command.run(call);
}

function read(command: ICommand, args: string[]): ICall {
  const options = parseOptions([...command.options, ...commonOptions]);
  try {
    const { values, positionals } = parseArgs({
      args: withValues(args, options),
      options,
      allowPositionals: true
    });
    return {
      words: positionals,
      option: name => (typeof values[name] === 'string' ? values[name] : undefined),
      flag: name => values[name] === true,
      environment: process.env,
      cwd: process.cwd(),
      screen,
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

const screen = screenOf(process.stdout, process.env);

function print(text: string): void {
  process.stdout.write(text);
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

// Whoever reads the output may have seen enough: `backtrail runs | head` is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    // At once, because the process ends here.
    writeSync(process.stderr.fd, `The output cannot be written: ${reason(error)}.\n`);
  }
  process.exit(error.code === 'EPIPE' ? exit.ok : exit.inputOutput);
});
// Where nobody hears what is said, the exit code still tells.
process.stderr.on('error', () => undefined);

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
      const trace = process.env.BACKTRAIL_TRACE ? (error as Error).stack : undefined;
      say(
        trace ??
          `This is a mistake of Backtrail itself (${(error as Error).message}): BACKTRAIL_TRACE=1 tells where.`
      );
      process.exitCode = exit.internal;
    }
  }
);
