import { FileIndex, type IFileUse, type IOrigin, type IReader } from '../../runlog/index.js';
import type { IRunSummary } from '../store/protocol.js';

/** A file or a run in the lineage of a run. */
export interface ILineageNode {
  /** Its place in the tree. */
  readonly key: string;
  readonly kind: 'file' | 'run';
  /** The path of the file, as it was called there. */
  readonly path: string;
  /** Null where the content was not hashed. */
  readonly sha256: string | null;
  /** Bytes. */
  readonly size: number | null;
  /** The run that made the file, or that read it; null where none is known. */
  readonly run: IRunSummary | null;
  /** The execution that made or read it. */
  readonly cell: number | null;
  /** How many other runs wrote the same bytes. */
  readonly others: number;
  /** Whether what follows stands elsewhere in the same tree already. */
  readonly told: boolean;
  /** Whether it goes on further than is shown. */
  readonly more: boolean;
  readonly children: readonly ILineageNode[];
}

/** What a run was made of, and what was made of it. */
export interface ILineage {
  readonly run: IRunSummary;
  /** The files that it read, each with the run that made it, and so on back. */
  readonly origins: readonly ILineageNode[];
  /** The files that it wrote, each with the runs that read it, and so on. */
  readonly uses: readonly ILineageNode[];
}

/** Draws up the lineage of one of some runs; null where it is not among them. */
export function lineageOf(runs: readonly IRunSummary[], id: string): ILineage | null {
  const run = runs.find(one => one.id === id);
  if (!run) {
    return null;
  }
  const files = new FileIndex<IRunSummary>(runs);
  const readers = files.descendants(run);
  return {
    run,
    origins: originNodes(files.origins(run), ''),
    uses: writtenBy(run).map((file, at): ILineageNode => {
      const key = `>${at}`;
      return {
        ...file,
        key,
        children: readerNodes(
          readers.filter(({ use }) => use.sha256 === file.sha256),
          key
        )
      };
    })
  };
}

/** The nodes that are seen: those below a closed one are not. */
export function visibleNodes(
  nodes: readonly ILineageNode[],
  isClosed: (key: string) => boolean,
  level = 1
): { readonly node: ILineageNode; readonly level: number }[] {
  return nodes.flatMap(node => [
    { node, level },
    ...(isClosed(node.key) ? [] : visibleNodes(node.children, isClosed, level + 1))
  ]);
}

function originNodes(origins: readonly IOrigin<IRunSummary>[], above: string): ILineageNode[] {
  return origins.map(({ path, sha256, size, maker }, at) => {
    const key = `${above}<${at}`;
    return {
      key,
      kind: 'file',
      path,
      sha256,
      size,
      run: maker?.use.run ?? null,
      cell: maker?.use.cell ?? null,
      others: maker?.others ?? 0,
      told: maker?.told ?? false,
      more: maker?.more ?? false,
      children: originNodes(maker?.origins ?? [], key)
    };
  });
}

function readerNodes(readers: readonly IReader<IRunSummary>[], above: string): ILineageNode[] {
  return readers.map(({ use, readers: further, told, more }, at) => {
    const key = `${above}>${at}`;
    return {
      key,
      kind: 'run',
      path: use.path,
      sha256: use.sha256,
      size: use.size,
      run: use.run,
      cell: use.cell,
      others: 0,
      told,
      more,
      children: usedFiles(use, further, key)
    };
  });
}

/** The files of a run that somebody read, each with who did. */
function usedFiles(
  { run }: IFileUse<IRunSummary>,
  readers: readonly IReader<IRunSummary>[],
  above: string
): ILineageNode[] {
  return writtenBy(run).flatMap((file, at) => {
    const own = readers.filter(({ use }) => use.sha256 === file.sha256);
    const key = `${above}>${at}`;
    return own.length > 0 ? [{ ...file, key, children: readerNodes(own, key) }] : [];
  });
}

/** What a run wrote or kept, the same bytes once. */
function writtenBy(run: IRunSummary): Omit<ILineageNode, 'key' | 'children'>[] {
  const seen = new Set<string>();
  const written = [...run.outputs, ...run.artifacts.map(one => ({ ...one, path: one.name }))];
  return written
    .filter(({ path, sha256 }) => {
      const key = sha256 ?? path;
      return !seen.has(key) && seen.add(key);
    })
    .map(({ path, sha256, size, cell }) => ({
      kind: 'file' as const,
      path,
      sha256: sha256 ?? null,
      size: size ?? null,
      run: null,
      cell: cell ?? null,
      others: 0,
      told: false,
      more: false
    }));
}
