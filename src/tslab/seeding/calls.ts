/**
 * Which seeds a cell sets, read from its code, with the values that its names have afterwards.
 *
 * #### Notes
 * No function of a library is wrapped: it keeps its identity, and nothing is loaded for it.
 */
import { dataProperty } from '../looking.js';
import type { INode, ITree } from '../syntax/compiler.js';
import type { Reading } from '../syntax/reading.js';
import { type Kinds, kindsOf } from '../syntax/scopes.js';
import { Callees, type Scope } from './callees.js';
import { libraryOf, OPTIONS, seederOf, WORDS } from './known.js';

const DEEPEST = 4;

/** A seed that a cell says it sets; undefined: the library is to find one by itself. */
export interface ISeedCall {
  readonly library: string;
  readonly value: Seed | readonly Seed[] | undefined;
}

type Seed = string | number;

/** Some code, and what its names stand for. */
interface ICode {
  readonly tree: ITree;
  readonly scope: Scope;
}

interface IFunction extends ICode {
  readonly node: INode;
}

type Values = ReadonlyMap<string, unknown>;

/** Reads the cells of one notebook. It remembers the functions and classes that set seeds. */
export class SeedCalls {
  /**
   * The seeds that a cell sets at its own level, or through functions and classes of the notebook.
   *
   * @param values - of the names, as the cell left them.
   */
  of(reading: Reading, values: Values): ISeedCall[] {
    const { code, cell, tree } = reading;
    if (cell === undefined || tree === undefined) {
      return [];
    }
    const scope = this._callees.begin(tree, cell);
    const mayBe =
      WORDS.test(code) ||
      this._callees.mayBeIn(code) ||
      [...this._functions.keys()].some(name => code.includes(name));
    if (!mayBe) {
      return [];
    }
    this._define(tree, scope);
    const found: ISeedCall[] = [];
    for (const statement of tree.file.statements ?? []) {
      new CallReader({ tree, scope }, this._functions, values, found).read(statement, 0);
    }
    const seen = new Set<string>();
    return found.filter(one => {
      const key = JSON.stringify([one.library, one.value]);
      return !seen.has(key) && seen.add(key);
    });
  }

  private _define(tree: ITree, scope: Scope): void {
    const define = (name: string | undefined, node: INode | undefined): void => {
      if (name !== undefined && node?.body !== undefined) {
        this._functions.set(name, { tree, scope, node });
      }
    };
    const kinds = kindsOf(tree.ts);
    for (const statement of tree.file.statements ?? []) {
      if (kinds.is(statement, 'FunctionDeclaration')) {
        define(statement.name?.text, statement);
      } else if (kinds.is(statement, 'ClassDeclaration')) {
        const made = statement.members?.find(member => kinds.is(member, 'Constructor'));
        define(statement.name?.text, made);
      }
      for (const { name, initializer } of statement.declarationList?.declarations ?? []) {
        define(name?.text, initializer && kinds.isFunction(initializer) ? initializer : undefined);
      }
    }
  }

  private readonly _callees = new Callees();
  private readonly _functions = new Map<string, IFunction>();
}

class CallReader {
  constructor(
    private readonly _code: ICode,
    private readonly _functions: ReadonlyMap<string, IFunction>,
    private readonly _values: Values,
    private readonly _found: ISeedCall[],
    private readonly _bound: Values = new Map()
  ) {
    this._kinds = kindsOf(_code.tree.ts);
  }

  /** The calls that executing `node` makes; what is in functions is not executed with it. */
  read(node: INode, depth: number): void {
    const kinds = this._kinds;
    if (kinds.isFunction(node) && depth === 0) {
      return;
    }
    this._code.tree.ts.forEachChild(node, child => {
      if (!kinds.isFunction(child)) {
        this.read(child, depth);
      }
    });
    if (kinds.is(node, 'CallExpression') || kinds.is(node, 'NewExpression')) {
      this._call(node);
      const name = this._nameOf(node.expression);
      const inner = this._functions.get(name ?? '');
      if (inner?.node.body !== undefined && depth < DEEPEST) {
        const bound = this._boundIn(inner.node, node.arguments ?? []);
        const { _functions, _values, _found } = this;
        const reader = new CallReader(inner, _functions, _values, _found, bound);
        reader.read(inner.node.body, depth + 1);
      }
    }
  }

  private _call({ expression, arguments: given = [] }: INode): void {
    const path = this._code.scope.root(expression);
    if (path === undefined) {
      return;
    }
    const seeder = seederOf(path.module, path.members);
    if (seeder !== undefined) {
      const { library, at, isRest, isDrawn } = seeder;
      const isSeveral = isRest && given.length > at + 1;
      const value = isSeveral ? this._seedsOf(given.slice(at)) : this._seedOf(given.at(at));
      if (value !== undefined || (at === 0 && given.length === 0 && !isDrawn)) {
        this._found.push({ library, value });
      }
    }
    const library = libraryOf(path.module);
    for (const property of given.flatMap(({ properties = [] }) => properties)) {
      const name = property.name?.text ?? '';
      const value = OPTIONS.has(name)
        ? this._valueOf(property.initializer ?? property.name)
        : undefined;
      if (library !== undefined && isSeed(value)) {
        this._found.push({ library, value });
      }
    }
  }

  /** The values of a function's parameters in one call, as far as they can be known. */
  private _boundIn(inner: INode, given: readonly INode[]): Values {
    const bound = new Map<string, unknown>();
    for (const [index, { name, initializer }] of (inner.parameters ?? []).entries()) {
      if (name?.text !== undefined) {
        const value = this._valueOf(given.at(index));
        bound.set(name.text, value ?? this._valueOf(initializer));
      }
    }
    return bound;
  }

  /** A seed, which may be a list in which each is one. */
  private _seedOf(node: INode | undefined): ISeedCall['value'] {
    if (this._kinds.is(node, 'ArrayLiteralExpression')) {
      return this._seedsOf(node.elements ?? []);
    }
    const value = this._valueOf(node);
    return isSeed(value) ? value : undefined;
  }

  private _seedsOf(nodes: readonly INode[]): readonly Seed[] | undefined {
    const values = nodes.map(node => this._valueOf(node));
    return values.length > 0 && values.every(isSeed) ? values : undefined;
  }

  /** A plain value, without running anything of the notebook's; undefined where that is not possible. */
  private _valueOf(node: INode | undefined): unknown {
    const kinds = this._kinds;
    if (node === undefined) {
      return undefined;
    }
    if (kinds.is(node, 'NumericLiteral')) {
      return Number(node.text);
    }
    if (kinds.is(node, 'StringLiteral') || kinds.is(node, 'NoSubstitutionTemplateLiteral')) {
      return node.text;
    }
    if (kinds.is(node, 'PrefixUnaryExpression')) {
      const value = this._valueOf(node.operand);
      const isMinus = node.operator === kinds.number('MinusToken');
      return isMinus && typeof value === 'number' ? -value : undefined;
    }
    if (kinds.is(node, 'TemplateExpression')) {
      const spans = (node.templateSpans ?? []).map(({ expression, literal }) => {
        const value = this._valueOf(expression);
        return isSeed(value) ? `${value}${literal?.text ?? ''}` : undefined;
      });
      return spans.includes(undefined) ? undefined : `${node.head?.text ?? ''}${spans.join('')}`;
    }
    if (kinds.is(node, 'CallExpression')) {
      return this._asText(node);
    }
    const name = this._nameOf(node);
    if (name !== undefined) {
      return this._bound.has(name) ? this._bound.get(name) : this._values.get(name);
    }
    return kinds.is(node, 'PropertyAccessExpression')
      ? dataProperty(this._valueOf(node.expression), node.name?.text ?? '')
      : undefined;
  }

  /** `String(seed)` and `seed.toString()`. */
  private _asText({ expression, arguments: given = [] }: INode): string | undefined {
    const isText = expression?.name?.text === 'toString' && given.length === 0;
    const isMade = expression?.text === 'String';
    const value = isText
      ? this._valueOf(expression.expression)
      : isMade
        ? this._valueOf(given.at(0))
        : undefined;
    return isSeed(value) ? String(value) : undefined;
  }

  /** The name in `seed` and in `exports.seed`. */
  private _nameOf(node: INode | undefined): string | undefined {
    const kinds = this._kinds;
    if (kinds.is(node, 'ParenthesizedExpression')) {
      const inner = node.expression;
      return this._nameOf(kinds.is(inner, 'BinaryExpression') ? inner.right : inner);
    }
    if (kinds.is(node, 'PropertyAccessExpression')) {
      return node.expression?.text === 'exports' ? node.name?.text : undefined;
    }
    return kinds.is(node, 'Identifier') ? node.text : undefined;
  }

  private readonly _kinds: Kinds;
}

function isSeed(value: unknown): value is Seed {
  return typeof value === 'string' || typeof value === 'number';
}
