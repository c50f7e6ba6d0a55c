import { splitKeys } from '../../runlog/filter.js';
import { isEmptyRun } from '../../runlog/index.js';
import { openCatalog } from '../catalog/catalog.js';
import type { ListedRun } from '../catalog/packing.js';
import { sorted, textOf, usualColumns, valueOf } from '../columns.js';
import { exit, usageError, type ICall, type ICommand } from '../command.js';
import { filtered, unmatched } from '../filter.js';
import { aggregates, printGroups } from '../groups.js';
import { statusStyle } from '../screen.js';
import { wholeRuns } from '../store.js';
import { table } from '../table.js';

/** How many params and metrics a list shows by itself. */
const KEYS = 4;

/** `backtrail runs` */
export const runs: ICommand = {
  name: 'runs',
  usage: '[--where EXPR] [--sort KEY] [--columns A,B,…] [--group KEY [--sum KEY]…] [--all]',
  does: 'Lists runs, newest first, or groups them.',
  options: [
    { name: 'where', value: 'EXPR', does: 'only runs that a filter lets through (docs/filter.md)' },
    {
      name: 'sort',
      value: 'KEY',
      completes: 'keys',
      does: 'order by a column; by -KEY the other way round'
    },
    {
      name: 'columns',
      value: 'A,B',
      completes: 'keys',
      does: 'columns: fields, params, metrics, tags, by their names'
    },
    {
      name: 'group',
      value: 'KEY',
      completes: 'keys',
      does: 'count the runs by the value of a key'
    },
    ...aggregates.map(name => ({
      name,
      value: 'A,B',
      completes: 'keys' as const,
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
    const group = call.option('group');
    const measured = aggregates.find(name => call.option(name) !== undefined);
    if (group === undefined && measured !== undefined) {
      throw usageError(`--${measured} is of a group: give --group KEY too.`);
    }
    const catalog = openCatalog(call);
    const all = catalog.runs();
    const listed = all.filter(run => call.flag('all') || !(isEmptyRun(run) || run.archived));
    const found = filtered(call, listed, all);
    if (found.length === 0 && !call.flag('json')) {
      call.say(emptyList(call, all, listed));
    } else if (group === undefined) {
      printList(call, found, chosen => wholeRuns(catalog, chosen));
    } else {
      printGroups(call, found, group);
    }
    return exit.ok;
  }
};

function printList(
  call: ICall,
  found: ListedRun[],
  whole: (runs: readonly ListedRun[]) => unknown[]
): void {
  const sort = call.option('sort');
  const asked = call.option('columns');
  const columns = asked === undefined ? undefined : splitKeys(asked);
  const ordered = sort === undefined ? found : sorted(found, sort);
  sayUnknown(call, found, [...(columns ?? []), ...(sort ? [sort.replace(/^-/, '')] : [])]);
  if (call.flag('json')) {
    call.print(`${JSON.stringify(whole(ordered), null, 1)}\n`);
    return;
  }
  const shown = columns ?? [...usualColumns, ...keysOf(ordered)];
  const rows = ordered.map(run => shown.map(column => textOf(run, column)));
  const style = statusStyle(call.screen, shown.indexOf('status'));
  const spare = columns ? [] : ['DURATION', 'STARTED'];
  const setting = { screen: call.screen, whole: ['ID'], spare, style };
  call.print(`${table([shown.map(column => column.toUpperCase()), ...rows], setting)}\n`);
}

/** A key that no run has is likely written wrong. */
function sayUnknown(call: ICall, found: readonly ListedRun[], keys: readonly string[]): void {
  const unknown = found.length
    ? keys.filter(key => found.every(run => [valueOf(run, key) ?? []].flat().length === 0))
    : [];
  if (unknown.length) {
    call.say(`No run here has a value for ${unknown.join(', ')}.`);
  }
}

function emptyList(call: ICall, all: readonly ListedRun[], listed: readonly ListedRun[]): string {
  if (listed.length) {
    const unknown = unmatched(call.option('where') ?? '', listed);
    const hint = unknown.length ? `: no run here has a value for ${unknown.join(', ')}` : '';
    return `No run is let through by this filter${hint}.`;
  }
  const hidden = all.length
    ? `, except ${all.length} that recorded nothing or are archived (--all)`
    : '';
  return `There are no runs here${hidden}.`;
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
