import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { executedNotebook } from '../../src/reproduce/index.js';
import { record, SESSION, type Cell, type IRecord } from './log.js';

interface INotebookCell {
  cell_type: string;
  execution_count?: number | null;
  id: string;
  source: string | string[];
}

async function cellsOf(cells: Cell[], more: IRecord = {}): Promise<INotebookCell[]> {
  const notebook = JSON.parse(await executedNotebook(record(cells, more))) as {
    cells: INotebookCell[];
  };
  return notebook.cells;
}

const plain = ({ source }: INotebookCell): string => [source].flat().join('');

test('every execution is a cell, with its number and its source as it was executed', async () => {
  const cells = await cellsOf(['rate = 0.1', '%time fit(rate)\n', 'rate = 0.2']);
  expect(cells.map(plain)).toEqual(['rate = 0.1', '%time fit(rate)\n', 'rate = 0.2']);
  expect(cells.map(cell => cell.execution_count)).toEqual([1, 2, 3]);
  expect(new Set(cells.map(({ id }) => id)).size).toBe(3);
});

test('markdown stands before the first execution of the cell that it stood before', async () => {
  const outline = JSON.stringify([
    { id: 'm', type: 'markdown', source: '# Title' },
    { id: 'a', type: 'code' },
    { id: 'n', type: 'markdown', source: 'Then' },
    { id: 'never', type: 'code' },
    { id: 'b', type: 'code' }
  ]);
  const sha256 = createHash('sha256').update(outline).digest('hex');
  const cells = await cellsOf(
    [
      { source: 'b()', cell: 'b' },
      { source: 'a()', cell: 'a' },
      { source: 'a()', cell: 'a' }
    ],
    {
      events: {
        0: [{ event: 'notebook', session: SESSION, path: '/home/ada/demo.ipynb', outline: sha256 }]
      },
      blobs: { [sha256]: outline }
    }
  );
  expect(cells.map(plain)).toEqual(['Then', 'b()', '# Title', 'a()', 'a()']);
});

test('a source that the record lacks is said', async () => {
  const lost = { source: undefined as unknown as string, source_blob: '0'.repeat(64) };
  const [cell] = await cellsOf([lost]);
  expect(cell && plain(cell)).toBe('The source of cell [1] is missing from the record.');
});
