/**
 * The TypeScript that the kernel itself compiles cells with, as far as it is used to read what was made
 * of them: it is loaded already, so reading a cell costs its parsing alone.
 */
import Module from 'node:module';

/** A node of a syntax tree; which of the properties it has depends on its kind. */
export interface INode {
  readonly kind: number;
  readonly pos: number;
  readonly end: number;
  readonly flags: number;
  readonly text?: string;
  readonly name?: INode;
  readonly propertyName?: INode;
  readonly expression?: INode;
  readonly argumentExpression?: INode;
  readonly left?: INode;
  readonly right?: INode;
  readonly operand?: INode;
  readonly operator?: number;
  readonly operatorToken?: INode;
  readonly initializer?: INode;
  readonly body?: INode;
  readonly type?: INode;
  readonly label?: INode;
  readonly statement?: INode;
  readonly head?: INode;
  readonly literal?: INode;
  readonly declarationList?: INode;
  readonly variableDeclaration?: INode;
  readonly condition?: INode;
  readonly incrementor?: INode;
  readonly parameters?: readonly INode[];
  readonly statements?: readonly INode[];
  readonly declarations?: readonly INode[];
  readonly members?: readonly INode[];
  readonly properties?: readonly INode[];
  readonly elements?: readonly INode[];
  readonly arguments?: readonly INode[];
  readonly templateSpans?: readonly INode[];
  readonly heritageClauses?: readonly INode[];
  getStart(file: INode): number;
}

/** The compiler's own functions that are used. */
export interface ICompiler {
  readonly SyntaxKind: Readonly<Record<string, number>>;
  readonly NodeFlags: Readonly<Record<string, number>>;
  createSourceFile(name: string, text: string, target: number, parents?: boolean): INode;
  forEachChild(node: INode, visit: (child: INode) => void): void;
  preProcessFile(text: string): { importedFiles: ReadonlyArray<{ fileName: string }> };
}

let found: ICompiler | undefined;

/** The compiler that is loaded in this process, or undefined. */
export function compiler(): ICompiler | undefined {
  if (found === undefined) {
    const cache = (Module as unknown as { _cache: Record<string, NodeJS.Module | undefined> })
      ._cache;
    for (const [path, loaded] of Object.entries(cache)) {
      if (/typescript-for-tslab[\\/]lib[\\/]typescript\.js$/.test(path)) {
        found = (loaded?.exports ?? undefined) as ICompiler | undefined;
      }
    }
  }
  return found;
}

/** A syntax tree, or undefined where the text is none or there is no compiler. */
export function parse(text: string, name = 'cell.js'): ITree | undefined {
  const ts = compiler();
  // The newest language that the compiler knows.
  return ts && { ts, text, file: ts.createSourceFile(name, text, 99, false) };
}

/** A text that was parsed, with what parsed it. */
export interface ITree {
  readonly ts: ICompiler;
  readonly text: string;
  readonly file: INode;
}

/** Takes a compiler in place of the kernel's, where none is loaded. */
export function useCompiler(ts: ICompiler): void {
  found = ts;
}
