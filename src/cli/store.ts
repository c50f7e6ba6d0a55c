/**
 * The runs on this machine, read from their logs.
 */

import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { MetricCells } from '../reproduce/index.js';
import { NotebookSummary, readLog, type RunSummary } from '../runlog/index.js';
import { exit, Stop, type ICall } from './command.js';
import { names, notebookFolders, runsFolders, type INotebookFolder } from './folders.js';
import { alive } from './liveness.js';

const PIECE = 1 << 20;

/** A run and where it is. The summary has no metrics: {@link Notebook.summary} reads them too. */
export interface IFoundRun {
  readonly id: string;
  readonly name: string | null;
  readonly notebook: Notebook;
}

/** One notebook's logs, read once. */
export class Notebook {
  constructor(readonly place: INotebookFolder) {
    for (const file of names(join(place.folder, 'sessions')).sort()) {
      if (file.endsWith('.jsonl') && !file.startsWith('.')) {
        const id = file.slice(0, -'.jsonl'.length);
        this._summary.feedLog(readLog(id, readFileSync(join(place.folder, 'sessions', file))));
      }
    }
  }

  /** The ids of its runs, oldest first. */
  runs(): string[] {
    return this._summary.runs();
  }

  /** The summary of a run as far as the session logs tell. */
  outline(run: string): RunSummary {
    const summary = this._summary.summary(run, alive);
    if (!summary) {
      throw new Stop(`There is no run ${run} in ${this.place.folder}.`, exit.noSuchRun);
    }
    return summary;
  }

  /** The whole summary of a run. Its metrics are read with the first call. */
  summary(run: string): RunSummary {
    if (!this._read.has(run)) {
      this._read.add(run);
      feed(join(this.place.folder, run, 'metrics.jsonl'), piece => {
        this._summary.feedPoints(run, piece);
      });
    }
    return this.outline(run);
  }

  /** The texts of its session logs. */
  logs(): Array<{ id: string; text: string }> {
    const folder = join(this.place.folder, 'sessions');
    return names(folder)
      .filter(file => file.endsWith('.jsonl') && !file.startsWith('.'))
      .map(file => ({
        id: file.slice(0, -'.jsonl'.length),
        text: readFileSync(join(folder, file), 'utf8')
      }));
  }

  /** The executions that logged metrics of a run. */
  metricCells(run: string): number[] {
    const cells = new MetricCells();
    feed(join(this.place.folder, run, 'metrics.jsonl'), piece => {
      cells.feed(Buffer.from(piece).toString('latin1'));
    });
    return cells.cells;
  }

  /** The text of a blob, or undefined where it is missing. */
  blob(sha256: string): string | undefined {
    if (!/^[0-9a-f]{64}$/.test(sha256)) {
      return undefined;
    }
    try {
      return readFileSync(blobPath(this.place.runs, sha256), 'utf8');
    } catch {
      return undefined;
    }
  }

  private readonly _summary = new NotebookSummary();
  private readonly _read = new Set<string>();
}

/** Where a blob is in a folder of runs. */
export function blobPath(runs: string, sha256: string): string {
  return join(runs, 'blobs', 'sha256', sha256.slice(0, 2), sha256);
}

/** The notebooks that a call looks at. What cannot be read is said, and the rest is read. */
export function openNotebooks(call: ICall): Notebook[] {
  return notebookPlaces(call).flatMap(place => {
    try {
      return [new Notebook(place)];
    } catch (error) {
      call.say(`${place.folder} cannot be read: ${reason(error)}.`);
      return [];
    }
  });
}

/** The folders of notebooks that a call looks at. */
export function notebookPlaces({ option, environment, cwd }: ICall): INotebookFolder[] {
  return runsFolders(option('root'), environment, cwd).flatMap(notebookFolders);
}

/** Every run of some notebooks, newest first. */
export function allRuns(notebooks: ReadonlyArray<Notebook>): IFoundRun[] {
  return notebooks
    .flatMap(notebook =>
      notebook.runs().map(id => ({ id, name: notebook.outline(id).name, notebook }))
    )
    .sort((a, b) => (a.id < b.id ? 1 : -1));
}

/**
 * The run that a word names: an id, a unique beginning of one, a name, or `latest`.
 *
 * @throws Stop where there is none, or more than one
 */
export function findRun(call: ICall, word: string): IFoundRun {
  const runs = allRuns(openNotebooks(call));
  if (word === 'latest') {
    // A run that recorded nothing is one that nobody means.
    const found = runs.find(({ id, notebook }) => records(notebook, id)) ?? runs[0];
    return found ?? none(`There are no runs here.`);
  }
  const exact = runs.filter(({ id }) => id === word);
  const named = exact.length ? exact : runs.filter(({ name }) => name === word);
  const found = named.length ? named : runs.filter(({ id }) => id.startsWith(word));
  const [first] = found;
  if (!first || word === '') {
    return none(`There is no run ${JSON.stringify(word)} here: \`backtrail runs\` lists them.`);
  }
  if (found.length > 1) {
    const ids = found.slice(0, 5).map(({ id }) => id);
    const more = found.length > ids.length ? ', …' : '';
    throw usage(
      `${JSON.stringify(word)} names ${found.length} runs (${ids.join(', ')}${more}): give an id.`
    );
  }
  return first;
}

function records(notebook: Notebook, id: string): boolean {
  return names(join(notebook.place.folder, id)).length > 0;
}

function none(message: string): never {
  throw new Stop(message, exit.noSuchRun);
}

function usage(message: string): Stop {
  return new Stop(message, exit.usage);
}

/** Why a file could not be read or written, in a few words. */
export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const words: Record<string, string> = {
    EACCES: 'access is denied',
    EISDIR: 'it is a folder',
    ENOENT: 'it is not there',
    ENOSPC: 'the disk is full',
    ENOTDIR: 'a part of its path is no folder',
    EPERM: 'access is denied',
    EROFS: 'the disk is read-only'
  };
  return (code && words[code]) ?? message;
}

function feed(path: string, take: (piece: Uint8Array) => void): void {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return;
    }
    throw error;
  }
  try {
    const buffer = new Uint8Array(PIECE);
    for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer)) {
      take(buffer.subarray(0, size));
    }
  } finally {
    closeSync(file);
  }
}
