import {
  differenceOf,
  materialOf,
  sectionsOf,
  sentenceOf,
  textOf,
  type Entry,
  type IMaterial,
  type ISection
} from '../../runlog/compare.js';
import { exit, usageError, type ICall, type ICommand } from '../command.js';
import type { IScreen } from '../screen.js';
import { findRun, type IFoundRun } from '../store.js';
import { printable, shown, table } from '../table.js';

/** How many runs stand side by side. */
const MOST = 20;

/** How much room a value has in the table, in letters. */
const WIDTH = 40;

/** `backtrail compare` */
export const compare: ICommand = {
  name: 'compare',
  usage: 'RUN RUN… [--all]',
  does: 'Tells in what runs differ from the first of them.',
  options: [{ name: 'all', does: 'also what is the same in all of them' }],
  completes: 'run',
  run: call => {
    const found = findRuns(call);
    const materials = found.map(readMaterial);
    call.print(
      call.flag('json')
        ? `${JSON.stringify(asJson(materials), null, 1)}\n`
        : `${describe(materials, call.flag('all'), call.screen)}\n`
    );
    return exit.ok;
  }
};

function findRuns(call: ICall): IFoundRun[] {
  const { words } = call;
  if (words.length < 2 || words.length > MOST) {
    throw usageError(`Which runs? \`compare\` takes 2 to ${MOST} of them, not ${words.length}.`);
  }
  const found = words.map(word => findRun(call, word));
  const ids = new Set(found.map(({ id }) => id));
  if (ids.size < found.length) {
    throw usageError('A run is named twice: `compare` takes different ones.');
  }
  return found;
}

function readMaterial({ id, notebook }: IFoundRun): IMaterial {
  const run = notebook.summary(id);
  const packages = run.environment?.packages;
  return materialOf(run, {
    log: notebook.logs().find(log => log.id === run.session)?.text,
    packages: packages ? notebook.blob(packages) : undefined
  });
}

function describe(materials: readonly IMaterial[], all: boolean, screen: IScreen): string {
  const [base] = materials;
  const names = materials.map(nameOf);
  const sentences = materials.slice(1).map((one, at) => {
    const { says, unknown } = sentenceOf(differenceOf(base, one));
    const head = materials.length > 2 ? `${names[at + 1]}: ` : '';
    return printable(`${head}${says}.${unknown ? ` ${unknown}.` : ''}`);
  });
  const rows = sectionsOf(materials).flatMap(section => rowsOf(section, all));
  const list = rows.length > 0 ? [['', ...names], ...rows] : [];
  return [sentences.join('\n'), ...(list.length > 0 ? [table(list, { screen })] : [])].join('\n\n');
}

function rowsOf({ name, rows, same }: ISection, all: boolean): string[][] {
  const shownRows = rows.filter(row => all || row.agreement === 'differs');
  const unknown = rows.filter(row => row.agreement === 'unknown').length;
  const rest = all
    ? ''
    : [same && `${same} the same`, unknown && `${unknown} not known`].filter(Boolean).join(', ');
  return shownRows.length === 0
    ? []
    : [
        [`${name}${rest ? ` (beside ${rest})` : ''}`],
        ...shownRows.map(({ key, entries }) => [cut(`  ${key}`), ...entries.map(entryText)])
      ];
}

function entryText(entry: Entry): string {
  if (entry.kind === 'absent') {
    return '–';
  }
  const { value } = entry;
  if (typeof value === 'object' && value !== null && 'sha256' in value) {
    return typeof value.sha256 === 'string' ? value.sha256.slice(0, 12) : '?';
  }
  return entry.kind === 'unknown' ? '?' : cut(shown(value) || JSON.stringify(value));
}

function cut(text: string): string {
  const letters = Array.from(text);
  return letters.length > WIDTH ? `${letters.slice(0, WIDTH - 1).join('')}…` : text;
}

function nameOf({ run }: IMaterial): string {
  return run.name ? cut(run.name) : run.id;
}

function asJson(materials: readonly IMaterial[]): unknown {
  const [base] = materials;
  return {
    runs: materials.map(({ run }) => ({ id: run.id, name: run.name })),
    changes: materials.slice(1).map(one => {
      const difference = differenceOf(base, one);
      return {
        run: one.run.id,
        ...sentenceOf(difference),
        all: difference.changes.map(change => ({ kind: change.kind, says: textOf(change) })),
        cells: difference.cells.map(({ before, after, agreement }) => ({
          before: before && { n: before.n, count: before.count, cell: before.cell },
          after: after && { n: after.n, count: after.count, cell: after.cell },
          agreement
        }))
      };
    }),
    sections: sectionsOf(materials).map(({ name, rows, same }) => ({
      name,
      same,
      rows: rows.map(({ key, entries, agreement }) => ({
        key,
        agreement,
        values: entries.map(entry => ({ kind: entry.kind, ...valueOf(entry) }))
      }))
    }))
  };
}

function valueOf(entry: Entry): { value?: unknown } {
  return entry.kind === 'absent' || entry.value === undefined ? {} : { value: entry.value };
}
