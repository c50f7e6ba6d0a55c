/** Which names some code uses, wherever it stands in the JavaScript of a cell. */
import type { INode, ITree } from './compiler.js';
import { type IKnown, type Kinds, kindsOf } from './scopes.js';

/** The names that some code uses. */
export interface IUses {
  /** Names of earlier cells. */
  readonly loads: Set<string>;
  /** Names of the cell itself. */
  readonly locals: Set<string>;
}

/** What tslab keeps the last expression of a cell in. */
export const LAST_EXPRESSION = /^tsLastExpr\d*$/;

/** Ways to reach names that cannot be followed. */
const WAYS_AROUND = new Set(['eval', 'Function', '__tslab__']);

/** Finds the names that are used; what it finds of a cell as a whole it gathers in itself. */
export class UseReader implements IUses {
  constructor(protected readonly tree: ITree) {
    this.kinds = kindsOf(tree.ts);
    this._top = this.kinds.top(tree.file);
  }

  readonly loads = new Set<string>();
  readonly locals = new Set<string>();
  readonly sure = new Set<string>();
  readonly modules = new Set<string>();
  readonly globals = new Set<string>();
  readonly unknown = new Set<string>();
  readonly functions = new Set<string>();

  protected visit(node: INode, uses: IUses): void {
    const kinds = this.kinds;
    if (kinds.is(node, 'Identifier')) {
      this._name(node.text ?? '', uses);
    } else if (kinds.is(node, 'PropertyAccessExpression')) {
      const name = this.exported(node);
      if (name !== undefined) {
        this._load(name, uses);
      } else if (node.expression) {
        this.visit(node.expression, uses);
      }
    } else if (this.isAssignment(node)) {
      this._store(node.left, !this.isPlain(node), uses);
      if (node.right) {
        this.visit(node.right, uses);
      }
    } else if (kinds.is(node, 'CallExpression')) {
      this._call(node, uses);
    } else if (!kinds.is(node, 'BreakStatement') && !kinds.is(node, 'ContinueStatement')) {
      this._scoped(node, uses);
    }
  }

  private _scoped(node: INode, uses: IUses): void {
    const kinds = this.kinds;
    const names = kinds.bindings(node);
    const isFunction = kinds.isFunction(node);
    if (this._functions === 0 && (isFunction || kinds.isClass(node))) {
      this.functions.add(this.tree.text.slice(node.getStart(this.tree.file), node.end));
    }
    if (names !== undefined) {
      this._scopes.push(names);
    }
    this._functions += Number(isFunction);
    this._children(node, uses);
    this._functions -= Number(isFunction);
    if (names !== undefined) {
      this._scopes.pop();
    }
  }

  private _children(node: INode, uses: IUses): void {
    const kinds = this.kinds;
    const { name, propertyName, label } = node;
    const isUse = kinds.is(node, 'ShorthandPropertyAssignment');
    this.tree.ts.forEachChild(node, child => {
      const isName = child === name || child === propertyName || child === label;
      if (!isName || isUse || !kinds.is(child, 'Identifier')) {
        this.visit(child, uses);
      }
    });
  }

  private _call(call: INode, uses: IUses): void {
    const module = this.required(call);
    if (module !== undefined) {
      this.modules.add(module);
      return;
    }
    this._children(call, uses);
  }

  private _store(target: INode | undefined, isCompound: boolean, uses: IUses): void {
    if (target === undefined) {
      return;
    }
    const name =
      this.exported(target) ??
      (this.kinds.is(target, 'Identifier') ? (target.text ?? '') : undefined);
    if (name !== undefined) {
      if (isCompound) {
        this.visit(target, uses);
      }
      return;
    }
    const parts = target.elements ?? target.properties;
    if (parts === undefined) {
      this.visit(target, uses);
      return;
    }
    for (const part of parts) {
      const inner =
        part.initializer ?? part.expression ?? (part.name && !part.left ? part.name : part);
      if (this.isAssignment(inner)) {
        this._store(inner.left, false, uses);
        if (inner.right) {
          this.visit(inner.right, uses);
        }
      } else {
        this._store(inner, false, uses);
      }
    }
  }

  private _name(name: string, uses: IUses): void {
    if (this._scopes.some(scope => scope.has(name))) {
      return;
    }
    if (this.aliases.has(name)) {
      return;
    }
    if (this._top.has(name)) {
      uses.locals.add(name);
    } else if (name === 'exports') {
      this.unknown.add('exports');
    } else {
      this.globals.add(name);
      if (WAYS_AROUND.has(name)) {
        this.unknown.add(name);
      }
    }
  }

  private _load(name: string, uses: IUses): void {
    const isBound = uses === this && this.sure.has(name);
    if (!isBound && !LAST_EXPRESSION.test(name)) {
      uses.loads.add(name);
    }
  }

  protected isAssignment(node: INode | undefined): node is IKnown {
    const operator = this.kinds.is(node, 'BinaryExpression') ? node.operatorToken?.kind : undefined;
    return (
      operator !== undefined &&
      operator >= this.kinds.number('FirstAssignment') &&
      operator <= this.kinds.number('LastAssignment')
    );
  }

  protected isPlain(node: INode): boolean {
    return this.kinds.is(node.operatorToken, 'EqualsToken');
  }

  protected isExports(node: INode | undefined): boolean {
    return (
      this.kinds.is(node, 'Identifier') &&
      node.text === 'exports' &&
      !this._scopes.some(scope => scope.has('exports'))
    );
  }

  /** The name in `exports.name`. */
  protected exported(node: INode | undefined): string | undefined {
    return this.kinds.is(node, 'PropertyAccessExpression') && this.isExports(node.expression)
      ? node.name?.text
      : undefined;
  }

  /** The module in `require("fs")` and `__importStar(require("fs"))`. */
  protected required(value: INode): string | undefined {
    if (!this.kinds.is(value, 'CallExpression')) {
      return undefined;
    }
    const called = value.expression?.text;
    const [argument] = value.arguments ?? [];
    if (called === 'require') {
      return this.kinds.is(argument, 'StringLiteral') ? argument.text : undefined;
    }
    return argument && /^__import\w+$/.test(called ?? '') ? this.required(argument) : undefined;
  }

  /** The modules that names stand for. */
  protected readonly aliases = new Map<string, string>();
  protected readonly kinds: Kinds;
  /** In how many functions what is visited stands. */
  private _functions = 0;
  private readonly _scopes: Array<Set<string>> = [];
  private readonly _top: Set<string>;
}
