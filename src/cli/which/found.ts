/**
 * What is known of a file: the runs that wrote it, and what they were made of.
 */

import type { FileIndex, IFileUse, IOrigin, IReader, RunSummary } from '../../runlog/index.js';
import type { Catalog } from '../catalog/catalog.js';
import type { ListedRun } from '../catalog/packing.js';
import { wholeRuns } from '../store.js';
import { executionOf, type IExecuted } from './execution.js';

/** A run that wrote a file. */
export interface IWriter {
  readonly use: IFileUse<ListedRun>;
  readonly run: RunSummary;
  readonly origins: IOrigin<ListedRun>[];
  /** What wrote it; undefined where that is not known. */
  readonly execution: IExecuted | undefined;
}

/** A file, by its bytes. */
export interface IFoundFile {
  readonly sha256: string;
  /** Newest first. */
  readonly writers: IWriter[];
  /** The runs that read it, newest first. */
  readonly readers: IFileUse<ListedRun>[];
}

/** Looks a hash up. */
export function lookUp(sha256: string, files: FileIndex<ListedRun>, catalog: Catalog): IFoundFile {
  const uses = files.writers(sha256);
  const whole = new Map(
    wholeRuns(
      catalog,
      uses.map(({ run }) => run)
    ).map(run => [run.id, run])
  );
  const writers = uses.flatMap(use => {
    const run = whole.get(use.run.id);
    const execution = use.cell === null ? undefined : executionOf(catalog, use.run, use.cell);
    return run ? [{ use, run, origins: files.origins(use.run), execution }] : [];
  });
  return { sha256, writers, readers: files.readers(sha256) };
}

/** A use of a file as JSON: the run by its id and name. */
export function useJson({ run, how, path, cell, sha256 }: IFileUse<ListedRun>) {
  return { run: run.id, name: run.name, notebook: run.notebook.path, how, path, sha256, cell };
}

/** Where a run's inputs came from, as JSON. */
export function originsJson(origins: readonly IOrigin<ListedRun>[]): unknown[] {
  return origins.map(({ path, sha256, size, cell, maker }) => ({
    path,
    sha256,
    size,
    cell,
    made: maker && {
      ...useJson(maker.use),
      others: maker.others,
      ...(maker.told
        ? { told: true }
        : maker.more
          ? { more: true }
          : { inputs: originsJson(maker.origins) })
    }
  }));
}

/** Who read what a run wrote, as JSON. */
export function readersJson(readers: readonly IReader<ListedRun>[]): unknown[] {
  return readers.map(({ use, readers: further, told, more }) => ({
    ...useJson(use),
    ...(told ? { told: true } : more ? { more: true } : { readers: readersJson(further) })
  }));
}
