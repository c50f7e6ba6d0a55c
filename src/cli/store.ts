/**
 * The runs on this machine, read from their logs.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MetricCells } from '../reproduce/metriccells.js';
import { NotebookSummary, readLog, type RunSummary } from '../runlog/index.js';
import { type Catalog, openCatalog } from './catalog/catalog.js';
import type { ListedRun } from './catalog/packing.js';
import { exit, Stop, type ICall, usageError } from './command.js';
import { feedFile } from './feed.js';
import { names, notebookPlaces, type INotebookFolder } from './folders.js';
import { alive } from './liveness.js';
import { reason } from './reason.js';

/** A run and where it is. The summary has no metrics: {@link Notebook.summary} reads them too. */
export interface IFoundRun {
  readonly id: string;
  readonly name: string | null;
  readonly notebook: Notebook;
}

/** One notebook's logs, read once. */
export class Notebook {
  /** @param only - the logs to be read; all of them where it is left out */
  constructor(
    readonly place: INotebookFolder,
    private readonly _only?: ReadonlySet<string>
  ) {
    for (const { id, path } of this._files()) {
      this._summary.feedLog(readLog(id, readFileSync(path)));
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
      feedFile(join(this.place.folder, run, 'metrics.jsonl'), piece => {
        this._summary.feedPoints(run, piece);
      });
    }
    return this.outline(run);
  }

  /** The texts of its session logs. */
  logs(): Array<{ id: string; text: string }> {
    return this._files().map(({ id, path }) => ({ id, text: readFileSync(path, 'utf8') }));
  }

  /** The executions that logged metrics of a run. */
  metricCells(run: string): number[] {
    const cells = new MetricCells();
    feedFile(join(this.place.folder, run, 'metrics.jsonl'), piece => {
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

  private _files(): Array<{ id: string; path: string }> {
    const folder = join(this.place.folder, 'sessions');
    return names(folder)
      .filter(file => file.endsWith('.jsonl') && !file.startsWith('.'))
      .sort()
      .map(file => ({ id: file.slice(0, -'.jsonl'.length), path: join(folder, file) }))
      .filter(({ id }) => this._only?.has(id) ?? true);
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
  const catalog = openCatalog(call);
  const run = named(catalog, word);
  const notebook = new Notebook(catalog.placeOf(run), catalog.logsOf(run));
  return { id: run.id, name: run.name, notebook };
}

/**
 * The run of a catalog that a word names.
 *
 * @throws Stop where there is none, or more than one
 */
export function named(catalog: Catalog, word: string): ListedRun {
  const runs = catalog.runs();
  if (word === 'latest') {
    // A run that recorded nothing is one that nobody means.
    const found = runs.find(run => records(catalog.placeOf(run), run.id)) ?? runs[0];
    return found ?? none(`There are no runs here.`);
  }
  const exact = runs.filter(({ id }) => id === word);
  const byName = exact.length ? exact : runs.filter(({ name }) => name === word);
  const found = byName.length ? byName : runs.filter(({ id }) => id.startsWith(word));
  const [first] = found;
  if (!first || word === '') {
    return none(`There is no run ${JSON.stringify(word)} here: \`backtrail runs\` lists them.`);
  }
  if (found.length > 1) {
    const ids = found.slice(0, 5).map(({ id }) => id);
    const more = found.length > ids.length ? ', …' : '';
    throw usageError(
      `${JSON.stringify(word)} names ${found.length} runs (${ids.join(', ')}${more}): give an id.`
    );
  }
  return first;
}

/** The whole summaries of some runs of a catalog, in their order. */
export function wholeRuns(catalog: Catalog, runs: readonly ListedRun[]): RunSummary[] {
  const byFolder = new Map<INotebookFolder, Set<string>>();
  for (const run of runs) {
    const logs = byFolder.get(catalog.placeOf(run)) ?? new Set();
    byFolder.set(catalog.placeOf(run), logs);
    catalog.logsOf(run).forEach(log => logs.add(log));
  }
  const notebooks = new Map(
    [...byFolder].map(([place, logs]) => [place, new Notebook(place, logs)])
  );
  return runs.flatMap(run => {
    const cells = notebooks.get(catalog.placeOf(run))?.outline(run.id).cells;
    return cells ? [{ ...run, cells }] : [];
  });
}

function records(place: INotebookFolder, id: string): boolean {
  return names(join(place.folder, id)).length > 0;
}

function none(message: string): never {
  throw new Stop(message, exit.noSuchRun);
}
