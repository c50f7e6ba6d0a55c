import {
  coverage as lay,
  type FilteredRun,
  type ICombination,
  type ICoverage,
  splitKeys
} from '../../runlog/filter.js';
import { isEmptyRun } from '../../runlog/index.js';
import { openCatalog } from '../catalog/catalog.js';
import { exit, type ICall, usageError, type ICommand } from '../command.js';
import { filtered, unmatched } from '../filter.js';
import { indented, type IScreen } from '../screen.js';
import { shown, table } from '../table.js';

/** So many combinations that were never tried are listed. */
const LISTED = 20;

/** `backtrail coverage` */
export const coverage: ICommand = {
  name: 'coverage',
  usage: '[--where EXPR] [--params A,B,…] [--min KEY|--max KEY]',
  does: 'Shows which combinations of params were tried, and which never.',
  options: [
    { name: 'where', value: 'EXPR', does: 'only runs that a filter lets through (docs/filter.md)' },
    {
      name: 'params',
      value: 'A,B',
      completes: 'keys',
      does: 'the params of the grid (those that vary)'
    },
    {
      name: 'min',
      value: 'KEY',
      completes: 'keys',
      does: 'the least of a key for each combination'
    },
    {
      name: 'max',
      value: 'KEY',
      completes: 'keys',
      does: 'the greatest of a key for each combination'
    }
  ],
  run: call => {
    if (call.words.length) {
      throw usageError('`coverage` takes no words: --params and --where choose.');
    }
    const [min, max] = [call.option('min'), call.option('max')];
    if (min !== undefined && max !== undefined) {
      throw usageError('Either --min or --max: one of them is the better.');
    }
    const key = min ?? max;
    const all = openCatalog(call).runs();
    const listed = all.filter(run => !isEmptyRun(run) && !run.archived);
    const found = filtered(call, listed, all);
    const keys = call.option('params');
    const grid = lay(found, {
      ...(keys === undefined ? {} : { keys: splitKeys(keys) }),
      ...(key === undefined ? {} : { measure: { key, greatest: max !== undefined } })
    });
    if (call.flag('json')) {
      const combinations = grid.combinations.map(({ values, runs, best }) => ({
        values: Object.fromEntries(grid.keys.map(({ key: name }, at) => [name, values[at]])),
        runs: runs.map(({ id }) => id),
        ...(key === undefined ? {} : { best: best ?? null })
      }));
      call.print(`${JSON.stringify({ ...grid, combinations }, null, 1)}\n`);
    } else if (grid.possible === 0) {
      call.say(nothing(call, found.length, listed));
    } else {
      call.print(`${describe(grid, found.length, key !== undefined, call.screen)}\n`);
    }
    return exit.ok;
  }
};

function nothing(call: ICall, found: number, listed: readonly FilteredRun[]): string {
  if (found) {
    return 'No param varies in these runs.';
  }
  const unknown = unmatched(call.option('where') ?? '', listed);
  const hint = unknown.length ? `: no run here has a value for ${unknown.join(', ')}` : '';
  return listed.length ? `No run is let through by this filter${hint}.` : 'There are no runs here.';
}

function describe(grid: ICoverage, runs: number, measured: boolean, screen: IScreen): string {
  const { keys, combinations, possible, tried, placed, constant, left } = grid;
  const others = runs - placed;
  const inside = { screen: indented(screen, 2) };
  const names = keys.map(({ key }) => key).join(' × ');
  const never = combinations.filter(one => one.runs.length === 0);
  const rest = never.length > LISTED ? [[`and ${never.length - LISTED} more`]] : [];
  const sections = [
    `${placed} ${placed === 1 ? 'run' : 'runs'} tried ${tried} of ${possible} combinations of ${names}${others ? ` (${others} without all of these left out)` : ''}.`,
    keys.length === 2 ? heatMap(grid, measured, screen) : list(grid, measured, screen),
    never.length
      ? `never tried\n${table([keys.map(({ key }) => key), ...never.slice(0, LISTED).map(one => one.values.map(shown)), ...rest], inside).replace(/^/gm, '  ')}`
      : '',
    constant.length
      ? `never varied\n${table(
          constant.map(({ key, value }) => [key, shown(value)]),
          { head: false }
        ).replace(/^/gm, '  ')}`
      : '',
    left.length ? `not in this grid: ${left.join(', ')} (--params chooses)` : ''
  ];
  return sections.filter(Boolean).join('\n\n');
}

/** Two params: one downwards, one to the right, and how many runs where they meet. */
function heatMap({ keys, combinations }: ICoverage, measured: boolean, screen: IScreen): string {
  const [down, right] = keys;
  if (!down || !right) {
    return '';
  }
  const width = right.values.length;
  const rows = down.values.map((value, row) => [
    shown(value),
    ...combinations.slice(row * width, (row + 1) * width).map(one => cell(one, measured))
  ]);
  const head = [`${down.key} \\ ${right.key}`, ...right.values.map(shown)];
  return table([head, ...rows], { screen });
}

function list({ keys, combinations }: ICoverage, measured: boolean, screen: IScreen): string {
  const rows = combinations
    .filter(({ runs }) => runs.length)
    .map(one => [...one.values.map(shown), cell(one, measured)]);
  const head = [...keys.map(({ key }) => key.toUpperCase()), 'RUNS'];
  return rows.length > 4 * LISTED ? '' : table([head, ...rows], { screen });
}

function cell({ runs, best }: ICombination, measured: boolean): string {
  return runs.length === 0
    ? '·'
    : measured
      ? `${shown(best)} (${runs.length})`
      : shown(runs.length);
}
