/**
 * The files that a script needs to find as they were.
 */

import type { IHistory } from './history.js';

/** A file by its path, as a script in the folder of the session finds it. */
export interface IInput {
  readonly path: string;
  readonly sha256: string;
  /** The first execution that read it. */
  readonly n: number;
}

/** The files that the executions of a history read before any of them wrote them. */
export function inputsOf(history: IHistory): IInput[] {
  const inputs = new Map<string, IInput>();
  const written = new Set<string>();
  for (const { n } of history.executions) {
    const { filesRead = [], filesWritten = [] } = history.effects.get(n) ?? {};
    const here = new Set(filesWritten.map(({ path }) => path));
    for (const { path, sha256, kind } of filesRead) {
      const made = written.has(path) || (here.has(path) && wroteThat(filesWritten, path, sha256));
      if (kind === 'file' && path && sha256 && !made && !inputs.has(path)) {
        inputs.set(path, { path: located(path, history), sha256, n });
      }
    }
    here.forEach(path => written.add(path));
  }
  return [...inputs.values()];
}

/** Whether the content that was read is one that the same execution wrote. */
function wroteThat(
  files: ReadonlyArray<{ path: string; sha256: string | null }>,
  path: string,
  sha256: string | null
): boolean {
  return files.some(file => file.path === path && file.sha256 === sha256);
}

/** Paths in the log are relative to the notebook, those in a script to where the kernel began. */
function located(path: string, { session }: IHistory): string {
  const folder = session.notebook.path.replace(/[\\/][^\\/]*$/, '');
  const absolute = /^(?:\/|[A-Za-z]:[\\/])/.test(path);
  return absolute || !session.cwd || session.cwd === folder ? path : `${folder}/${path}`;
}
