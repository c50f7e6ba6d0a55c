/** How an execution ended, told without running the user's code. */
import { types } from 'node:util';
import type { Outcome } from './lifecycle.js';
import { className, dataProperty } from './looking.js';
import { stackOf } from './stacks.js';

/** An error as `cell_end` has it. */
export interface IError {
  type: string;
  message: string;
  line?: number;
  unparsable: boolean;
}

/** How an execution ended. */
export interface IEnding {
  readonly status: Outcome;
  readonly error: IError | null;
}

export const FINISHED: IEnding = { status: 'finished', error: null };
export const INTERRUPTED: IEnding = { status: 'interrupted', error: null };

const LONGEST_MESSAGE = 2000;

/** What a value that was thrown says; anything can be thrown. */
export function thrown(value: unknown): IEnding {
  if (dataProperty(value, 'code') === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') {
    return INTERRUPTED;
  }
  if (types.isNativeError(value)) {
    return failed(className(value), dataProperty(value, 'message'), isOfReading(value));
  }
  switch (typeof value) {
    case 'object':
      return value === null
        ? failed('null', 'null')
        : failed(className(value), dataProperty(value, 'message'));
    case 'function':
      return failed('function', '');
    default:
      return failed(typeof value, String(value));
  }
}

/**
 * What the compiler said of a cell that it refused.
 *
 * @param text - what it printed: a line for each error, `1:7 - Type …`.
 */
export function refused(text: string): IEnding {
  const match = /^(?:(.*) )?(\d+):(\d+) - ([^]*)$/.exec(text.trim());
  const error: IError = {
    type: 'CompileError',
    message: shortened(match === null ? text.trim() : match[4]),
    unparsable: true
  };
  // With a file's name before it, the line is one of that file.
  return {
    status: 'failed',
    error: match !== null && !match[1] ? { ...error, line: Number(match[2]) } : error
  };
}

/** What the compiler threw at a cell that it could not compile. */
export function unread(error: Error): IEnding {
  return failed(className(error), dataProperty(error, 'message'), true);
}

/** What the kernel showed of what was thrown, where nothing else is known of it. */
export function shown(text: string): IEnding {
  const [, type = '', message = ''] =
    /^(?:Uncaught )?(\w*(?:Error|Exception))(?:: ([^]*?))?(?=\n\s+at |\n*(?![^]))/m.exec(text) ??
    [];
  if (message === 'Interrupted asynchronously') {
    return INTERRUPTED;
  }
  return type === '' ? { status: 'failed', error: null } : failed(type, message);
}

function failed(type: string, message: unknown, unparsable = false): IEnding {
  const text = typeof message === 'string' ? shortened(message) : '';
  return { status: 'failed', error: { type, message: text, unparsable } };
}

/**
 * Whether Node could not read what the compiler had made of the cell, as of a `for await` that is its only
 * wait: none of it ran. Code of the cell that has other code read is on the stack itself.
 */
function isOfReading(error: Error): boolean {
  const calls = stackOf(error)?.match(/^ +at .*$/gm) ?? [];
  return (
    className(error) === 'SyntaxError' &&
    /^ +at new Script \(node:vm/.test(calls.at(0) ?? '') &&
    !calls.some(call => call.includes('evalmachine.'))
  );
}

function shortened(text: string): string {
  return text.length <= LONGEST_MESSAGE ? text : `${text.slice(0, LONGEST_MESSAGE - 1)}…`;
}
