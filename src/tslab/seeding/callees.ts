/** Where a function that a cell calls comes from, as far as its imports tell. */
import type { INode, ITree } from '../syntax/compiler.js';
import { canBeSeeded } from './known.js';
import { type Kinds, kindsOf } from '../syntax/scopes.js';
import type { ICellCode } from '../syntax/cellcode.js';

/** A module, and the names that lead from it to what is meant. */
export interface IPath {
  readonly module: string;
  readonly members: readonly string[];
}

/** The names of a notebook that stand for modules, or for something in one. */
export class Callees {
  /** A cell was executed: what it imported counts for the cells after it too. */
  begin(tree: ITree, code: ICellCode): Scope {
    code.sure.forEach(name => this._known.delete(name));
    for (const [name, { module, member }] of code.imports) {
      this._known.set(name, { module, members: membersOf(member) });
    }
    return new Scope(tree, this._known);
  }

  /** Whether some code names anything of libraries that can be given seeds. */
  mayBeIn(code: string): boolean {
    return [...this._known].some(
      ([name, { module }]) => canBeSeeded(module) && code.includes(name)
    );
  }

  /** Names of cells, as later cells use them. */
  private readonly _known = new Map<string, IPath>();
}

/** What the names in the code of one cell stand for. */
export class Scope {
  constructor(
    tree: ITree,
    private readonly _known: Map<string, IPath>
  ) {
    this._kinds = kindsOf(tree.ts);
    for (const { declarationList } of tree.file.statements ?? []) {
      declarationList?.declarations?.forEach(one => this._declared(one));
    }
  }

  /** The path of an expression; undefined where it is nothing of a module's. */
  of(node: INode | undefined): IPath | undefined {
    const kinds = this._kinds;
    if (kinds.is(node, 'Identifier')) {
      return this._own.get(node.text ?? '');
    }
    if (kinds.is(node, 'PropertyAccessExpression')) {
      const name = node.name?.text ?? '';
      if (node.expression?.text === 'exports') {
        return this._known.get(name);
      }
      const of = this.of(node.expression);
      return of && { ...of, members: [...of.members, ...membersOf(name)] };
    }
    if (kinds.is(node, 'ParenthesizedExpression')) {
      return this.of(node.expression);
    }
    if (kinds.is(node, 'BinaryExpression') && kinds.is(node.operatorToken, 'CommaToken')) {
      return this.of(node.right);
    }
    return this._required(node);
  }

  /** The module at the beginning of a chain of calls: `tf` of `tf.data.array(a).shuffle(9, 'x')`. */
  root(node: INode | undefined): IPath | undefined {
    const path = this.of(node);
    const isChained =
      this._kinds.is(node, 'PropertyAccessExpression') || this._kinds.is(node, 'CallExpression');
    if (path !== undefined || !isChained) {
      return path;
    }
    const root = this.root(node.expression);
    const name = node.name?.text;
    return root && { ...root, members: [...root.members, ...(name === undefined ? [] : [name])] };
  }

  private _declared({ name, initializer }: INode): void {
    const path = this.of(initializer);
    if (path === undefined) {
      return;
    }
    const take = (bound: string | undefined, members: readonly string[]): void => {
      if (bound !== undefined) {
        const found = { ...path, members: [...path.members, ...members] };
        this._own.set(bound, found);
        this._known.set(bound, found);
      }
    };
    take(name?.text, []);
    for (const element of name?.elements ?? []) {
      take(element.name?.text, [element.propertyName?.text ?? element.name?.text ?? '']);
    }
  }

  /** The module in `require("fs")` and `__importStar(require("fs"))`. */
  private _required(node: INode | undefined): IPath | undefined {
    if (!this._kinds.is(node, 'CallExpression')) {
      return undefined;
    }
    const called = node.expression?.text ?? '';
    const [argument] = node.arguments ?? [];
    if (called === 'require' && this._kinds.is(argument, 'StringLiteral')) {
      return { module: argument.text ?? '', members: [] };
    }
    return argument && /^__import\w+$/.test(called) ? this._required(argument) : undefined;
  }

  private readonly _kinds: Kinds;
  private readonly _own = new Map<string, IPath>();
}

function membersOf(name: string): string[] {
  return name === '*' || name === 'default' ? [] : [name];
}
