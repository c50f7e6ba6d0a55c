/** The calls that print, in the code of cells: which name belongs to which number of what they print. */
import type { INode, ITree } from '../syntax/compiler.js';
import type { Reading } from '../syntax/reading.js';
import { type Kinds, kindsOf } from '../syntax/scopes.js';
import { split } from './pieces.js';
import type { Names } from './judging.js';
import { numberLists, sweptBy } from './swept.js';
import { isMadeText, type Part, Template } from './template.js';
import { PART } from './whose.js';

const METHODS = /^(?:log|info|debug|warn|error|write)$/;
const OBJECTS = /^(?:console|stdout|stderr|logger|log)$/;
const FUNCTIONS = /^(?:print|log|printf)$/;
const FORMAT = /%[sdifjoOc%]/g;
const MOST_TEMPLATES = 200;
const MOST_FORMS = 200;
const MOST_UNREAD = 100;
const MAY_DEFINE = /\bfunction\b|=>|\bclass\b|= \[/;

/** Names for the numbers of a line, where a call is known that prints such a line. */
export type NamesOf = (line: string) => Names;

/** The calls that print, in all cells of a session. */
export class Calls {
  /** Another cell prints. It is read when there is a line to understand. */
  begin(reading: Reading | undefined): NamesOf {
    if (reading === undefined) {
      return () => [];
    }
    if (MAY_DEFINE.test(reading.code)) {
      this._unread.push(reading);
      this._unread.splice(0, this._unread.length - MOST_UNREAD);
    }
    let calls: CellCalls | undefined;
    return line => {
      calls ??= new CellCalls(reading.tree, this._defined(), this._lists);
      return calls.names(line);
    };
  }

  /** What functions print, those of the latest cells first. */
  private _defined(): readonly Template[] {
    const unread = this._unread.splice(0);
    unread.flatMap(({ code }) => numberLists(code)).forEach(name => this._lists.add(name));
    for (const { tree } of unread) {
      if (tree !== undefined) {
        const kinds = kindsOf(tree.ts);
        const defined = (tree.file.statements ?? []).filter(one => isDefinition(one, kinds));
        const found = defined.flatMap(one => templates(one, tree, this._lists));
        this._functions = [...found, ...this._functions].slice(0, MOST_TEMPLATES);
      }
    }
    return this._functions;
  }

  private _functions: readonly Template[] = [];
  /** Names that stand for lists of written numbers. */
  private readonly _lists = new Set<string>();
  private readonly _unread: Reading[] = [];
}

type Found = ReadonlyArray<readonly [place: number, names: Names, template: Template]>;
const LONGEST_HEADING = 100;

/** The calls that print while one cell runs. */
class CellCalls {
  constructor(
    tree: ITree | undefined,
    private readonly _functions: readonly Template[],
    lists: ReadonlySet<string>
  ) {
    this._own = (tree?.file.statements ?? []).flatMap(one => templates(one, tree!, lists));
  }

  /** Of several calls it is the one with the most text, then the next after the one that printed before. */
  names(line: string): Names {
    const [texts, numbers] = split(line);
    if (numbers.length === 0) {
      if (line.length <= LONGEST_HEADING && line.trim() !== '') {
        this._head(line);
      }
      return [];
    }
    const form = texts.join('\0');
    let found = this._byForm.get(form);
    if (found === undefined) {
      if (this._byForm.size > MOST_FORMS) {
        this._byForm.clear();
      }
      this._byForm.set(form, (found = this._search(line)));
    }
    const one = found.find(([at]) => at > this._last) ?? found.at(0);
    if (one === undefined) {
      this._last = -1;
      return [];
    }
    const [place, names, template] = one;
    this._last = place;
    const row = this._headed(template);
    return row === ''
      ? names
      : names.map(name => (name === PART || name?.includes('/') ? name : `${name ?? ''}//${row}`));
  }

  /** Notes the row that a line is the heading of. */
  private _head(line: string): void {
    for (const template of [...this._own, ...this._functions]) {
      const row = template.heads(line);
      if (row !== '') {
        this._heading = { row, template };
        return;
      }
    }
  }

  /**
   * The row that a line of this form is of, by the heading above it: they stand in one loop or function, or the
   * cell has several headings with the same lines under each.
   */
  private _headed({ scope, literal }: Template): string {
    if (this._heading === undefined || this._heading.template.scope !== scope) {
      return '';
    }
    const { row, template } = this._heading;
    if (scope > 0 || !template.isTitle) {
      return scope > 0 ? row : '';
    }
    const own = this._own.filter(one => one.scope === 0);
    const isAgain = own.filter(one => one.literal === literal).length > 1;
    return isAgain && own.filter(one => one.isTitle).length > 1 ? row : '';
  }

  private _search(line: string): Found {
    for (const [all, isOwn] of [
      [this._own, true],
      [this._functions, false]
    ] as const) {
      let best: Array<readonly [number, Names, Template]> = [];
      let text = -1;
      for (const [index, template] of all.entries()) {
        const names = template.text >= text ? template.names(line) : undefined;
        if (names !== undefined) {
          if (template.text > text) {
            best = [];
            text = template.text;
          }
          best.push([isOwn ? index : -1, names, template]);
        }
      }
      if (best.length > 0) {
        return best;
      }
    }
    return [];
  }

  private readonly _byForm = new Map<string, Found>();
  /** The name of a row that was printed as a heading, and the call that did. */
  private _heading: { readonly row: string; readonly template: Template } | undefined;
  private _last = -1;
  private readonly _own: readonly Template[];
}

/** Functions and classes, whichever way they are bound to their names. */
function isDefinition(statement: INode, kinds: Kinds): boolean {
  const made = statement.declarationList?.declarations ?? [];
  return (
    kinds.is(statement, 'FunctionDeclaration') ||
    kinds.is(statement, 'ClassDeclaration') ||
    made.some(({ initializer }) => kinds.isMade(initializer))
  );
}

/** The calls that print in a statement, in the order in which they stand. */
function templates(statement: INode, tree: ITree, lists: ReadonlySet<string>): Template[] {
  const kinds = kindsOf(tree.ts);
  const found: Array<readonly [at: number, template: Template]> = [];
  const visit = (node: INode, scope: number, swept: ReadonlySet<string>): void => {
    if (kinds.is(node, 'CallExpression') && isPrinting(node.expression, kinds)) {
      const parts = partsOf(node.arguments ?? [], kinds);
      if (parts.length > 0) {
        found.push([node.pos, new Template(parts, tree, scope, swept)]);
      }
    }
    const within = kinds.isLoop(node) || kinds.isFunction(node) ? node.pos + 1 : scope;
    const tried = sweptBy(node, lists, kinds);
    const all = tried === undefined ? swept : new Set([...swept, tried]);
    tree.ts.forEachChild(node, child => visit(child, within, all));
  };
  visit(statement, 0, new Set());
  return found.sort(([one], [other]) => one - other).map(([, template]) => template);
}

function isPrinting(called: INode | undefined, kinds: Kinds): boolean {
  if (!kinds.is(called, 'PropertyAccessExpression')) {
    return FUNCTIONS.test(called?.text ?? '');
  }
  const of = called.expression;
  const object = kinds.is(of, 'PropertyAccessExpression') ? of.name?.text : of?.text;
  const name = called.name?.text ?? '';
  return object === 'exports'
    ? FUNCTIONS.test(name)
    : METHODS.test(name) && OBJECTS.test(object ?? '');
}

/** What the arguments of `console.log` make: its first may have places for the others. */
function partsOf(values: readonly INode[], kinds: Kinds): Part[] {
  const rest = values.map(value => partsOfOne(value, kinds));
  const format = values.length > 1 ? rest[0] : [];
  const parts: Part[] = [];
  if (format.length === 1 && typeof format[0] === 'string' && format[0].match(FORMAT)) {
    parts.push(...filled(format[0], rest));
  }
  for (const more of rest) {
    parts.push(...(parts.length > 0 ? [' '] : []), ...more);
  }
  // A call that prints several lines is left to the text.
  return parts.map((part, index) => {
    const text = typeof part === 'string' && index === 0 ? part.trimStart() : part;
    return typeof text === 'string' && index === parts.length - 1 ? text.trimEnd() : text;
  });
}

/** A text whose places are filled with what `rest` begins with, which is taken away. */
function filled(text: string, rest: Part[][]): Part[] {
  rest.shift();
  const parts: Part[] = [];
  let end = 0;
  for (const { 0: place, index } of text.matchAll(FORMAT)) {
    if (place !== '%%' && rest.length === 0) {
      break;
    }
    const value = place === '%%' ? ['%'] : (rest.shift() ?? []);
    parts.push(text.slice(end, index), ...(place === '%c' ? [] : value));
    end = index + place.length;
  }
  return [...parts, text.slice(end)];
}

function partsOfOne(value: INode, kinds: Kinds): Part[] {
  const isText =
    kinds.is(value, 'StringLiteral') ||
    kinds.is(value, 'NumericLiteral') ||
    kinds.is(value, 'NoSubstitutionTemplateLiteral');
  if (isText) {
    return [value.text ?? ''];
  }
  if (kinds.is(value, 'TemplateExpression')) {
    const spansOf = (value.templateSpans ?? []).flatMap(({ expression, literal }): Part[] => [
      ...(expression === undefined ? [] : [expression]),
      literal?.text ?? ''
    ]);
    return [value.head?.text ?? '', ...spansOf];
  }
  if (kinds.is(value, 'BinaryExpression') && kinds.is(value.operatorToken, 'PlusToken')) {
    const sides = [value.left, value.right].flatMap(side => side && partsOfOne(side, kinds));
    if (sides.some(side => typeof side === 'string' || (side && isMadeText(side, kinds)))) {
      return sides.filter(side => side !== undefined);
    }
  }
  return [value];
}
