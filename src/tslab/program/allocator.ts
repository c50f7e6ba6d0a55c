/**
 * Hears of what the kernel's compiler makes while it compiles a cell: the files it parses, and the
 * checker that knows the types.
 *
 * #### Notes
 * The kernel keeps its program to itself. But the compiler asks, for each file and for each program,
 * which constructors it is to make its objects with; those that are given here make the same objects.
 */
import { compiler } from '../syntax/compiler.js';
import type { INode } from '../syntax/compiler.js';

/** A file as the compiler has it. */
export interface ISourceFile extends INode {
  readonly fileName: string;
  readonly text: string;
  readonly isDeclarationFile?: boolean;
  /** What it declares at its top level, by name. */
  readonly locals?: ReadonlyMap<string, ISymbol>;
  /** By the text of an import. */
  readonly resolvedModules?: {
    forEach: (take: (module: IResolved | undefined, name: string) => void) => void;
  };
}

interface IResolved {
  readonly resolvedModule?: {
    readonly resolvedFileName?: string;
    readonly isExternalLibraryImport?: boolean;
  };
}

/** What a name stands for. */
export interface ISymbol {
  readonly flags: number;
}

/** The functions of a checker that are used. */
export interface IChecker {
  getTypeOfSymbolAtLocation(symbol: ISymbol, node: INode): object;
  getBaseTypeOfLiteralType(type: object): object;
  typeToString(type: object, node?: INode): string;
}

type Make = new (...words: unknown[]) => object;

interface IAllocator {
  getSourceFileConstructor?: () => Make;
  getSignatureConstructor?: () => Make;
}

/** What was made since it was asked last. */
export interface IMade {
  /** What was made of the cell, where it was parsed. */
  readonly cell: ISourceFile | undefined;
  /** Modules of the notebook's own. */
  readonly files: readonly ISourceFile[];
  readonly checker: IChecker | undefined;
}

const CELL = /[\\/]__tslab__\.[jt]sx?$/;
const LAST_STEP = 'custom.js';
const OWN = /^(?![^]*[\\/]node_modules[\\/])[^]*[\\/][^\\/]*\.[cm]?[jt]sx?$/;

let isHeard = false;
let isHearing = false;
let cell: ISourceFile | undefined;
/** Those of the last programs, each with the file that was parsed before it. */
let checkers: Array<readonly [checker: IChecker, after: ISourceFile | undefined]> = [];
let files: ISourceFile[] = [];
/** The file that was parsed last: it has its name a moment after it was made. */
let last: ISourceFile | undefined;

/** One in so many signatures gives a turn. */
const SIGNATURES = 32;
let signatures = 0;
let turn: () => void = () => undefined;

/** Has `take` called now and then while the compiler is at work. It does not throw. */
export function onTurn(take: () => void): void {
  turn = take;
}

/** Begins to hear of it; whether that is possible with this compiler. */
export function hear(): boolean {
  isHearing = true;
  taken();
  return (isHeard ||= listen());
}

/** Hears of nothing any more. */
export function rest(): void {
  isHearing = false;
  taken();
}

/** What was made since the last call, which is forgotten here. */
export function taken(): IMade {
  sort();
  // The last step makes other modules of a cell, by a program of its own that knows no types.
  const found = checkers.findLast(([, after]) => after?.fileName !== LAST_STEP);
  const made = { cell, files, checker: found?.[0] };
  cell = last = undefined;
  files = [];
  checkers = [];
  return made;
}

function listen(): boolean {
  const { objectAllocator: allocator } = (compiler() ?? {}) as { objectAllocator?: IAllocator };
  const { getSourceFileConstructor: ofFiles, getSignatureConstructor: ofSignatures } =
    allocator ?? {};
  if (allocator === undefined || ofFiles === undefined || ofSignatures === undefined) {
    return false;
  }
  allocator.getSourceFileConstructor = () =>
    noting(ofFiles(), made => {
      sort();
      last = made as ISourceFile;
      turn();
    });
  // Each checker makes some signatures when it begins.
  allocator.getSignatureConstructor = () =>
    noting(ofSignatures(), (_made, owner) => {
      if (checkers.at(-1)?.[0] !== owner) {
        checkers = [...checkers.slice(-3), [owner as IChecker, last]];
      }
      signatures += 1;
      if (signatures % SIGNATURES === 0) {
        turn();
      }
    });
  return true;
}

/** Keeps the last file if it is one that is asked for: the compiler parses many others. */
function sort(): void {
  const name = last?.fileName ?? '';
  if (CELL.test(name)) {
    cell = last;
  } else if (last?.isDeclarationFile === false && OWN.test(name)) {
    files.push(last);
  }
}

/** A constructor that makes what another one makes, and tells of it. */
function noting(make: Make, note: (made: object, first: unknown) => void): Make {
  function Noting(...words: unknown[]): object {
    const made = new make(...words);
    if (isHearing) {
      note(made, words[0]);
    }
    return made;
  }
  Noting.prototype = make.prototype as object;
  return Noting as unknown as Make;
}
