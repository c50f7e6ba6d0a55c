/**
 * Magics that are spelled as the calls that IPython makes of them, as converted notebooks have them:
 * `get_ipython().run_line_magic('matplotlib', 'inline')`.
 */

import type { SyntaxNodeRef } from '@lezer/common';
import { parser } from '@lezer/python';

const text = String.raw`[uUrR]?'(?:[^'\\\r\n]|\\.)*'|[uUrR]?"(?:[^"\\\r\n]|\\.)*"`;

const spelled = new RegExp(
  String.raw`^(\w+\s*=\s*)?get_ipython\(\)\.(\w+)\(\s*((?:${text})(?:\s*,\s*(?:${text}))*)\s*,?\s*\)$`
);

/** A cell with such calls as the magics that they are. Whatever is not quite of this form stays. */
export function withMagics(cell: string): string {
  if (!cell.includes('get_ipython()')) {
    return cell;
  }
  let result = '';
  let at = 0;
  parser.parse(cell).iterate({
    enter: node => {
      if (node.name === 'ExpressionStatement' || node.name === 'AssignStatement') {
        const magic = standsAlone(node, cell) ? magicOf(cell, node) : undefined;
        if (magic !== undefined) {
          result += cell.slice(at, node.from) + magic;
          at = node.to;
        }
        return false;
      }
      return undefined;
    }
  });
  return result + cell.slice(at);
}

/** Whether nothing else stands on its lines. */
function standsAlone({ from, to }: SyntaxNodeRef, cell: string): boolean {
  return (
    /(?:^|[\r\n])[ \t]*$/.test(cell.slice(0, from)) && /^[ \t]*(?:$|[\r\n])/.test(cell.slice(to))
  );
}

function magicOf(cell: string, { from, to }: SyntaxNodeRef): string | undefined {
  const [, target = '', method, parameters = ''] = spelled.exec(cell.slice(from, to)) ?? [];
  const values = (parameters.match(new RegExp(text, 'g')) ?? []).map(valueOf);
  const [first, second = '', body] = values;
  if (first === undefined || values.includes(undefined)) {
    return undefined;
  }
  if (method === 'run_cell_magic') {
    const isWhole = cell.trim().length === to - from;
    return isWhole && body !== undefined ? `%%${`${first} ${second}`.trim()}\n${body}` : undefined;
  }
  const line = magicLine(method, target !== '', first, second);
  return line === undefined || /[\r\n]/.test(line) ? undefined : target + line;
}

function magicLine(
  method: string | undefined,
  isAssigned: boolean,
  first: string,
  second: string
): string | undefined {
  switch (method) {
    case 'run_line_magic':
      return `%${`${first} ${second}`.trim()}`;
    case 'magic':
      return `%${first.replace(/^%/, '')}`;
    case 'getoutput':
      return isAssigned ? `!${first}` : `!!${first}`;
    case 'system':
      return isAssigned ? undefined : `!${first}`;
    default:
      return undefined;
  }
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  '\\': '\\',
  "'": "'",
  '"': '"'
};

/** The value of a literal; undefined where it has an escape that is seldom seen. */
function valueOf(literal: string): string | undefined {
  const [, prefix = '', inner = ''] = /^([uUrR]?)['"]([^]*)['"]$/.exec(literal) ?? [];
  if (/r/i.test(prefix)) {
    return inner;
  }
  const isKnown = (inner.match(/\\./g) ?? []).every(([, letter = '']) => letter in escapes);
  return isKnown
    ? inner.replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? '')
    : undefined;
}
