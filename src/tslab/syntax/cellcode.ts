/**
 * What a cell does with the names of the notebook, read from the JavaScript that the kernel made of it.
 *
 * #### Notes
 * In that JavaScript a name of an earlier cell is always `exports.name`, and one of the cell itself is a
 * variable of it. So the names that are used stand there in full, and reading them costs the cell
 * nothing: a proxy with a trap would make each use of a name twenty times slower.
 */
import type { INode, ITree } from './compiler.js';
import { type IKnown, type Kinds, kindsOf } from './scopes.js';

/** The names that some code uses. */
export interface IUses {
  /** Names of earlier cells. */
  readonly loads: Set<string>;
  /** Names of the cell itself. */
  readonly locals: Set<string>;
}

/** Where a name that was imported comes from. */
export interface IImport {
  /** As it stands in the source, such as `./model` or `d3-random`. */
  readonly module: string;
  /** The name within the module; `*` is all of it, `default` what it is mostly imported as. */
  readonly member: string;
}

/** What a cell does with names. */
export interface ICellCode extends IUses {
  /** Names that it binds whenever it comes to its end. */
  readonly sure: ReadonlySet<string>;
  /** What functions, classes and objects that it defines use when they are called. */
  readonly closures: ReadonlyMap<string, IUses>;
  readonly imports: ReadonlyMap<string, IImport>;
  /** All modules that it asks for by a text, as they stand in the source. */
  readonly modules: ReadonlySet<string>;
  /** Names that are the language's, or nobody's. */
  readonly globals: ReadonlySet<string>;
  /** Why it may use more than is told. */
  readonly unknown: ReadonlySet<string>;
  /** The texts of functions and classes that stand in no other function. */
  readonly functions: ReadonlySet<string>;
}

/** What tslab keeps the last expression of a cell in. */
export const LAST_EXPRESSION = /^tsLastExpr\d*$/;

/** Ways to reach names that cannot be followed. */
const WAYS_AROUND = new Set(['eval', 'Function', '__tslab__']);

/** Reads the JavaScript of a cell. */
export function readCell(tree: ITree): ICellCode {
  return new CellReader(tree).read();
}

class CellReader implements ICellCode {
  constructor(private readonly _tree: ITree) {
    this._kinds = kindsOf(_tree.ts);
    this._top = this._kinds.top(_tree.file);
  }

  readonly loads = new Set<string>();
  readonly locals = new Set<string>();
  readonly sure = new Set<string>();
  readonly closures = new Map<string, IUses>();
  readonly imports = new Map<string, IImport>();
  readonly modules = new Set<string>();
  readonly globals = new Set<string>();
  readonly unknown = new Set<string>();
  readonly functions = new Set<string>();

  read(): this {
    for (const statement of this._tree.file.statements ?? []) {
      this._statement(statement);
    }
    return this;
  }

  private _statement(statement: INode): void {
    const kinds = this._kinds;
    if (kinds.is(statement, 'ExpressionStatement') && statement.expression) {
      this._expression(statement.expression);
    } else if (kinds.is(statement, 'VariableStatement')) {
      statement.declarationList?.declarations?.forEach(one => this._declaration(one));
    } else if (kinds.is(statement, 'FunctionDeclaration')) {
      this._defined(statement.name?.text ?? '', statement);
    } else if (kinds.is(statement, 'ClassDeclaration')) {
      statement.heritageClauses?.forEach(clause => this._visit(clause, this));
      this._defined(statement.name?.text ?? '', statement);
    } else {
      this._visit(statement, this);
    }
  }

  private _expression(expression: INode): void {
    const kinds = this._kinds;
    const call = kinds.is(expression, 'CallExpression') ? expression.arguments : undefined;
    if (call?.length === 3 && this._isExports(call[0]) && call[1].text !== undefined) {
      this._importedMember(call[1].text, call[2]);
      return;
    }
    const targets: string[] = [];
    let value: INode | undefined = expression;
    while (
      this._isAssignment(value) &&
      this._isPlain(value) &&
      this._exported(value.left) !== undefined
    ) {
      targets.push(this._exported(value.left) ?? '');
      value = value.right;
    }
    if (targets.length === 0 || value === undefined) {
      this._visit(expression, this);
      return;
    }
    if (!kinds.is(value, 'VoidExpression')) {
      const imported = this._aliased(value);
      if (imported !== undefined) {
        targets.forEach(name => this.imports.set(name, imported));
      } else if (!(kinds.is(value, 'Identifier') && targets.includes(value.text ?? ''))) {
        this._visit(value, this);
      }
    }
    for (const name of targets.filter(name => !LAST_EXPRESSION.test(name))) {
      this.sure.add(name);
    }
  }

  /** `Object.defineProperty(exports, "join", { get: function () { return path_1.join; } })` */
  private _importedMember(name: string, descriptor: INode): void {
    if (name === '__esModule') {
      return;
    }
    this.sure.add(name);
    const getter = descriptor.properties?.at(-1)?.initializer?.body?.statements?.[0]?.expression;
    const imported = this._aliased(getter);
    if (imported !== undefined) {
      this.imports.set(name, imported);
    }
  }

  private _declaration(declaration: INode): void {
    const name = declaration.name?.text;
    const made = declaration.initializer;
    if (name !== undefined && made !== undefined) {
      if (/^__\w+$/.test(name) && this._kinds.is(made, 'BinaryExpression')) {
        return; // A function that the compiler puts before the code.
      }
      const module = this._required(made);
      if (module !== undefined) {
        this._aliases.set(name, module);
        this.modules.add(module);
        return;
      }
      if (this._kinds.isMade(made)) {
        made.heritageClauses?.forEach(clause => this._visit(clause, this));
        this._defined(name, made);
        return;
      }
      if (this._kinds.is(made, 'ObjectLiteralExpression')) {
        this._object(name, made);
        return;
      }
    }
    this._visit(declaration, this);
  }

  /** The functions of an object use nothing before they are called. */
  private _object(name: string, object: INode): void {
    const uses: IUses = { loads: new Set(), locals: new Set() };
    for (const property of object.properties ?? []) {
      const isLater = this._kinds.isFunction(property) || this._kinds.isMade(property.initializer);
      this._visit(property, isLater ? uses : this);
    }
    this.closures.set(name, uses);
  }

  private _defined(name: string, node: INode): void {
    const uses: IUses = { loads: new Set(), locals: new Set() };
    this._visit(node, uses);
    this.closures.set(name, uses);
  }

  /** What stands behind `fs` or `path_1.default`, where that is a module or something in one. */
  private _aliased(value: INode | undefined): IImport | undefined {
    const isMember = this._kinds.is(value, 'PropertyAccessExpression');
    const alias = isMember ? value.expression : value;
    const module = this._aliases.get(alias?.text ?? '');
    return module === undefined
      ? undefined
      : { module, member: isMember ? (value.name?.text ?? '') : '*' };
  }

  /** The module in `require("fs")` and `__importStar(require("fs"))`. */
  private _required(value: INode): string | undefined {
    if (!this._kinds.is(value, 'CallExpression')) {
      return undefined;
    }
    const called = value.expression?.text;
    const [argument] = value.arguments ?? [];
    if (called === 'require') {
      return this._kinds.is(argument, 'StringLiteral') ? argument.text : undefined;
    }
    return argument && /^__import\w+$/.test(called ?? '') ? this._required(argument) : undefined;
  }

  // Uses

  private _visit(node: INode, uses: IUses): void {
    const kinds = this._kinds;
    if (kinds.is(node, 'Identifier')) {
      this._name(node.text ?? '', uses);
    } else if (kinds.is(node, 'PropertyAccessExpression')) {
      const name = this._exported(node);
      if (name !== undefined) {
        this._load(name, uses);
      } else if (node.expression) {
        this._visit(node.expression, uses);
      }
    } else if (this._isAssignment(node)) {
      this._store(node.left, !this._isPlain(node), uses);
      if (node.right) {
        this._visit(node.right, uses);
      }
    } else if (kinds.is(node, 'CallExpression')) {
      this._call(node, uses);
    } else if (!kinds.is(node, 'BreakStatement') && !kinds.is(node, 'ContinueStatement')) {
      this._scoped(node, uses);
    }
  }

  private _scoped(node: INode, uses: IUses): void {
    const kinds = this._kinds;
    const names = kinds.bindings(node);
    const isFunction = kinds.isFunction(node);
    if (this._functions === 0 && (isFunction || kinds.isClass(node))) {
      this.functions.add(this._tree.text.slice(node.getStart(this._tree.file), node.end));
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
    const kinds = this._kinds;
    const { name, propertyName, label } = node;
    const isUse = kinds.is(node, 'ShorthandPropertyAssignment');
    this._tree.ts.forEachChild(node, child => {
      const isName = child === name || child === propertyName || child === label;
      if (!isName || isUse || !kinds.is(child, 'Identifier')) {
        this._visit(child, uses);
      }
    });
  }

  private _call(call: INode, uses: IUses): void {
    const module = this._required(call);
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
      this._exported(target) ??
      (this._kinds.is(target, 'Identifier') ? (target.text ?? '') : undefined);
    if (name !== undefined) {
      if (isCompound) {
        this._visit(target, uses);
      }
      return;
    }
    const parts = target.elements ?? target.properties;
    if (parts === undefined) {
      this._visit(target, uses);
      return;
    }
    for (const part of parts) {
      const inner =
        part.initializer ?? part.expression ?? (part.name && !part.left ? part.name : part);
      if (this._isAssignment(inner)) {
        this._store(inner.left, false, uses);
        if (inner.right) {
          this._visit(inner.right, uses);
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
    if (this._aliases.has(name)) {
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

  private _isAssignment(node: INode | undefined): node is IKnown {
    const operator = this._kinds.is(node, 'BinaryExpression')
      ? node.operatorToken?.kind
      : undefined;
    return (
      operator !== undefined &&
      operator >= this._kinds.number('FirstAssignment') &&
      operator <= this._kinds.number('LastAssignment')
    );
  }

  private _isPlain(node: INode): boolean {
    return this._kinds.is(node.operatorToken, 'EqualsToken');
  }

  private _isExports(node: INode | undefined): boolean {
    return (
      this._kinds.is(node, 'Identifier') &&
      node.text === 'exports' &&
      !this._scopes.some(scope => scope.has('exports'))
    );
  }

  /** The name in `exports.name`. */
  private _exported(node: INode | undefined): string | undefined {
    return this._kinds.is(node, 'PropertyAccessExpression') && this._isExports(node.expression)
      ? node.name?.text
      : undefined;
  }

  private readonly _aliases = new Map<string, string>();
  /** In how many functions what is visited stands. */
  private _functions = 0;
  private readonly _kinds: Kinds;
  private readonly _scopes: Array<Set<string>> = [];
  private readonly _top: Set<string>;
}
