/** The notebook's own modules: files that a cell imports by a path, and those that these import. */
import { dirname, relative, resolve } from 'node:path';
import { readFileSync, realpathSync, statSync } from '../disk.js';
import { sha256 } from '../layout.js';
import type { IMade, ISourceFile } from './allocator.js';
import type { loadedBy } from './loaded.js';

/** Larger ones are not kept, in characters. */
const LARGEST = 1 << 20;
const MOST = 2000;
const CODE = /\.(?:[cm]?[jt]sx?)$/;

/** A module as an event has it. */
export interface ILocalModule {
  readonly path: string;
  readonly sha256: string | null;
  readonly kept: boolean;
}

/** What is done with a source: it is kept, and its hash returned; null where it is not to be. */
export type Keep = (text: string | Uint8Array) => string | null;

/** Remembers which modules were seen with which content. */
export class LocalModules {
  /**
   * The modules that a cell imported which are new, or not as they were.
   *
   * @param made - what the compiler made of the cell.
   * @param loaded - what Node has loaded for it.
   * @param isVirtual - whether a path is that of a module which a cell is.
   * @param since - when the cell began, in milliseconds since 1970: a file that changed after it may not be
   *   what was imported.
   */
  look(
    made: IMade,
    loaded: ReturnType<typeof loadedBy>,
    isVirtual: (path: string) => boolean,
    since: number,
    keep: Keep
  ): Record<string, ILocalModule> {
    made.files.forEach(file => this._files.set(file.fileName, file));
    // The same source once more is not parsed once more.
    const cell = (this._cell = made.cell ?? this._cell);
    const found: Record<string, ILocalModule> = {};
    const take = (path: string, name: string, seen: object | null, text?: string): void => {
      if (this._known.get(path) !== seen && !isVirtual(path) && this._known.size < MOST) {
        this._known.set(path, seen);
        found[name] = { path: real(path), ...contentOf(path, text, since, keep) };
      }
    };
    const reached = cell === undefined ? new Map<string, string>() : this._reached(cell);
    for (const [path, name] of reached) {
      const file = this._files.get(path);
      take(path, name, file ?? null, file?.text);
    }
    for (const [path, { name, module }] of loaded) {
      if (!reached.has(path)) {
        take(path, name ?? nameOf(path, process.cwd()), module);
      }
    }
    return found;
  }

  /** The paths of the modules that a cell imports, and those imported there, with their names. */
  private _reached(cell: ISourceFile): ReadonlyMap<string, string> {
    const folder = dirname(cell.fileName);
    const reached = new Map<string, string>();
    const visit = (file: ISourceFile): void => {
      file.resolvedModules?.forEach((resolved, text) => {
        const { resolvedFileName: path, isExternalLibraryImport } = resolved?.resolvedModule ?? {};
        const isOwn =
          path !== undefined &&
          isExternalLibraryImport !== true &&
          CODE.test(path) &&
          !path.endsWith('.d.ts');
        if (isOwn && !reached.has(path)) {
          reached.set(path, file === cell ? text : nameOf(path, folder));
          const inner = this._files.get(path);
          if (inner !== undefined) {
            visit(inner);
          }
        }
      });
    };
    visit(cell);
    return reached;
  }

  private _cell: ISourceFile | undefined;
  /** The files of modules as the compiler read them last. */
  private readonly _files = new Map<string, ISourceFile>();
  /** What was told last of each path; null: of what the compiler had read before it was heard. */
  private readonly _known = new Map<string, object | null>();
}

function contentOf(
  path: string,
  compiled: string | undefined,
  since: number,
  keep: Keep
): Omit<ILocalModule, 'path'> {
  let bytes: Uint8Array | undefined;
  try {
    bytes =
      statSync(path).mtimeMs > since && compiled === undefined ? undefined : readFileSync(path);
  } catch {
    // It is gone already.
  }
  const text = bytes && new TextDecoder().decode(bytes);
  // What was imported is what the compiler read, whatever the file is by now.
  const source = compiled === undefined || text === compiled ? bytes : compiled;
  if (source === undefined) {
    return { sha256: null, kept: false };
  }
  const blob = source.length <= LARGEST ? keep(source) : null;
  return { sha256: blob ?? sha256(source), kept: blob !== null };
}

/** As it would stand in an import of the notebook. */
function nameOf(path: string, folder: string): string {
  const name = relative(folder, path).replaceAll('\\', '/').replace(CODE, '');
  return name.startsWith('.') ? name : `./${name}`;
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
