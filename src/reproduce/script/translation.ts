/**
 * What a magic becomes: the types that the tables of magics and the writer of cells share.
 */

import { quoted } from './quote.js';

/** What stands in the script instead of a magic. */
export type Translation =
  /** An expression; `value` tells whether it has a value that a notebook shows. */
  | { readonly kind: 'expression'; readonly python: string; readonly value: boolean }
  /** Statements, which cannot be assigned. */
  | { readonly kind: 'statements'; readonly python: string }
  /** Nothing that a script needs: the line stays as a comment. */
  | { readonly kind: 'comment' }
  /** Not translated: the line stays as a comment, and the sentence is reported. */
  | { readonly kind: 'problem'; readonly message: string };

/** What the translation of a magic may ask. */
export interface IMagicContext {
  /** Name of the object that holds the script's own functions, such as `_nb`. */
  readonly nb: string;
  /** Translates a piece of a cell. `show` false: its last expression was not shown. */
  readonly body: (source: string, show: boolean) => string;
}

export const comment: Translation = { kind: 'comment' };

export function expression(python: string, value = false): Translation {
  return { kind: 'expression', python, value };
}

export function statements(python: string): Translation {
  return { kind: 'statements', python };
}

export function problem(message: string): Translation {
  return { kind: 'problem', message };
}

/** An argument of a magic as Python: IPython puts the values of `{name}` and `$name` into it. */
export function argument(text: string, { nb }: IMagicContext): string {
  return /[{$]/.test(text) ? `${nb}.expand(${quoted(text)})` : quoted(text);
}

/** Splits `-n 10 -o rest` into options and the rest. `valued` names the options that take a value. */
export function options(
  text: string,
  valued: string
): { readonly flags: ReadonlyMap<string, string>; readonly rest: string } {
  const flags = new Map<string, string>();
  let rest = text.trim();
  for (;;) {
    const option = /^-([A-Za-z])(?![\w-])\s*|^-([A-Za-z])(\d+)(?:\s+|$)/.exec(rest);
    if (!option) {
      return { flags, rest };
    }
    rest = rest.slice(option[0].length);
    const name = option[1] ?? option[2];
    if (option[3] !== undefined) {
      flags.set(name, option[3]);
    } else if (valued.includes(name)) {
      const value = /^\S*/.exec(rest)?.[0] ?? '';
      flags.set(name, value);
      rest = rest.slice(value.length).trimStart();
    } else {
      flags.set(name, '');
    }
  }
}
