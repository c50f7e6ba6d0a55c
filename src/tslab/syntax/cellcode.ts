/**
 * What a cell does with the names of the notebook, read from the JavaScript that the kernel made of it.
 *
 * #### Notes
 * In that JavaScript a name of an earlier cell is always `exports.name`, and one of the cell itself is a
 * variable of it. So the names that are used stand there in full, and reading them costs the cell
 * nothing: a proxy with a trap would make each use of a name twenty times slower.
 */
import type { INode, ITree } from './compiler.js';
import { type IUses, LAST_EXPRESSION, UseReader } from './uses.js';

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

/** Reads the JavaScript of a cell. */
export function readCell(tree: ITree): ICellCode {
  return new CellReader(tree).read();
}

class CellReader extends UseReader implements ICellCode {
  readonly closures = new Map<string, IUses>();
  readonly imports = new Map<string, IImport>();

  read(): this {
    for (const statement of this.tree.file.statements ?? []) {
      this._statement(statement);
    }
    return this;
  }

  private _statement(statement: INode): void {
    const kinds = this.kinds;
    if (kinds.is(statement, 'ExpressionStatement') && statement.expression) {
      this._expression(statement.expression);
    } else if (kinds.is(statement, 'VariableStatement')) {
      statement.declarationList?.declarations?.forEach(one => this._declaration(one));
    } else if (kinds.is(statement, 'FunctionDeclaration')) {
      this._defined(statement.name?.text ?? '', statement);
    } else if (kinds.is(statement, 'ClassDeclaration')) {
      statement.heritageClauses?.forEach(clause => this.visit(clause, this));
      this._defined(statement.name?.text ?? '', statement);
    } else {
      this.visit(statement, this);
    }
  }

  private _expression(expression: INode): void {
    const kinds = this.kinds;
    const call = kinds.is(expression, 'CallExpression') ? expression.arguments : undefined;
    if (call?.length === 3 && this.isExports(call[0]) && call[1].text !== undefined) {
      this._importedMember(call[1].text, call[2]);
      return;
    }
    const targets: string[] = [];
    let value: INode | undefined = expression;
    while (
      this.isAssignment(value) &&
      this.isPlain(value) &&
      this.exported(value.left) !== undefined
    ) {
      targets.push(this.exported(value.left) ?? '');
      value = value.right;
    }
    if (targets.length === 0 || value === undefined) {
      this.visit(expression, this);
      return;
    }
    if (!kinds.is(value, 'VoidExpression')) {
      const imported = this._aliased(value);
      if (imported !== undefined) {
        targets.forEach(name => this.imports.set(name, imported));
      } else if (!(kinds.is(value, 'Identifier') && targets.includes(value.text ?? ''))) {
        this.visit(value, this);
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
      if (/^__\w+$/.test(name) && this.kinds.is(made, 'BinaryExpression')) {
        return; // A function that the compiler puts before the code.
      }
      const module = this.required(made);
      if (module !== undefined) {
        this.aliases.set(name, module);
        this.modules.add(module);
        return;
      }
      if (this.kinds.isMade(made)) {
        made.heritageClauses?.forEach(clause => this.visit(clause, this));
        this._defined(name, made);
        return;
      }
      if (this.kinds.is(made, 'ObjectLiteralExpression')) {
        this._object(name, made);
        return;
      }
    }
    this.visit(declaration, this);
  }

  /** The functions of an object use nothing before they are called. */
  private _object(name: string, object: INode): void {
    const uses: IUses = { loads: new Set(), locals: new Set() };
    for (const property of object.properties ?? []) {
      const isLater = this.kinds.isFunction(property) || this.kinds.isMade(property.initializer);
      this.visit(property, isLater ? uses : this);
    }
    this.closures.set(name, uses);
  }

  private _defined(name: string, node: INode): void {
    const uses: IUses = { loads: new Set(), locals: new Set() };
    this.visit(node, uses);
    this.closures.set(name, uses);
  }

  /** What stands behind `fs` or `path_1.default`, where that is a module or something in one. */
  private _aliased(value: INode | undefined): IImport | undefined {
    const isMember = this.kinds.is(value, 'PropertyAccessExpression');
    const alias = isMember ? value.expression : value;
    const module = this.aliases.get(alias?.text ?? '');
    return module === undefined
      ? undefined
      : { module, member: isMember ? (value.name?.text ?? '') : '*' };
  }
}
