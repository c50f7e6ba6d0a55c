/**
 * Where a replay takes place: a folder that holds copies of the files that it reads, each where it stands
 * in the user's tree, so that the replay finds them, and what it writes lands beside them.
 */
import { symlinkSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, parse, resolve } from 'node:path';
import { hashFile } from '../artifacts.js';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, statSync } from '../disk.js';
import type { IWanted } from './environment.js';
import { linkModules, localModules } from './modules.js';

/** A file of a scene, as `src/reproduce/verify/scene.ts` says it. */
interface IFile {
  readonly path: string;
  readonly sha256: string | null;
  readonly n: number;
  readonly module: boolean;
  readonly folder?: boolean;
}

/** What of a scene is used here. */
export interface ISaid {
  readonly language: string;
  readonly tslab?: string;
  readonly folder: string;
  readonly cwd: string;
  readonly runs: string;
  readonly files: readonly IFile[];
  readonly written: readonly string[];
  readonly made?: readonly string[];
  readonly protect: readonly string[];
  readonly environment?: IWanted;
}

/** A file that is not as the record has it. */
export interface IChanged {
  readonly path: string;
  readonly n: number;
  readonly module: boolean;
  readonly missing: boolean;
  readonly restored?: boolean;
}

/** In bytes. */
const LARGEST_MENTIONED = 256 << 20;

/** See above. */
export class Scene {
  /**
   * @param tree - the folder that holds it; it need not be there.
   * @param packages - the `node_modules` that it is to have; undefined for those of the user's.
   */
  constructor(
    private readonly _said: ISaid,
    readonly tree: string,
    private readonly _packages?: string
  ) {
    const made = _said.made ?? _said.written;
    this._made = new Set(made.map(path => this._absolute(path)));
  }

  /** Files that are not as the record has them. */
  readonly changed: IChanged[] = [];

  /** Where the replay begins. */
  get cwd(): string {
    return this.counterpart(this._said.cwd);
  }

  /** The folders of the user's that nothing may change. */
  get protect(): string[] {
    return this._said.protect.map(path => this._absolute(path));
  }

  /** Where a path of the user's has its counterpart. */
  counterpart(path: string): string {
    const absolute = this._absolute(path);
    const { root } = parse(absolute);
    return join(this.tree, root.replace(/[:\\/]/g, ''), absolute.slice(root.length));
  }

  /**
   * Puts everything in place.
   *
   * @param sources - those of the cells, which import modules of the user's.
   * @throws when a file cannot be copied.
   */
  set(sources: readonly string[]): void {
    const { cwd, folder, files, written } = this._said;
    mkdirSync(this.cwd, { recursive: true });
    mkdirSync(this.counterpart(folder), { recursive: true });
    const packages = this._packages;
    if (packages === undefined) {
      linkModules(cwd, path => this.counterpart(path));
    } else {
      symlinkSync(packages, join(this.cwd, 'node_modules'), 'junction');
    }
    for (const path of localModules(cwd, sources)) {
      this._copy(path, this.counterpart(path));
    }
    this._mentioned(sources);
    files.forEach(file => this._place(file));
    for (const path of written) {
      mkdirSync(dirname(this.counterpart(path)), { recursive: true });
    }
  }

  /** Files that the sources name, which a record may lack: native code reads unseen. */
  private _mentioned(sources: readonly string[]): void {
    const texts = sources.flatMap(source => [...source.matchAll(/(["'`])([^"'`\n\0]{1,300})\1/g)]);
    for (const path of new Set(texts.map(([, , text]) => resolve(this._said.cwd, text)))) {
      const isFile = existsSync(path) && statSync(path).isFile();
      if (isFile && !this._made.has(path) && statSync(path).size <= LARGEST_MENTIONED) {
        this._copy(path, this.counterpart(path));
      }
    }
  }

  private _place(file: IFile): void {
    const source = this._absolute(file.path);
    const target = this.counterpart(file.path);
    if (file.folder === true || isFolder(source)) {
      this._placeFolder(file, source, target);
    } else if (existsSync(source)) {
      this._copy(source, target);
      if (file.sha256 !== null && hashFile(target).sha256 !== file.sha256) {
        this._restore(file, target, false);
      }
    } else {
      this._restore(file, target, true);
    }
  }

  /** Takes a file from the record, where it was kept: one that is gone, and a module that has changed. */
  private _restore(file: IFile, target: string, missing: boolean): void {
    const { path, n, module, sha256 } = file;
    const kept = this._blob(sha256);
    const told = { path, n, module, missing };
    if (kept === undefined || !(missing || module)) {
      this.changed.push(told);
      return;
    }
    this._copy(kept, target);
    if (module) {
      this.changed.push({ ...told, restored: true });
    }
  }

  /** Puts the files there that the folder held, without those that the session made itself. */
  private _placeFolder(file: IFile, source: string, target: string): void {
    const listing = this._blob(file.sha256);
    if (isFolder(source)) {
      mkdirSync(target, { recursive: true });
      cpSync(source, target, {
        recursive: true,
        filter: path =>
          path !== resolve(this._said.runs) &&
          basename(path) !== 'node_modules' &&
          !this._made.has(path) &&
          (listing === undefined || isFolder(path))
      });
    } else if (listing === undefined) {
      this.changed.push({ path: file.path, n: file.n, module: false, missing: true });
    } else {
      mkdirSync(target, { recursive: true });
    }
    const lines = listing === undefined ? [] : readFileSync(listing, 'utf8').split('\n');
    for (const line of lines.filter(Boolean)) {
      const [sha256, name] = [line.slice(0, 64), line.slice(66)];
      const path = join(file.path, name);
      if (!this._made.has(this._absolute(path))) {
        this._place({ ...file, path, sha256, folder: false });
      }
    }
  }

  private _blob(sha256: string | null): string | undefined {
    if (sha256 === null) {
      return undefined;
    }
    const path = join(this._said.runs, 'blobs', 'sha256', sha256.slice(0, 2), sha256);
    return existsSync(path) ? path : undefined;
  }

  private _copy(source: string, target: string): void {
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(source, target);
  }

  private _absolute(path: string): string {
    return isAbsolute(path) ? resolve(path) : resolve(this._said.folder, path);
  }

  private readonly _made: ReadonlySet<string>;
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
