import type { RunSummary } from './schema.js';

/** A run, as far as the files it read and wrote are concerned. */
export type RunWithFiles = Pick<RunSummary, 'id' | 'started' | 'ended'> &
  Partial<Pick<RunSummary, 'inputs' | 'outputs' | 'artifacts' | 'datasets'>>;

/** What a run did with a file. */
export type Use = 'output' | 'artifact' | 'input' | 'dataset';

/** That a run read or wrote some bytes. */
export interface IFileUse<Run extends RunWithFiles = RunWithFiles> {
  run: Run;
  how: Use;
  /** Where the file was: relative to the notebook's folder, or within the artifacts. */
  path: string;
  sha256: string;
  size: number | null;
  /** The execution that did it, where it is known. */
  cell: number | null;
}

/** A file that a run read, and where its bytes came from. */
export interface IOrigin<Run extends RunWithFiles = RunWithFiles> {
  path: string;
  /** Null where the content was not hashed, so that nothing can be said of where it came from. */
  sha256: string | null;
  size: number | null;
  cell: number | null;
  /** The run that made these bytes last before they were read, with its own origins; null where none is known. */
  maker: IMaker<Run> | null;
}

/** A run that made a file, and what it was made of. */
export interface IMaker<Run extends RunWithFiles = RunWithFiles> {
  use: IFileUse<Run>;
  /** How many other runs wrote the same bytes. */
  others: number;
  origins: IOrigin<Run>[];
  /** Whether it has origins that are told elsewhere in the same tree already. */
  told: boolean;
  /** Whether it has origins that are too far back to be told: its own lineage goes on with them. */
  more: boolean;
}

/** A run that read what another one wrote, and who read what it wrote in turn. */
export interface IReader<Run extends RunWithFiles = RunWithFiles> {
  use: IFileUse<Run>;
  readers: IReader<Run>[];
  told: boolean;
  more: boolean;
}

/** So many generations are told. A chain of checkpoints may be thousands of runs long, which nobody reads. */
const MOST_GENERATIONS = 50;

const WRITES: readonly Use[] = ['output', 'artifact'];

/**
 * Which runs read and wrote which bytes.
 *
 * #### Notes
 * Bytes are told by their hash alone, so a file that was renamed, moved or copied is the same one.
 */
export class FileIndex<Run extends RunWithFiles = RunWithFiles> {
  constructor(runs: Iterable<Run>) {
    for (const run of runs) {
      for (const use of usesOf(run)) {
        const known = this._uses.get(use.sha256);
        if (known) {
          known.push(use);
        } else {
          this._uses.set(use.sha256, [use]);
        }
      }
    }
  }

  /** The runs that wrote exactly these bytes or kept them, newest first. */
  writers(sha256: string): IFileUse<Run>[] {
    return this._of(sha256, use => WRITES.includes(use.how));
  }

  /** The runs that read exactly these bytes, newest first. */
  readers(sha256: string): IFileUse<Run>[] {
    return this._of(sha256, use => !WRITES.includes(use.how));
  }

  /** The files that a run read, each with the run that made it, and so on back to the beginning. */
  origins(run: Run): IOrigin<Run>[] {
    return this._origins(run, new Set([run.id]), 0);
  }

  /** The runs that read what a run wrote, those that read what they wrote, and so on. */
  descendants(run: Run): IReader<Run>[] {
    return this._descendants(run, new Set([run.id]), 0);
  }

  private _of(sha256: string, wanted: (use: IFileUse<Run>) => boolean): IFileUse<Run>[] {
    const seen = new Set<string>();
    return (this._uses.get(sha256) ?? [])
      .filter(wanted)
      .sort((a, b) => (a.run.id < b.run.id ? 1 : a.run.id > b.run.id ? -1 : 0))
      .filter(({ run }) => !seen.has(run.id) && seen.add(run.id));
  }

  private _origins(run: Run, told: Set<string>, depth: number): IOrigin<Run>[] {
    const origins: IOrigin<Run>[] = [];
    const seen = new Set<string>();
    for (const { path, sha256, size, cell } of readsOf(run)) {
      const key = `${sha256 ?? ''} ${path}`;
      if (!seen.has(key)) {
        seen.add(key);
        const maker = sha256 ? this._maker(run, sha256, told, depth) : null;
        origins.push({
          path,
          sha256: sha256 ?? null,
          size: size ?? null,
          cell: cell ?? null,
          maker
        });
      }
    }
    return origins;
  }

  /** Who made what a run read: the last one that wrote it before. A later run cannot have been its source. */
  private _maker(
    reader: Run,
    sha256: string,
    told: Set<string>,
    depth: number
  ): IMaker<Run> | null {
    const end = reader.ended ?? '\uffff';
    const makers = this.writers(sha256).filter(
      ({ run }) => run.id !== reader.id && (run.started ?? '') < end && run.id < reader.id
    );
    const [use] = makers;
    if (!use) {
      return null;
    }
    const reads = readsOf(use.run).length > 0;
    const known = reads && told.has(use.run.id);
    const more = reads && !known && depth + 1 >= MOST_GENERATIONS;
    if (!more) {
      told.add(use.run.id);
    }
    const origins = known || more ? [] : this._origins(use.run, told, depth + 1);
    return { use, others: makers.length - 1, origins, told: known, more };
  }

  private _descendants(run: Run, told: Set<string>, depth: number): IReader<Run>[] {
    const hashes = new Set(
      usesOf(run).flatMap(({ how, sha256 }) => (WRITES.includes(how) ? [sha256] : []))
    );
    const seen = new Set<string>();
    const readers: IReader<Run>[] = [];
    for (const sha256 of hashes) {
      for (const use of this.readers(sha256)) {
        const key = `${use.run.id} ${sha256}`;
        if (use.run.id <= run.id || seen.has(key)) {
          continue;
        }
        seen.add(key);
        const known = told.has(use.run.id);
        const more = !known && depth + 1 >= MOST_GENERATIONS;
        if (!more) {
          told.add(use.run.id);
        }
        const further = known || more ? [] : this._descendants(use.run, told, depth + 1);
        readers.push({ use, readers: further, told: known, more });
      }
    }
    return readers;
  }

  private readonly _uses = new Map<string, IFileUse<Run>[]>();
}

interface IEntry {
  path?: string | null;
  name?: string;
  sha256?: string | null;
  size?: number | null;
  cell?: number | null;
}

function usesOf<Run extends RunWithFiles>(run: Run): IFileUse<Run>[] {
  const uses: IFileUse<Run>[] = [];
  const add = (how: Use, entries: readonly IEntry[] | undefined): void => {
    for (const { path, name, sha256, size, cell } of entries ?? []) {
      if (typeof sha256 === 'string') {
        const where = path ?? name ?? '';
        uses.push({ run, how, path: where, sha256, size: size ?? null, cell: cell ?? null });
      }
    }
  };
  add('output', run.outputs);
  add('artifact', run.artifacts);
  add('input', run.inputs);
  add('dataset', run.datasets);
  return uses;
}

/** What a run read, but for what an earlier cell of its own had written: that is no source of it. */
function readsOf(run: RunWithFiles): (IEntry & { path: string })[] {
  const written = new Map<string, number>();
  for (const { sha256, cell } of [...(run.outputs ?? []), ...(run.artifacts ?? [])]) {
    if (sha256 && typeof cell === 'number') {
      written.set(sha256, Math.min(cell, written.get(sha256) ?? Infinity));
    }
  }
  return allReadsOf(run).filter(
    ({ sha256, cell }) =>
      !(sha256 && typeof cell === 'number' && (written.get(sha256) ?? Infinity) < cell)
  );
}

function allReadsOf(run: RunWithFiles): (IEntry & { path: string })[] {
  const inputs = (run.inputs ?? []).map(entry => ({ ...entry, path: entry.path }));
  const known = new Set(inputs.map(({ sha256 }) => sha256));
  const datasets = (run.datasets ?? [])
    .filter(({ sha256 }) => sha256 && !known.has(sha256))
    .map(entry => ({ ...entry, path: entry.path ?? entry.name }));
  return [...inputs, ...datasets];
}
