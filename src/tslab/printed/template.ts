/** The form of what a call prints: texts, and expressions of which only the names are known. */
import type { INode, ITree } from '../syntax/compiler.js';
import { type Kinds, kindsOf } from '../syntax/scopes.js';
import { nameOf } from './naming.js';
import { spans } from './pieces.js';
import { isPlusMinus } from './spreads.js';
import { type Names, SWEPT } from './judging.js';
import { isGeneral, isName, leads, PART, rowOfText, title } from './whose.js';

/** What an expression may be printed as: a list or an object as a whole, or any text. */
const HOLE = String.raw`(\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|.*?)`;
/** The same of one that is formatted as a number. */
const NUMERIC = String.raw`(\s*[-+]?(?:[\d,]*\.?\d+(?:[eE][-+]?\d+)?|NaN|Infinity)%?\s*)`;
const FORMATS = /^(?:toFixed|toPrecision|toExponential)$/;
const PADS = /^(?:padStart|padEnd)$/;
const MEANS = /^(?:mean|average|avg)$/i;
const SHOWN = /^(?:toFixed|toPrecision|toExponential|padStart|padEnd|toString)$/;
const LETTER = /[A-Za-z]/;

/** Text as it is printed, or an expression. */
export type Part = string | INode;

/** What one call prints. */
export class Template {
  /**
   * @param scope - where the loop or function around the call begins, 0 at the top.
   * @param swept - the names that the loops around it give written numbers, one after another.
   */
  constructor(
    parts: readonly Part[],
    tree: ITree,
    readonly scope = 0,
    swept: ReadonlySet<string> = new Set()
  ) {
    const kinds = kindsOf(tree.ts);
    const holes = parts.filter(part => typeof part !== 'string');
    const means = meansWithSpread(parts, kinds);
    this._names = holes.map((part, place) => {
      const name = nameOf(part, tree);
      // A mean that is shown with its deviation is no point of what it is the mean of.
      return means.has(place) && name !== undefined && !name.endsWith('_mean')
        ? `${name}_mean`
        : name;
    });
    this._kept = kept(parts);
    const first = plainName(holes.at(0), kinds);
    this._swept = swept.has(first) ? first : '';
    const texts = parts.filter(part => typeof part === 'string');
    this.text = texts.reduce((sum, part) => sum + part.trim().length, 0);
    const form = parts.map(part => (typeof part === 'string' ? escaped(part) : hole(part, kinds)));
    this._form = new RegExp(String.raw`^\s*${form.join('')}\s*$`, 'sd');
    this._parts = parts.map(part => (typeof part === 'string' ? part : undefined));
    this.literal = texts.join('').split(/\s+/).filter(Boolean).join(' ');
    this._lead = leading(parts, kinds);
    this._isNamed = holes.length === 1 && this._lead === 1 && isGeneral(this.literal);
    this.isTitle = holes.length === 0 && title(this.literal) !== '';
  }

  /** Whether it prints a heading that is written out. */
  readonly isTitle: boolean;

  /** The texts alone. */
  readonly literal: string;

  /** How many characters of text it has, by which the best of several is chosen. */
  readonly text: number;

  /** The name of the row that the lines after this one are of, empty when the line is no heading. */
  heads(line: string): string {
    const found = this._isNamed || this.isTitle ? this._match(line) : undefined;
    return found === undefined ? '' : this.isTitle ? title(line) : leads(line.slice(...found[1]));
  }

  /** The names of the numbers in a line, undefined when it is not of this form. */
  names(line: string): Names | undefined {
    const places = this._match(line);
    if (places === undefined) {
      return undefined;
    }
    const isLed = this._lead > 0 && this._names.length > 1;
    const lead = isLed ? leads(line.slice(...places[this._lead])) : '';
    return spans(line).map(([start, end], place) => {
      const index = places.findIndex((at, i) => i > 0 && at[0] <= start && end <= at[1]);
      const printed = index > 0 ? line.slice(...places[index]) : '';
      if (index > 0 && index < this._names.length && isRow(printed)) {
        return PART;
      }
      const name = spans(printed).length === 1 ? this._names[index - 1] : undefined;
      const row = name === undefined ? '' : this._row(line, places, index);
      const own = row === '' ? name : `${name}/${row}`;
      if (place === 0 && own !== undefined && own === this._swept) {
        return own + SWEPT;
      }
      return lead === '' || row !== '' ? own : `${own ?? ''}//${lead}`;
    });
  }

  private _match(line: string): ReadonlyArray<[number, number]> | undefined {
    return this._mayBe(line.trim()) ? this._form.exec(line)?.indices : undefined;
  }

  /** The text that an expression before a number gave, as the name of one of several models. */
  private _row(line: string, places: ReadonlyArray<[number, number]>, index: number): string {
    for (let before = index - 1; before > 0 && this._kept.has(before + 1); before--) {
      const text = line.slice(...places[before]);
      if (LETTER.test(text)) {
        return rowOfText(text);
      }
    }
    return '';
  }

  /** Whether all texts are there in their order: else the pattern would try all ways to part a line. */
  private _mayBe(line: string): boolean {
    let at = 0;
    for (const [index, text] of this._parts.entries()) {
      if (text !== undefined) {
        const isLast = index === this._parts.length - 1;
        const found = isLast ? line.length - text.length : line.indexOf(text, at);
        if (found < at || (index === 0 && found > 0) || (isLast && !line.endsWith(text))) {
          return false;
        }
        at = found + text.length;
      }
    }
    return true;
  }

  private readonly _form: RegExp;
  private readonly _isNamed: boolean;
  private readonly _kept: ReadonlySet<number>;
  /** The place of an expression that the line begins with, 0 for none. */
  private readonly _lead: number;
  private readonly _parts: ReadonlyArray<string | undefined>;
  private readonly _names: ReadonlyArray<string | undefined>;
  /** The expression that it begins with, where a loop tries values under that name. */
  private readonly _swept: string;
}

/** The name that an expression is, formatted or not: `k`, `rate.toFixed(2)`; empty where it is none. */
function plainName(node: INode | undefined, kinds: Kinds): string {
  const called = kinds.is(node, 'CallExpression') ? node.expression : undefined;
  if (kinds.is(called, 'PropertyAccessExpression')) {
    return SHOWN.test(called.name?.text ?? '') ? plainName(called.expression, kinds) : '';
  }
  return kinds.is(node, 'Identifier') ? (node.text ?? '') : '';
}

function isRow(text: string): boolean {
  return rowOfText(text) !== '' && leads(text) !== '';
}

/** The places of the expressions that are means, after which their deviation is printed. */
function meansWithSpread(parts: readonly Part[], kinds: Kinds): Set<number> {
  const found = new Set<number>();
  let place = 0;
  for (const [index, part] of parts.entries()) {
    if (typeof part !== 'string') {
      const following = parts[index + 1];
      if (typeof following === 'string' && isPlusMinus(following) && isMean(part, kinds)) {
        found.add(place);
      }
      place += 1;
    }
  }
  return found;
}

/** Whether an expression is the mean of something: `mean(scores).toFixed(3)`, `d3.mean(scores)`. */
function isMean(node: INode | undefined, kinds: Kinds): boolean {
  const called = kinds.is(node, 'CallExpression') ? node.expression : undefined;
  const isMethod = kinds.is(called, 'PropertyAccessExpression');
  const name = (isMethod ? called.name?.text : called?.text) ?? '';
  if (MEANS.test(name)) {
    return (
      kinds.is(node?.arguments?.at(0), 'Identifier') || isMember(node?.arguments?.at(0), kinds)
    );
  }
  return isMethod && SHOWN.test(name) && isMean(called.expression, kinds);
}

function isMember(node: INode | undefined, kinds: Kinds): boolean {
  return kinds.is(node, 'PropertyAccessExpression') || kinds.is(node, 'ElementAccessExpression');
}

/** The place of an expression that names a model, before which no word is printed; 0 for none. */
function leading(parts: readonly Part[], kinds: Kinds): number {
  for (const part of parts) {
    if (typeof part !== 'string') {
      return isName(part, kinds) && hole(part, kinds) === HOLE ? 1 : 0;
    }
    if (LETTER.test(part)) {
      return 0;
    }
  }
  return 0;
}

/** The places, from 1, of the expressions between which and the one before no word is printed. */
function kept(parts: readonly Part[]): Set<number> {
  const found = new Set<number>();
  let place = 0;
  let isPlain = true;
  for (const part of parts) {
    if (typeof part === 'string') {
      isPlain &&= !LETTER.test(part);
    } else {
      place += 1;
      if (isPlain) {
        found.add(place);
      }
      isPlain = true;
    }
  }
  return found;
}

/** Whether an expression is a text by what is called: `name.padEnd(12)`, `loss.toFixed(3)`. */
export function isMadeText(node: INode, kinds: Kinds): boolean {
  const called = kinds.is(node, 'CallExpression') ? node.expression : undefined;
  const name = kinds.is(called, 'PropertyAccessExpression') ? (called.name?.text ?? '') : '';
  return FORMATS.test(name) || PADS.test(name);
}

/** What an expression may be printed as; one that is formatted as a number is a number. */
function hole(node: INode, kinds: Kinds): string {
  const called = kinds.is(node, 'CallExpression') ? node.expression : undefined;
  if (!kinds.is(called, 'PropertyAccessExpression')) {
    return HOLE;
  }
  const name = called.name?.text ?? '';
  if (PADS.test(name) && called.expression !== undefined) {
    return hole(called.expression, kinds);
  }
  return FORMATS.test(name) ? NUMERIC : HOLE;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
