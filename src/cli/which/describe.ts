/**
 * What is known of a file, for people.
 */

import type { IOrigin, RunSummary } from '../../runlog/index.js';
import type { ListedRun } from '../catalog/packing.js';
import { runFacts } from '../describe.js';
import { moment, printable, shown } from '../table.js';
import type { IWriter } from './found.js';

/** A run that wrote the file, with what it was made of as a tree. */
export function describeWriter({ use, run, origins }: IWriter, diff: string | undefined): string {
  const verb = use.how === 'artifact' ? 'kept as' : 'written as';
  const head = `${printable(run.name ?? run.id)}  ${run.id}`;
  const how = `${verb} ${printable(use.path)}${inCell(run, use.cell)}, ${moment(run.started)} UTC`;
  const facts = runFacts(run);
  const lines = [
    head,
    `  ${how}`,
    ...indented(facts, '  '),
    ...(diff ? [`  diff of what was not committed: ${diff}`] : [])
  ];
  const tree = originLines(origins);
  return [...lines, ...(tree.length ? ['  made of', ...indented(tree, '    ')] : [])].join('\n');
}

/** A tree of files and the runs that made them, a line each. */
export function originLines(origins: readonly IOrigin<ListedRun>[]): string[] {
  return origins.flatMap(({ path, sha256, maker }, index) => {
    const last = index === origins.length - 1;
    const lines = [`${printable(path)}  ${sha256 ? sha256.slice(0, 12) : 'not hashed'}`];
    if (maker) {
      const { run, path: then, cell } = maker.use;
      const other = then === path ? '' : ` as ${printable(then)}`;
      const where = cell === null ? '' : `, execution ${cell}`;
      const more = maker.others ? `, and ${maker.others} other${maker.others > 1 ? 's' : ''}` : '';
      const again = maker.told && (run.inputs.length || run.datasets.length) ? ' (see above)' : '';
      lines.push(
        `  by ${printable(run.name ?? '')} ${run.id}${other}${where}${more}${again}`,
        ...indented(originLines(maker.origins), '    ')
      );
    }
    return lines.map((line, at) => `${at ? (last ? '   ' : '│  ') : last ? '└─ ' : '├─ '}${line}`);
  });
}

function inCell(run: RunSummary, cell: number | null): string {
  const execution = run.cells.find(({ n }) => n === cell);
  return execution ? ` in cell [${shown(execution.count ?? execution.n)}]` : '';
}

function indented(lines: readonly string[], by: string): string[] {
  return lines.map(line => by + line);
}
