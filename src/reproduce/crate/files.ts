/**
 * The files of a crate: those that it holds, and those that it only names by their hashes.
 */

import type { RunSummary } from '../../runlog/index.js';
import type { IExportedScript, ISelection } from '../export.js';
import { encoded, ref, type Entity } from './identifiers.js';

/** A file of a crate: a text, or the content with a hash, which the caller finds if it can. */
export interface ICrateFile {
  readonly path: string;
  readonly text?: string;
  readonly sha256?: string;
  /** The path in the notebook's folder, where the content may still be. */
  readonly from?: string;
}

/** Everything but the metadata that a crate holds. */
export function crateFiles(
  { history }: ISelection,
  run: RunSummary,
  { script, fileName }: IExportedScript,
  log: string,
  metrics: string
): ICrateFile[] {
  const files: ICrateFile[] = [
    { path: fileName, text: script },
    { path: 'record/session.jsonl', text: log },
    { path: 'record/metrics.jsonl', text: metrics }
  ];
  if (run.code?.diff) {
    files.push({ path: 'record/changes.diff', sha256: run.code.diff });
  }
  for (const [path, sha256] of Object.entries(run.code?.untracked ?? {})) {
    if (sha256) {
      files.push({ path: `code/${inside(path)}`, sha256, from: path });
    }
  }
  const seen = new Set<string>();
  for (const { n } of history.executions) {
    const { filesRead = [], filesWritten = [] } = history.effects.get(n) ?? {};
    for (const { path, sha256 } of [...filesRead, ...filesWritten]) {
      if (path && sha256 && !seen.has(`${path} ${sha256}`)) {
        seen.add(`${path} ${sha256}`);
        files.push({ path: `data/${sha256.slice(0, 8)}/${inside(path)}`, sha256, from: path });
      }
    }
  }
  return files;
}

/** What a crate lacks of its files, in sentences. */
export function missingFiles(
  files: ReadonlyArray<ICrateFile>,
  present: ReadonlySet<string>
): string[] {
  return files
    .filter(({ path }) => !present.has(path))
    .map(
      ({ path, from }) =>
        `${from ?? path} is not in the crate: the content that was recorded is gone, or is too large.`
    );
}

/** Which entity stands for a file, and the entities of all. */
export class CrateContents {
  /** @param present - the paths of the files that the crate really holds */
  constructor(
    private readonly _files: ReadonlyArray<ICrateFile>,
    present: ReadonlySet<string>
  ) {
    this._held = _files.filter(({ path }) => present.has(path));
    const absent = _files.filter(({ path, sha256 }) => sha256 && !present.has(path));
    this._absent = [...new Map(absent.map(file => [file.sha256, file])).values()];
  }

  /** References to all of them. */
  get parts(): Entity[] {
    return [
      ...this._held.map(({ path }) => ref(encoded(path))),
      ...this._absent.map(({ sha256 = '' }) => ref(byHash(sha256)))
    ];
  }

  /** References to files by their contents. */
  known(files: ReadonlyArray<{ path: string; sha256: string | null }>): Entity[] {
    const ids = files
      .filter(({ path, sha256 }) => path !== '' && sha256 !== null)
      .map(({ path, sha256 }) => this._idOf(path, sha256 ?? ''));
    return [...new Set(ids)].map(ref);
  }

  /** @param script - the path of the one file that is described as the workflow */
  entities(script: string): Entity[] {
    return [
      ...this._held.filter(({ path }) => path !== script).map(fileEntity),
      ...this._absent.map(({ sha256 = '', from = '' }) => ({
        '@id': byHash(sha256),
        '@type': 'File',
        name: from || 'changes.diff',
        sha256,
        description: 'Not in this crate: only its hash was recorded.'
      }))
    ];
  }

  private _idOf(path: string, sha256: string): string {
    const file = this._files.find(one => one.from === path && one.sha256 === sha256);
    return file && this._held.includes(file) ? encoded(file.path) : byHash(sha256);
  }

  private readonly _held: ReadonlyArray<ICrateFile>;
  private readonly _absent: ReadonlyArray<ICrateFile>;
}

function byHash(sha256: string): string {
  return `urn:hash::sha256:${sha256}`;
}

function fileEntity({ path, sha256, from }: ICrateFile): Entity {
  const name = from ?? path.split('/').at(-1) ?? path;
  return { '@id': encoded(path), '@type': 'File', name, ...(sha256 ? { sha256 } : {}) };
}

/** A path of the notebook's folder as one that leads nowhere else. */
function inside(path: string): string {
  return path
    .split(/[\\/]/)
    .filter(part => part !== '' && part !== '.' && part !== '..' && !part.includes(':'))
    .join('/');
}
