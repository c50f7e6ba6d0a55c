/**
 * What a command is, and how it ends.
 */

import type { ParseArgsConfig } from 'node:util';
import type { IScreen } from './screen.js';

/** Exit codes. Those from 64 on are the system's own (sysexits.h). */
export const exit = {
  ok: 0,
  damage: 1,
  failed: 2,
  noSuchRun: 3,
  usage: 64,
  unavailable: 69,
  /** A mistake of this program itself. */
  internal: 70,
  inputOutput: 74,
  interrupted: 130
} as const;

/** A command ends early: one line for stderr, and the exit code. */
export class Stop extends Error {
  constructor(
    message: string,
    readonly code: number
  ) {
    super(message);
  }
}

/** A command was called in a way it does not understand. */
export function usageError(message: string): Stop {
  return new Stop(message, exit.usage);
}

/** What a command is given. */
export interface ICall {
  /** The words that are no options. */
  readonly words: ReadonlyArray<string>;
  /** The options: a text, true, or undefined where one is absent. */
  readonly option: (name: string) => string | undefined;
  readonly flag: (name: string) => boolean;
  readonly environment: NodeJS.ProcessEnv;
  /** The current folder. */
  readonly cwd: string;
  /** What is printed to. */
  readonly screen: IScreen;
  readonly print: (text: string) => void;
  /** Says something beside the output. */
  readonly say: (sentence: string) => void;
}

/** What a shell may offer in a place: something of the history, files, or one of some words. */
export type Completed = 'keys' | 'run' | 'run or file' | 'folder' | 'file' | readonly string[];

/** One command of the command line. */
export interface ICommand {
  readonly name: string;
  /** What stands behind the name, such as `RUN [-o FILE]`. */
  readonly usage: string;
  /** One sentence. */
  readonly does: string;
  /** Its own options with a line of help each. */
  readonly options: ReadonlyArray<IOption>;
  /** What its words are; undefined where it takes none. */
  readonly completes?: Completed;
  /** Does it, and returns the exit code. */
  readonly run: (call: ICall) => number | Promise<number>;
}

/** An option of a command. */
export interface IOption {
  readonly name: string;
  readonly short?: string;
  /** What its value is called, or undefined for a flag. */
  readonly value?: string;
  /** What its value is, where a shell can know. */
  readonly completes?: Completed;
  readonly does: string;
}

/** The options that every command has. */
export const commonOptions: ReadonlyArray<IOption> = [
  { name: 'root', value: 'DIR', completes: 'folder', does: 'look for runs in DIR, or in DIR/runs' },
  { name: 'json', does: 'print JSON' },
  { name: 'help', short: 'h', does: 'print this' }
];

/** Options in the form `node:util` parses. */
export function parseOptions(
  options: ReadonlyArray<IOption>
): NonNullable<ParseArgsConfig['options']> {
  return Object.fromEntries(
    options.map(({ name, short, value }) => [
      name,
      { type: value === undefined ? 'boolean' : 'string', ...(short ? { short } : {}) }
    ])
  );
}

/**
 * Words of a call in which a value that begins with a minus stands with its option, as `--sort=-loss` for `--sort -loss`.
 */
export function withValues(
  words: ReadonlyArray<string>,
  options: NonNullable<ParseArgsConfig['options']>
): string[] {
  const joined: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const next = words[at + 1];
    if (word === '--') {
      return [...joined, ...words.slice(at)];
    }
    const takes = word.startsWith('--') && options[word.slice(2)]?.type === 'string';
    if (takes && next !== undefined && /^-[^-]/.test(next)) {
      joined.push(`${word}=${next}`);
      at += 1;
    } else {
      joined.push(word);
    }
  }
  return joined;
}
