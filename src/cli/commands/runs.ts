import { isEmptyRun, type RunSummary } from '../../runlog/index.js';
import { sorted, textOf, usualColumns } from '../columns.js';
import { exit, usageError, type ICommand } from '../command.js';
import { allRuns, openNotebooks } from '../store.js';
import { table } from '../table.js';

/** How many params and metrics a list shows by itself. */
const KEYS = 4;

/** `backtrail runs` */
export const runs: ICommand = {
  name: 'runs',
  usage: '[--sort KEY] [--columns A,B,…] [--all]',
  does: 'Lists runs, newest first.',
  options: [
    { name: 'sort', value: 'KEY', does: 'order by a column, --sort=-KEY the other way round' },
    {
      name: 'columns',
      value: 'A,B',
      does: 'columns: fields, params, metrics, tags, by their names'
    },
    { name: 'all', does: 'also runs that recorded nothing, and archived ones' },
    { name: 'where', value: 'EXPR', does: 'not in this version' },
    { name: 'group', value: 'KEY', does: 'not in this version' },
    { name: 'sum', value: 'KEY', does: 'not in this version' }
  ],
  run: call => {
    if (call.words.length) {
      throw usageError(
        `\`runs\` takes no ${JSON.stringify(call.words[0])}: \`show RUN\` shows one run.`
      );
    }
    for (const later of ['where', 'group', 'sum']) {
      if (call.option(later) !== undefined) {
        throw usageError(
          `--${later} comes with the filter language, which this version does not have yet.`
        );
      }
    }
    const sort = call.option('sort');
    const columns = call.option('columns')?.split(',').filter(Boolean);
    const all = allRuns(openNotebooks(call)).map(({ id, notebook }) => notebook.summary(id));
    const listed = all.filter(run => call.flag('all') || !(isEmptyRun(run) || run.archived));
    const ordered = sort === undefined ? listed : sorted(listed, sort);
    if (call.flag('json')) {
      call.print(`${JSON.stringify(ordered, null, 1)}\n`);
    } else if (ordered.length) {
      const shown = columns ?? [...usualColumns, ...keysOf(ordered)];
      const rows = ordered.map(run => shown.map(column => textOf(run, column)));
      call.print(`${table([shown.map(column => column.toUpperCase()), ...rows])}\n`);
    } else {
      const hidden = all.length
        ? `, except ${all.length} that recorded nothing or are archived (--all)`
        : '';
      call.say(`There are no runs here${hidden}.`);
    }
    return exit.ok;
  }
};

/** The params and metrics that most of the runs have. */
function keysOf(list: ReadonlyArray<RunSummary>): string[] {
  return [
    ...common(list.map(run => Object.keys(run.params))),
    ...common(list.map(run => Object.keys(run.metrics)))
  ];
}

function common(keys: ReadonlyArray<string[]>): string[] {
  const counts = new Map<string, number>();
  for (const key of keys.flat()) {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, KEYS)
    .map(([key]) => key);
}
