/**
 * Cell magics: `%%name line` with the rest of the cell as their body.
 */

import { indented, quotedBlock } from './quote.js';
import { timeit } from './linemagics.js';
import {
  argument,
  comment,
  expression,
  options,
  problem,
  statements,
  type IMagicContext,
  type Translation
} from './translation.js';

type CellMagic = (line: string, body: string, context: IMagicContext) => Translation;

/** What is only shown in a browser, or only looks at the cell. */
const withoutEffect = [
  'html',
  'HTML',
  'javascript',
  'js',
  'latex',
  'markdown',
  'svg',
  'SVG',
  'mypy',
  'pycodestyle'
];

/** Programs that get the body as their input. */
const programs = ['bash', 'cmd', 'perl', 'pypy', 'python', 'python2', 'python3', 'ruby', 'sh'];

const table = new Map<string, CellMagic>([
  ...withoutEffect.map(name => [name, () => comment] as [string, CellMagic]),
  ...programs.map(
    name =>
      [name, (line, body, context) => script(`${name} ${line}`.trim(), body, context)] as [
        string,
        CellMagic
      ]
  ),
  ['script', script],
  ['time', (_, body, context) => wrapped(`with ${context.nb}.timed():`, context.body(body, true))],
  ['timeit', timeit],
  ['prun', (_, body, context) => statements(context.body(body, false))],
  ['capture', capture],
  ['writefile', write],
  ['file', write],
  ['!', output],
  ['sx', output],
  ['system', output]
]);

/** A cell magic, `line` being what follows its name. */
export function cellMagic(
  name: string,
  line: string,
  body: string,
  context: IMagicContext
): Translation {
  return table.get(name)?.(line, body, context) ?? problem(`%%${name}`);
}

/** Code inside a compound statement. A body that is all comments gets a statement. */
export function wrapped(head: string, python: string): Translation {
  return statements(inside(head, python));
}

/** See {@link wrapped}. */
export function inside(head: string, python: string): string {
  const empty = python.split(/[\r\n]+/).every(line => /^\s*(?:#.*)?$/.test(line));
  return `${head}\n${indented(python.replace(/\s+$/, ''))}${empty ? '\n    pass' : ''}`;
}

function capture(line: string, body: string, context: IMagicContext): Translation {
  const words = line.split(/\s+/).filter(Boolean);
  const values = words
    .filter(word => word === '--no-stdout' || word === '--no-stderr')
    .map(word => `${word.slice('--no-'.length)}=False`);
  const name = words.find(word => !word.startsWith('-'));
  const python = context.body(body, false);
  return wrapped(
    `with ${context.nb}.capture(${values.join(', ')})${name ? ` as ${name}` : ''}:`,
    python
  );
}

function script(line: string, body: string, context: IMagicContext): Translation {
  const values: string[] = [];
  const rest = line
    .replace(/\s--(out|err)[ =](\w+)/g, (_, stream: string, name: string) => {
      values.push(`${stream}=${argument(name, context)}`);
      return '';
    })
    .replace(/\s--no-raise-error\b/, () => {
      values.push('check=False');
      return '';
    });
  if (/\s--(?:bg|proc|raise-error)\b/.test(rest)) {
    return problem(`%%${line}`);
  }
  return expression(
    `${context.nb}.script(${[argument(rest.trim(), context), quotedBlock(body), ...values].join(', ')})`
  );
}

function write(line: string, body: string, context: IMagicContext): Translation {
  const { flags, rest } = options(line, '');
  const name = rest.replace(/^--append\s+/, '').replace(/^(['"])(.*)\1$/, '$2');
  const append = flags.has('a') || rest.startsWith('--append') ? ', append=True' : '';
  // IPython ends a cell with a line feed before it looks at it.
  const text = body === '' || body.endsWith('\n') ? body : `${body}\n`;
  return expression(
    `${context.nb}.write(${argument(name, context)}, ${quotedBlock(text)}${append})`
  );
}

function output(line: string, body: string, context: IMagicContext): Translation {
  const text = [line, body].filter(Boolean).join('\n').trim();
  return expression(`${context.nb}.lines(${argument(text, context)})`, true);
}
