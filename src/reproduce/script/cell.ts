/**
 * The source of one cell as Python.
 */

import { cellMagic } from './cellmagics.js';
import { scan, type ISpecialLine } from './lexical.js';
import { call, isLineMagic, lineMagic, lines, shell } from './linemagics.js';
import { commented, indented } from './quote.js';
import { withMagics } from './spelled.js';
import { mentions, showLast } from './syntax.js';
import { comment, type IMagicContext, type Translation } from './translation.js';

/** What the translation of a cell must know of the session. */
export interface ICellContext {
  /** Name of the object that holds the script's own functions. */
  readonly nb: string;
  /** Names the session bound or read: a magic of that name needs its `%`. */
  readonly known?: ReadonlySet<string>;
  /** The call that shows the value of an expression. */
  readonly show?: ((value: string) => string) | undefined;
}

/** A translated cell. */
export interface ICellPython {
  readonly python: string;
  /** What was not translated: the magic as it was written, such as `%sql`. */
  readonly untranslated: ReadonlyArray<string>;
}

/** Translates the source of a cell as it was executed. */
export function translateCell(source: string, context: ICellContext): ICellPython {
  const found: IFound = { untranslated: [], silent: new Set() };
  const python = translate(source, context, found, true);
  return { python, untranslated: found.untranslated };
}

/** What is noted while a cell is translated. */
interface IFound {
  readonly untranslated: string[];
  /** Calls without a value to show. */
  readonly silent: Set<string>;
}

function translate(source: string, context: ICellContext, found: IFound, show: boolean): string {
  const text = withMagics(cleaned(source));
  const magics: IMagicContext = {
    nb: context.nb,
    body: (body, shown) => translate(body, context, found, shown)
  };
  const python = cellMagicOf(text, magics, found);
  const whole = python ?? replaceSpecials(withAutomagic(text, context), magics, found);
  const shown = context.show ?? (value => `${context.nb}.show(${value})`);
  return show ? showLast(whole, value => (found.silent.has(value) ? value : shown(value))) : whole;
}

/** What IPython removes before it looks at a cell: empty lines and an indent in front, and prompts. */
function cleaned(source: string): string {
  let text = source.replace(/^(?:[^\S\r\n]*(?:\r\n|\r|\n))+/, '');
  const indent = /^[ \t]+/.exec(text)?.[0];
  if (indent) {
    text = text.replace(new RegExp(`^${indent}`, 'gm'), '');
  }
  if (/^>>>(?: |$)/m.test(text) && /^>>>/.test(text)) {
    return text.replace(/^(?:>>>|\.\.\.)(?: |$)/gm, '');
  }
  if (/^In \[\d+\]: /.test(text)) {
    return text.replace(/^(?:In \[\d+\]: |\s*\.{3,}: ?)/gm, '');
  }
  return text;
}

function cellMagicOf(text: string, context: IMagicContext, found: IFound): string | undefined {
  const first = /^%%([^\r\n]*)(?:\r\n|\r|\n|$)/.exec(text);
  if (!first || /^\w+\?/.test(first[1])) {
    return undefined;
  }
  const [, name = '', line = ''] = /^(\S*) ?(.*)$/.exec(first[1].trimEnd()) ?? [];
  const body = text.slice(first[0].length);
  const magic = cellMagic(name, line.trim(), body, context);
  if (magic.kind === 'expression' || magic.kind === 'statements') {
    note(magic, found);
    return magic.python;
  }
  if (magic.kind === 'problem') {
    found.untranslated.push(magic.message);
  }
  return commented(text.trimEnd());
}

/** A cell of one line may leave the `%` out: `cd data`, `pip install x`. */
function withAutomagic(text: string, { known }: ICellContext): string {
  const line = text.trim();
  const word = /^([a-z_]+)(?:\s+[^\s=,].*)?$/.exec(line)?.[1];
  return word && !known?.has(word) && isLineMagic(word) && !/[\r\n]/.test(line) ? `%${line}` : text;
}

function replaceSpecials(text: string, context: IMagicContext, found: IFound): string {
  let result = '';
  let at = 0;
  for (const line of scan(text).specials) {
    result += text.slice(at, line.start) + replaced(line, text, context, found);
    at = line.end;
  }
  return result + text.slice(at);
}

function replaced(line: ISpecialLine, text: string, context: IMagicContext, found: IFound): string {
  const magic = translation(line, context);
  note(magic, found);
  if (magic.kind === 'expression') {
    return `${line.indent}${line.target}${magic.python}`;
  }
  if (magic.kind === 'statements' && line.target === '') {
    return shifted(magic.python, line.indent);
  }
  found.untranslated.push(...(magic.kind === 'problem' ? [magic.message] : []));
  const was = text.slice(line.start + line.indent.length, line.end);
  if (line.target !== '') {
    if (magic.kind === 'comment') {
      found.untranslated.push(was.slice(line.target.length));
    }
    return `${line.indent}${line.target}None  ${commented(was.replace(/\\?\r?\n\s*/g, ' '))}`;
  }
  // A block of comments alone is no block.
  const statement = line.indent === '' ? '' : `${line.indent}pass\n`;
  return statement + commented(was).replace(/^/gm, line.indent);
}

function note(magic: Translation, { silent }: IFound): void {
  if (magic.kind === 'expression' && !magic.value) {
    silent.add(magic.python);
  }
}

function translation(line: ISpecialLine, context: IMagicContext): Translation {
  switch (line.escape) {
    case '?':
      return comment;
    case '%':
      return lineMagic(line.text, context);
    case '!!':
      return lines(line.text, context);
    case '!':
      return line.target === '' ? shell(line.text, context) : lines(line.text, context);
    default:
      return call(line.escape, line.text);
  }
}

/** Moves code under an indent of its own. */
function shifted(python: string, indent: string): string {
  if (indent === '') {
    return python;
  }
  return indented(python)
    .replace(/^ {4}/, indent)
    .replace(/\n {4}/g, `\n${indent}`);
}

/** Every name that a cell mentions, its magics translated. */
export function namesOf(source: string, nb: string): ReturnType<typeof mentions> {
  return mentions(translateCell(source, { nb }).python);
}
