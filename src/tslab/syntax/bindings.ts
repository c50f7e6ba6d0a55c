/** Which names a cell binds, and how: a number that is merely written there is no result. */
import type { INode, ITree } from './compiler.js';
import { areDifferences } from './differences.js';
import { type Kinds, kindsOf } from './scopes.js';

/** The names that a cell binds. */
export interface IBindings {
  readonly all: ReadonlySet<string>;
  /** Those bound to what it computed, in its own lines. */
  readonly computed: ReadonlySet<string>;
  /** Those bound to what it computed, in loops only. */
  readonly inLoops: ReadonlySet<string>;
  /** Those of classes that it defines. */
  readonly classes: ReadonlySet<string>;
  /** Those bound to lists with the difference of each sample. */
  readonly differences: ReadonlySet<string>;
}

/** Reads the JavaScript of a cell. Functions and classes have names of their own and are passed over. */
export function readBindings(tree: ITree): IBindings {
  const reader = new BindingReader(tree);
  reader.read(tree.file, false);
  const inLoops = [...reader.inLoops].filter(name => !reader.computed.has(name));
  const { all, classes, computed, differences } = reader;
  return { all, classes, computed, inLoops: new Set(inLoops), differences };
}

class BindingReader {
  constructor(private readonly _tree: ITree) {
    this._kinds = kindsOf(_tree.ts);
  }

  readonly all = new Set<string>();
  readonly computed = new Set<string>();
  readonly classes = new Set<string>();
  readonly differences = new Set<string>();
  readonly inLoops = new Set<string>();

  read(node: INode, isLooped: boolean): void {
    const kinds = this._kinds;
    if (kinds.isFunction(node) || kinds.isClass(node)) {
      if (kinds.is(node, 'ClassDeclaration')) {
        this.classes.add(node.name?.text ?? '');
      }
      return;
    }
    if (kinds.is(node, 'VariableDeclaration')) {
      this._bind(node.name, node.initializer, isLooped);
    } else if (kinds.is(node, 'BinaryExpression')) {
      this._assignment(node, isLooped);
    } else if (
      kinds.is(node, 'PostfixUnaryExpression') ||
      kinds.is(node, 'PrefixUnaryExpression')
    ) {
      this._take(this._nameOf(node.operand), true, isLooped);
    }
    const isLoop = isLooped || kinds.isLoop(node);
    this._tree.ts.forEachChild(node, child => this.read(child, isLoop));
  }

  private _assignment(node: INode, isLooped: boolean): void {
    const operator = node.operatorToken?.kind ?? -1;
    const isPlain = operator === this._kinds.number('EqualsToken');
    if (
      operator < this._kinds.number('FirstAssignment') ||
      operator > this._kinds.number('LastAssignment')
    ) {
      return;
    }
    const name = this._nameOf(node.left);
    let value = node.right;
    while (
      this._kinds.is(value, 'BinaryExpression') &&
      this._kinds.is(value.operatorToken, 'EqualsToken')
    ) {
      value = value.right;
    }
    // `exports.n = n` only makes a name known, and `exports.a = exports.b = void 0` that there will be one.
    const isMade = !this._kinds.is(value, 'VoidExpression') && this._nameOf(value) !== name;
    if (isMade && name === undefined) {
      this._bind(node.left, value, isLooped);
    } else if (isMade) {
      this._note(name, value);
      this._take(name, !isPlain || !this._isConstant(value), isLooped);
    }
  }

  private _bind(target: INode | undefined, value: INode | undefined, isLooped: boolean): void {
    const isComputed = value !== undefined && !this._isConstant(value);
    this._note(this._nameOf(target), value);
    for (const name of this._kinds.names(target, new Set())) {
      this._take(name, isComputed, isLooped);
    }
  }

  private _note(name: string | undefined, value: INode | undefined): void {
    if (name !== undefined && areDifferences(value, this._kinds)) {
      this.differences.add(name);
    } else if (name !== undefined && this._kinds.is(value, 'ClassExpression')) {
      this.classes.add(name);
    }
  }

  private _take(name: string | undefined, isComputed: boolean, isLooped: boolean): void {
    if (name !== undefined) {
      this.all.add(name);
      if (isComputed) {
        (isLooped ? this.inLoops : this.computed).add(name);
      }
    }
  }

  /** The name in `loss` and in `exports.loss`. */
  private _nameOf(node: INode | undefined): string | undefined {
    if (this._kinds.is(node, 'PropertyAccessExpression')) {
      return node.expression?.text === 'exports' ? node.name?.text : undefined;
    }
    return this._kinds.is(node, 'Identifier') ? node.text : undefined;
  }

  /** Whether an expression is written out: 0, -1, Infinity, 10 ** 9, Number.MAX_VALUE. */
  private _isConstant(node: INode | undefined): boolean {
    const kinds = this._kinds;
    if (node === undefined) {
      return true;
    }
    if (kinds.is(node, 'BinaryExpression')) {
      return this._isConstant(node.left) && this._isConstant(node.right);
    }
    if (kinds.is(node, 'PrefixUnaryExpression')) {
      return this._isConstant(node.operand);
    }
    if (kinds.is(node, 'ParenthesizedExpression')) {
      return this._isConstant(node.expression);
    }
    if (kinds.is(node, 'PropertyAccessExpression')) {
      return node.expression?.text === 'Number' || node.expression?.text === 'Math';
    }
    return (
      ['NumericLiteral', 'StringLiteral', 'NullKeyword', 'TrueKeyword', 'FalseKeyword'].some(name =>
        kinds.is(node, name)
      ) ||
      (kinds.is(node, 'Identifier') && /^(?:Infinity|NaN|undefined)$/.test(node.text ?? ''))
    );
  }

  private readonly _kinds: Kinds;
}
