/** Which packages Node has loaded, by the files that it keeps. */
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { types } from 'node:util';
import { realpathSync } from '../disk.js';

/** A file that was loaded, and whether it is an ES module: of what such a one imports Node tells nothing. */
export interface ILoadedFile {
  readonly path: string;
  readonly isEsm: boolean;
}

/** Tells which files were loaded since it was asked last. */
export class LoadedFiles {
  /** What is loaded by now is the kernel's own. */
  constructor() {
    this.fresh();
  }

  /** The files of packages that were loaded since the last time. */
  fresh(): ILoadedFile[] {
    const found: ILoadedFile[] = [];
    const cache = cached();
    for (const path in cache) {
      if (!this._known.has(path)) {
        this._known.add(path);
        found.push({ path, isEsm: isEsm(cache[path]) });
      }
    }
    return found;
  }

  private readonly _known = new Set<string>();
}

/**
 * The file that a cell gets by the name of a package; undefined where Node finds none.
 *
 * @param name - as it stands in the source.
 */
export function fileOf(name: string): ILoadedFile | undefined {
  try {
    // As the kernel resolves what cells ask for.
    const path = createRequire(join(process.cwd(), 'src.js')).resolve(name);
    return { path: realpathSync(path), isEsm: isEsm(cached()[path]) };
  } catch {
    return undefined;
  }
}

function isEsm(module: NodeJS.Module | undefined): boolean {
  const exported = module && Object.getOwnPropertyDescriptor(module, 'exports');
  return types.isModuleNamespaceObject(exported?.value);
}

function cached(): Readonly<Record<string, NodeJS.Module | undefined>> {
  return (Module as unknown as { _cache: Record<string, NodeJS.Module | undefined> })._cache;
}
