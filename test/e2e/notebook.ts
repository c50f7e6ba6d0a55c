/** Notebooks as files, made by tests. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a notebook of code cells.
 *
 * @param path - absolute
 * @param sources - one per cell; its id is `cell-1`, `cell-2`, …
 * @param metadata - more of the notebook's metadata
 */
export function writeNotebook(
  path: string,
  sources: string[],
  metadata: Record<string, unknown> = {}
): void {
  const cells = sources.map((source, index) => ({
    cell_type: 'code',
    execution_count: null,
    id: `cell-${index + 1}`,
    metadata: {},
    outputs: [],
    source
  }));
  const kernelspec = { display_name: 'Python 3 (ipykernel)', language: 'python', name: 'python3' };
  const notebook = {
    cells,
    metadata: { kernelspec, ...metadata },
    nbformat: 4,
    nbformat_minor: 5
  };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(notebook));
}
