/** Which names a function, a block or a class binds for what is in it. */
import type { ICompiler, INode } from './compiler.js';

/** A node whose kind is known. */
export interface IKnown extends INode {
  readonly isKnown: true;
}

let last: Kinds | undefined;

/** The kinds of a compiler. */
export function kindsOf(ts: ICompiler): Kinds {
  if (last?.ts !== ts) {
    last = new Kinds(ts);
  }
  return last;
}

/** The kinds of nodes that are told apart, by the numbers of one compiler. */
export class Kinds {
  constructor(readonly ts: ICompiler) {
    const { SyntaxKind: kind, NodeFlags: flags } = ts;
    this._functions = new Set(
      [
        'FunctionDeclaration',
        'FunctionExpression',
        'ArrowFunction',
        'MethodDeclaration',
        'Constructor',
        'GetAccessor',
        'SetAccessor'
      ].map(name => kind[name])
    );
    this._blocks = new Set(
      ['Block', 'ForStatement', 'ForOfStatement', 'ForInStatement', 'CatchClause', 'CaseBlock'].map(
        name => kind[name]
      )
    );
    this._loops = new Set(
      ['ForStatement', 'ForOfStatement', 'ForInStatement', 'WhileStatement', 'DoStatement'].map(
        name => kind[name]
      )
    );
    this._blockScoped = (flags['Let'] ?? 1) | (flags['Const'] ?? 2);
  }

  /** Whether a node is of the kind that the compiler calls `name`. */
  is(node: INode | undefined, name: string): node is IKnown {
    return node !== undefined && node.kind === this.number(name);
  }

  /** The number of a kind. The compiler's own table is large, and slow to be asked for every node. */
  number(name: string): number {
    return (this._numbers[name] ??= this.ts.SyntaxKind[name]);
  }

  isLoop(node: INode): boolean {
    return this._loops.has(node.kind);
  }

  isFunction(node: INode): boolean {
    return this._functions.has(node.kind);
  }

  /** Whether a node is a function or a class that is made where it stands. */
  isMade(node: INode | undefined): node is IKnown {
    return (
      this.is(node, 'FunctionExpression') ||
      this.is(node, 'ArrowFunction') ||
      this.is(node, 'ClassExpression')
    );
  }

  isClass(node: INode): boolean {
    return this.is(node, 'ClassDeclaration') || this.is(node, 'ClassExpression');
  }

  /** The names that a node binds for what is in it; undefined where it makes no scope. */
  bindings(node: INode): Set<string> | undefined {
    if (this.isFunction(node)) {
      const names = new Set<string>();
      node.parameters?.forEach(parameter => this.names(parameter.name, names));
      if (this.is(node, 'FunctionExpression')) {
        this.names(node.name, names);
      }
      this._hoisted(node.body, names);
      return names;
    }
    if (this._blocks.has(node.kind)) {
      const names = new Set<string>();
      this._within(node, names);
      return names;
    }
    if (this.is(node, 'ClassExpression')) {
      return this.names(node.name, new Set());
    }
    return undefined;
  }

  /** The names in a pattern, such as `[a, {b: c}]`. */
  names(pattern: INode | undefined, names: Set<string>): Set<string> {
    if (this.is(pattern, 'Identifier')) {
      names.add(pattern.text ?? '');
    } else {
      pattern?.elements?.forEach(element => this.names(element.name, names));
    }
    return names;
  }

  /** The names that stand at the top of a program, with those of `var` in its blocks. */
  top(file: INode): Set<string> {
    const names = new Set<string>();
    file.statements?.forEach(statement => this._statement(statement, names, true));
    file.statements?.forEach(statement => this._vars(statement, names));
    return names;
  }

  private _within(block: INode, names: Set<string>): void {
    block.statements?.forEach(statement => this._statement(statement, names, false));
    const list = this.is(block.initializer, 'VariableDeclarationList')
      ? block.initializer
      : undefined;
    list?.declarations?.forEach(one => this.names(one.name, names));
    this.names(block.variableDeclaration?.name, names);
    if (this.is(block, 'CaseBlock')) {
      this.ts.forEachChild(block, clause =>
        clause.statements?.forEach(statement => this._statement(statement, names, false))
      );
    }
  }

  private _statement(statement: INode, names: Set<string>, isTop: boolean): void {
    if (this.is(statement, 'FunctionDeclaration') || this.is(statement, 'ClassDeclaration')) {
      this.names(statement.name, names);
    }
    const list = this.is(statement, 'VariableStatement') ? statement.declarationList : undefined;
    if (list !== undefined && (isTop || (list.flags & this._blockScoped) !== 0)) {
      list.declarations?.forEach(one => this.names(one.name, names));
    }
  }

  private _hoisted(body: INode | undefined, names: Set<string>): void {
    body?.statements?.forEach(statement => this._statement(statement, names, true));
    if (body !== undefined) {
      this._vars(body, names);
    }
  }

  /** Names of `var`, wherever they stand in a function. */
  private _vars(node: INode, names: Set<string>): void {
    if (this.isFunction(node) || this.isClass(node)) {
      return;
    }
    if (this.is(node, 'VariableDeclarationList') && (node.flags & this._blockScoped) === 0) {
      node.declarations?.forEach(one => this.names(one.name, names));
    }
    this.ts.forEachChild(node, child => this._vars(child, names));
  }

  private readonly _blockScoped: number;
  private readonly _blocks: Set<number>;
  private readonly _functions: Set<number>;
  private readonly _loops: Set<number>;
  private readonly _numbers: Record<string, number> = {};
}
