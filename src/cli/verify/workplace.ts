/**
 * The folder that a script is replayed in: the files that it reads stand there as copies, each where it
 * stands in the user's tree, so that the replay finds them and what it writes lands beside them.
 */

import {
  constants,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, parse, resolve } from 'node:path';
import type { IChangedFile, ISelection } from '../../reproduce/index.js';
import { hashOf } from '../hash.js';

/** See above. */
export class Workplace {
  /** Files that are not as the record has them. */
  readonly changed: IChangedFile[] = [];

  /** Makes the folder; {@link remove} takes it away again. */
  constructor() {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), 'backtrail-verify-')));
  }

  readonly root: string;

  /** Where a folder of the user's has its counterpart. */
  counterpart(path: string): string {
    const { root } = parse(path);
    return join(this.root, 'tree', path.slice(root.length));
  }

  /**
   * Puts in place what the executions of a selection read before they wrote it.
   *
   * @param folder - the notebook's folder, to which the paths in the log are relative
   * @param cwd - the folder that the kernel began in
   * @param blob - the path of a blob that holds a content, if there is one
   */
  fill(
    { history }: ISelection,
    folder: string,
    cwd: string,
    blob: (sha256: string) => string | undefined
  ): void {
    mkdirSync(this.counterpart(cwd), { recursive: true });
    mkdirSync(this.counterpart(folder), { recursive: true });
    this._modulesBeside(cwd);
    const made = new Set<string>();
    const seen = new Set<string>();
    for (const { n } of history.executions) {
      const { filesRead = [], filesWritten = [], modulesRead } = history.effects.get(n) ?? {};
      for (const { path, sha256, kind } of filesRead) {
        if (
          path &&
          kind !== 'content' &&
          kind !== 'network' &&
          !made.has(path) &&
          !seen.has(path)
        ) {
          seen.add(path);
          this._place(
            resolve(folder, path),
            { path, n, module: modulesRead?.has(path) ?? false },
            sha256,
            isAbsolute(path) ? undefined : blob
          );
        }
      }
      for (const { path } of filesWritten) {
        made.add(path);
        mkdirSync(dirname(this.counterpart(resolve(folder, path))), { recursive: true });
      }
    }
  }

  /** Takes everything away. */
  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private _place(
    path: string,
    file: Omit<IChangedFile, 'missing'>,
    sha256: string | null,
    blob: ((sha256: string) => string | undefined) | undefined
  ): void {
    const target = this.counterpart(path);
    mkdirSync(dirname(target), { recursive: true });
    const kind = kindOf(path);
    if (kind === 'folder') {
      cpSync(path, target, { recursive: true, mode: constants.COPYFILE_FICLONE });
    } else if (kind === 'file') {
      copyFileSync(path, target, constants.COPYFILE_FICLONE);
      if (sha256 !== null && hashOf(target) !== sha256) {
        this.changed.push({ ...file, missing: false });
      }
    } else {
      const kept = sha256 === null ? undefined : blob?.(sha256);
      if (kept === undefined) {
        this.changed.push({ ...file, missing: true });
      } else {
        copyFileSync(kept, target);
      }
    }
  }

  /** Modules beside the notebook, which a record may not name. */
  private _modulesBeside(cwd: string): void {
    if (!existsSync(cwd)) {
      return;
    }
    for (const entry of readdirSync(cwd, { withFileTypes: true })) {
      if (entry.isFile() && entry.name.endsWith('.py')) {
        copyFileSync(join(cwd, entry.name), join(this.counterpart(cwd), entry.name));
      }
    }
  }
}

function kindOf(path: string): 'file' | 'folder' | undefined {
  try {
    const found = statSync(path);
    return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : undefined;
  } catch {
    return undefined;
  }
}

/** Writes a text into a folder of a workplace. */
export function writeInto(folder: string, name: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
