import { splitKey } from '../../runlog/filter.js';
import type { IRunSummary } from '../store/protocol.js';
import type { ITable } from './table.js';

/** What a column shows; `value` is one param, metric, tag or field, by its key. */
export type ColumnKind =
  | 'status'
  | 'name'
  | 'metrics'
  | 'params'
  | 'started'
  | 'duration'
  | 'commit'
  | 'seed'
  | 'verified'
  | 'notebook'
  | 'tags'
  | 'value'
  | 'actions';

/** A column of the table of runs. */
export interface IColumn {
  /** The name of a column that every table can have, or a key of the filter language. */
  readonly id: string;
  readonly kind: ColumnKind;
  /** By which key the runs are sorted in it; null where there is no one value. */
  readonly sort: string | null;
  /** Pixels when nobody resized it; for those that take what room there is, the least. */
  readonly width: number;
  /** The share of the room that is left which it takes. */
  readonly grow: number;
  /** Whether its values are numbers, which stand at its right side. */
  readonly isNumber: boolean;
}

function column(
  id: ColumnKind,
  width: number,
  sort: string | null = id,
  grow = 0,
  isNumber = false
): IColumn {
  return { id, kind: id, sort, width, grow, isNumber };
}

/** The columns that can be chosen in every table, in their usual order. */
export const CHOSEN: readonly IColumn[] = [
  column('metrics', 165, null, 0.38),
  column('params', 60, null, 0.35),
  column('started', 74),
  column('duration', 76),
  column('commit', 76),
  column('seed', 56),
  column('verified', 88),
  column('tags', 110, null),
  column('notebook', 110)
];

/** Before and behind those that can be chosen. */
export const STATUS = column('status', 22, 'status');
export const NAME = column('name', 110, 'name', 0.27);
export const ACTIONS = column('actions', 24, null);

/** Width of a column of one key. */
const VALUE = 92;

/** How narrow a column can be made, in pixels. */
export const NARROWEST = 40;

/** Shown when nobody has chosen columns. */
const USUAL = ['metrics', 'params', 'started', 'duration'];

/** Whether an id is that of a column of one key, and not one that every table can have. */
export function isKey(id: string): boolean {
  return !CHOSEN.some(one => one.id === id);
}

/** The columns that stand between name and actions. */
export function chosenColumns(
  table: ITable,
  runs: readonly IRunSummary[],
  withNotebook: boolean
): readonly IColumn[] {
  const ids = table.columns.length > 0 ? table.columns : usualColumns(runs, withNotebook);
  return [...new Set(ids)].map(id => CHOSEN.find(one => one.id === id) ?? valueColumn(id, runs));
}

/** What is shown when nobody chose: a column that no run has anything for would only take room. */
export function usualColumns(
  runs: readonly IRunSummary[],
  withNotebook: boolean
): readonly string[] {
  return [
    ...USUAL,
    ...(runs.some(run => run.code?.commit) ? ['commit'] : []),
    ...(runs.some(run => run.verified) ? ['verified'] : []),
    ...(withNotebook ? ['notebook'] : [])
  ];
}

/** What stands above a column of one key: the key without the word that says what kind it is. */
export function keyTitle(id: string): string {
  const path = splitKey(id);
  return path.length > 1 && /^(params|metrics|tags)$/.test(path[0])
    ? path.slice(1).join('.')
    : path.join('.');
}

function valueColumn(id: string, runs: readonly IRunSummary[]): IColumn {
  const [group, ...rest] = splitKey(id);
  const key = rest.join('.');
  const isNumber =
    group === 'metrics' ||
    (group === 'params' && typeof runs.find(run => key in run.params)?.params[key] === 'number');
  return { id, kind: 'value', sort: id, width: VALUE, grow: 0, isNumber };
}
