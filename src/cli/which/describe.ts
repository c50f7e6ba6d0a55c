/**
 * What is known of a file, for people.
 */

import type { IOrigin } from '../../runlog/index.js';
import type { ListedRun } from '../catalog/packing.js';
import { runFacts } from '../describe.js';
import type { IScreen } from '../screen.js';
import { moment, printable } from '../table.js';
import type { IExecuted } from './execution.js';
import type { IWriter } from './found.js';

/** So many lines of a cell are printed: enough to know it again. */
const SOURCE_LINES = 12;

/** A run that wrote the file, with what it was made of as a tree. */
export function describeWriter(
  { use, run, origins, execution }: IWriter,
  diff: string | undefined,
  screen: IScreen
): string {
  const verb = use.how === 'artifact' ? 'kept as' : 'written as';
  const head = `${screen.bold(printable(run.name ?? run.id))}  ${run.id}`;
  const how = `${verb} ${printable(use.path)}${inCell(execution)}`;
  const facts = runFacts(run);
  const lines = [
    head,
    `  ${how}`,
    ...indented(facts, '  '),
    ...(diff ? [`  diff of what was not committed: ${diff}`] : []),
    ...sourceLines(execution?.source ?? '')
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
      const again = maker.told ? ' (see above)' : maker.more ? ' (and so on)' : '';
      lines.push(
        `  by ${printable(run.name ?? '')} ${run.id}${other}${where}${more}${again}`,
        ...indented(originLines(maker.origins), '    ')
      );
    }
    return lines.map((line, at) => `${at ? (last ? '   ' : '│  ') : last ? '└─ ' : '├─ '}${line}`);
  });
}

function inCell(execution: IExecuted | undefined): string {
  return execution
    ? ` in cell [${execution.count ?? execution.n}], executed ${moment(execution.time)} UTC`
    : '';
}

/** The beginning of what wrote the file. */
function sourceLines(source: string): string[] {
  const lines = source
    .trimEnd()
    .split('\n')
    .filter(line => line.trim() !== '');
  const rest =
    lines.length > SOURCE_LINES ? [`… ${lines.length - SOURCE_LINES + 1} more lines`] : [];
  const shownLines = rest.length ? lines.slice(0, SOURCE_LINES - 1) : lines;
  return [...shownLines, ...rest].map((line, at) =>
    `  ${(at === 0 ? 'cell' : '').padEnd(8)}  ${printable(line.replaceAll('\t', '    '))}`.trimEnd()
  );
}

function indented(lines: readonly string[], by: string): string[] {
  return lines.map(line => by + line);
}
