import { describe, expect, it } from 'vitest';
import { lineageOf, visibleNodes, type ILineageNode } from '../../src/lab/lineage/tree.js';
import type { IRun } from '../../src/lab/store/protocol.js';
import { summary } from './summary.js';

const written = (path: string, sha256: string | null = path): IRun['outputs'][number] => ({
  path,
  sha256,
  size: 3,
  cell: 1
});
const read = (path: string, sha256: string | null = path): IRun['inputs'][number] => ({
  path,
  sha256,
  size: 3,
  how: 'open',
  cell: 2
});

const run = (at: number, fields: Partial<IRun>): IRun =>
  summary({
    id: `2026112${at}-150000000-aaaa`,
    name: `r${at}`,
    started: `2026-11-2${at}T15:00:00.000000Z`,
    ended: `2026-11-2${at}T15:01:00.000000Z`,
    ...fields
  });

const prepare = run(1, { inputs: [read('raw')], outputs: [written('data')] });
const train = run(2, {
  inputs: [read('copy of data', 'data'), read('big', null)],
  outputs: [written('model'), written('unused')]
});
const use = run(3, { inputs: [read('renamed', 'model')], outputs: [written('report')] });
const print = run(4, { inputs: [read('report')] });

/** The tree as text: a line for each node, indented. */
const told = (nodes: readonly ILineageNode[], closed: readonly string[] = []): string[] =>
  visibleNodes(nodes, key => closed.includes(key)).map(
    ({ node, level }) =>
      `${'  '.repeat(level - 1)}${node.kind} ${node.path}${node.run ? ` ${node.run.name}` : ''}`
  );

describe('the lineage of a run', () => {
  const lineage = lineageOf([print, use, train, prepare], train.id);

  it('goes back from the files it read to the runs that made them, whatever they are called', () => {
    expect(told(lineage!.origins)).toEqual(['file copy of data r1', '  file raw', 'file big']);
  });

  it('goes on from the files it wrote to the runs that read them, and to theirs', () => {
    expect(told(lineage!.uses)).toEqual([
      'file model',
      '  run renamed r3',
      '    file report',
      '      run report r4',
      'file unused'
    ]);
  });

  it('hides what is below a closed line', () => {
    const [model] = lineage!.uses;
    expect(told(lineage!.uses, [model.key])).toEqual(['file model', 'file unused']);
  });

  it('is null for a run that is not there', () => {
    expect(lineageOf([train], 'none')).toBeNull();
  });
});
