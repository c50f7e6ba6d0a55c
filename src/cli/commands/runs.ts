import { type Aggregate, groupRuns, type IMeasure } from '../../runlog/filter.js';
import { isEmptyRun } from '../../runlog/index.js';
import { openCatalog } from '../catalog/catalog.js';
import type { ListedRun } from '../catalog/packing.js';
import { sorted, textOf, usualColumns } from '../columns.js';
import { exit, usageError, type ICall, type ICommand } from '../command.js';
import { filtered } from '../filter.js';
import { wholeRuns } from '../store.js';
import { shown, table } from '../table.js';

/** How many params and metrics a list shows by itself. */
const KEYS = 4;

const AGGREGATES = ['sum', 'min', 'max', 'mean'] as const satisfies Aggregate[];

/** `backtrail runs` */
export const runs: ICommand = {
  name: 'runs',
  usage: '[--where EXPR] [--sort KEY] [--columns A,B,…] [--group KEY] [--all]',
  does: 'Lists runs, newest first.',
  options: [
    { name: 'sort', value: 'KEY', does: 'order by a column, --sort=-KEY the other way round' },
    {
      name: 'columns',
      value: 'A,B',
      does: 'columns: fields, params, metrics, tags, by their names'
    },
    { name: 'where', value: 'EXPR', does: 'only runs that a filter lets through (docs/filter.md)' },
    { name: 'group', value: 'KEY', does: 'count the runs by the value of a key' },
    ...AGGREGATES.map(name => ({
      name,
      value: 'KEY',
      does: `with --group: the ${name} of a key in each group`
    })),
    { name: 'all', does: 'also runs that recorded nothing, and archived ones' }
  ],
  run: call => {
    if (call.words.length) {
      throw usageError(
        `\`runs\` takes no ${JSON.stringify(call.words[0])}: \`show RUN\` shows one run.`
      );
    }
    const sort = call.option('sort');
    const columns = call.option('columns')?.split(',').filter(Boolean);
    const catalog = openCatalog(call);
    const all = catalog.runs();
    const listed = all.filter(run => call.flag('all') || !(isEmptyRun(run) || run.archived));
    const found = filtered(call, listed, all);
    const group = call.option('group');
    if (group !== undefined) {
      return printGroups(call, found, group);
    }
    const ordered = sort === undefined ? found : sorted(found, sort);
    if (call.flag('json')) {
      call.print(`${JSON.stringify(wholeRuns(catalog, ordered), null, 1)}\n`);
    } else if (ordered.length) {
      const shown = columns ?? [...usualColumns, ...keysOf(ordered)];
      const rows = ordered.map(run => shown.map(column => textOf(run, column)));
      call.print(`${table([shown.map(column => column.toUpperCase()), ...rows])}\n`);
    } else {
      call.say(emptyList(all.length, listed.length));
    }
    return exit.ok;
  }
};

function emptyList(all: number, listed: number): string {
  if (listed) {
    return 'No run is let through by this filter.';
  }
  const hidden = all ? `, except ${all} that recorded nothing or are archived (--all)` : '';
  return `There are no runs here${hidden}.`;
}

function printGroups(call: ICall, found: ReadonlyArray<ListedRun>, key: string): number {
  const measures: IMeasure[] = AGGREGATES.flatMap(aggregate => {
    const measured = call.option(aggregate);
    return measured === undefined ? [] : [{ aggregate, key: measured }];
  });
  const groups = groupRuns(found, key, measures);
  const heads = measures.map(({ aggregate, key: measured }) => `${aggregate} ${measured}`);
  if (call.flag('json')) {
    const listed = groups.map(({ value, runs: own, measures: numbers }) => ({
      [key]: value ?? null,
      runs: own.length,
      ...Object.fromEntries(heads.map((head, index) => [head, numbers[index] ?? null]))
    }));
    call.print(`${JSON.stringify(listed, null, 1)}\n`);
  } else if (groups.length) {
    const rows = groups.map(({ value, runs: own, measures: numbers }) =>
      [value, own.length, ...numbers].map(shown)
    );
    call.print(`${table([[key, 'runs', ...heads].map(head => head.toUpperCase()), ...rows])}\n`);
  } else {
    call.say('There are no runs to group.');
  }
  return exit.ok;
}

/** The params and metrics that most of the runs have. */
function keysOf(list: ReadonlyArray<ListedRun>): string[] {
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
