/**
 * The verdict on a run: what replays of it came to, compared with the record and with each other.
 */

import type { ICause, ICircumstances } from './cause.js';
import { causeOf } from './causes.js';
import {
  compare,
  type ICompared,
  type IComparedMetric,
  type IComparison,
  type IDifference
} from './compare.js';
import { type Condition, UNDER } from './conditions.js';
import { freshIn, type Fresh } from './fresh.js';
import type { IPlayed } from './played.js';

/** What a verify may find. */
export type VerdictKind =
  'identical' | 'within tolerance' | 'nondeterministic' | 'differs' | 'could not run';

/** What came of one cell. */
export interface ICellVerdict {
  readonly n: number;
  /** How many points, values, files and texts of it were compared. */
  readonly compared: number;
  readonly differences: ReadonlyArray<IDifference>;
  readonly metrics: ReadonlyArray<Pick<IComparedMetric, 'name' | 'points' | 'same'>>;
}

/** See above. */
export interface IVerdict {
  readonly verdict: VerdictKind;
  /** One sentence or two for people. */
  readonly says: string;
  /** The first difference; null where there is none. */
  readonly first: (IDifference & { readonly n: number }) | null;
  readonly cause: ICause | null;
  readonly compared: ICompared;
  /** How many things differ, by kind. */
  readonly differences: Readonly<Record<string, number>>;
  /** Cell by cell, in their order: replay against record, or replay against replay where those disagree. */
  readonly cells: ReadonlyArray<ICellVerdict>;
  /** The relative difference up to which metrics count as equal. */
  readonly tolerance: number;
  /** How often the script was played. */
  readonly replays: number;
}

/** What a verdict is made from. */
export interface IJudgeOptions extends Omit<
  ICircumstances,
  'replayed' | 'nondeterministic' | 'varied'
> {
  /** Plays under the recorded conditions, at least one. */
  readonly replays: ReadonlyArray<IPlayed>;
  /** Plays with one condition varied. */
  readonly varied?: ReadonlyArray<{
    readonly condition: Condition;
    readonly replay: IPlayed;
  }>;
  readonly tolerance: number;
}

/** Compares and judges. Pure. */
export function judge(options: IJudgeOptions): IVerdict {
  const { recorded, replays, tolerance, label } = options;
  const fresh = freshOnly(options);
  const comparison = compare(recorded, replays[0], fresh);
  const restless = disagreement(replays, fresh);
  const [first] = (restless ?? comparison).differences;
  const base = {
    compared: comparison.compared,
    differences: countsOf(comparison),
    cells: cellsOf(restless ?? comparison, recorded),
    tolerance,
    replays: replays.length
  };
  if (!first) {
    const times = replays.length > 1 ? `, ${replays.length} times` : '';
    return {
      verdict: 'identical',
      says:
        identical(base.compared, times) +
        dated(comparison) +
        renewed(fresh) +
        sensitive(options, fresh),
      first: null,
      cause: null,
      ...base
    };
  }
  const at = { ...first, n: recorded.cells[first.at]?.n ?? 0 };
  if (!restless && withinTolerance(comparison, tolerance)) {
    const most = Math.max(0, ...comparison.differences.map(({ deviation }) => deviation ?? 0));
    return {
      verdict: 'within tolerance',
      says: `The metrics are the same but for ${most.toPrecision(2)} (relative); up to ${tolerance} was allowed.${left(base.compared.uncovered)}`,
      first: at,
      cause: null,
      ...base
    };
  }
  // A condition explains a difference only where it makes that one another, and replays agree without it.
  const varied = options.varied?.find(
    ({ replay }) =>
      !restless &&
      compare(replays[0], replay).differences.some(
        ({ at, name, kind }) => at === first.at && name === first.name && kind === first.kind
      )
  )?.condition;
  const cause = causeOf(first, {
    ...options,
    replayed: replays[0],
    varied,
    nondeterministic: !!restless
  });
  const where = `cell ${label(at.n)}`;
  const broke = first.kind === 'error' || first.kind === 'missing';
  const how = restless
    ? 'The replays disagree with each other, first in'
    : broke
      ? 'The replay went another way in'
      : 'The replay differs, first in';
  const end = restless || broke ? '' : result(comparison, first);
  const says = `${how} ${where}: ${sentence(first)} ${cause.says}${end}${left(base.compared.uncovered)}`;
  const verdict = restless ? 'nondeterministic' : broke ? 'could not run' : 'differs';
  return { verdict, says, first: at, cause, ...base };
}

/** Replays that do not come to the same. */
function disagreement([first, ...others]: ReadonlyArray<IPlayed>, fresh?: Fresh) {
  return others
    .map(replay => compare(first, replay, fresh))
    .find(({ differences }) => differences.length > 0);
}

/**
 * What is new each time, where nothing else differs and the results of the run were compared; undefined:
 * nothing is left out. Where results differ, what they come from is named, whatever it is.
 */
function freshOnly({ recorded, replays }: IJudgeOptions): Fresh | undefined {
  const fresh = freshIn(replays);
  if (!fresh.size || disagreement(replays, fresh)) {
    return undefined;
  }
  const { differences, compared } = compare(recorded, replays[0], fresh);
  return differences.length === 0 && compared.points + compared.files > 0 ? fresh : undefined;
}

/** Names the files whose dates are others. */
function dated({ dated: paths }: IComparison): string {
  const shown = [...new Set(paths)].slice(0, 4).join(', ');
  return shown ? ` The same but for the dates in it: ${shown}.` : '';
}

/** Names what is new each time. */
function renewed(fresh: Fresh | undefined): string {
  const names = [...(fresh ?? [])]
    .map(key => / variable (.*)/.exec(key)?.[1])
    .filter(name => name !== undefined);
  const shown = [...new Set(names)].slice(0, 4).map(name => `\`${name}\``);
  return shown.length ? ` New each time, by the clock or by the system: ${shown.join(', ')}.` : '';
}

/** What a difference comes to in the end: the last metric that is another. */
function result({ differences }: IComparison, first: IDifference): string {
  const last = differences.findLast(({ kind }) => kind === 'metric');
  return last && last.name !== first.name ? ` In the end ${sentence(last)}` : '';
}

function cellsOf(
  { differences, metrics, perCell }: IComparison,
  { cells }: IPlayed
): ICellVerdict[] {
  return cells.map(({ n }, index) => ({
    n,
    compared: perCell[index] ?? 0,
    differences: differences.filter(({ at }) => at === index),
    metrics: metrics
      .filter(({ at }) => at === index)
      .map(({ name, points, same }) => ({ name, points, same }))
  }));
}

/** Whether the metrics of a replay are near enough, whatever state they come from. */
function withinTolerance({ differences }: IComparison, tolerance: number): boolean {
  const results = differences.filter(({ kind }) => kind === 'metric');
  const others = differences.filter(
    ({ kind }) => kind === 'error' || kind === 'missing' || kind === 'file'
  );
  return (
    tolerance > 0 &&
    others.length === 0 &&
    results.every(({ deviation }) => deviation !== undefined && deviation <= tolerance)
  );
}

function countsOf({ differences }: IComparison): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of differences) {
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

function identical(
  { cells, points, variables, files, outputs, uncovered }: ICompared,
  times: string
): string {
  const parts = [
    count(points, 'point of its metrics', 'points of its metrics'),
    count(variables, 'value', 'values'),
    count(files, 'file', 'files'),
    count(outputs, 'output', 'outputs')
  ].filter(Boolean);
  const what = parts.length ? ` (${parts.join(', ')})` : '';
  return `${count(cells, 'cell', 'cells')} came to the same${times}${what}.${left(uncovered)}`;
}

/** How much nothing is known of. */
function left(uncovered: number): string {
  return uncovered
    ? ` ${count(uncovered, 'value or output', 'values or outputs')} could not be compared.`
    : '';
}

/** Which conditions would have made a run that is identical another one. */
function sensitive(
  { varied = [], replays, recorded, label }: IJudgeOptions,
  fresh: Fresh | undefined
): string {
  return varied
    .map(({ condition, replay }) => {
      const [first] = compare(replays[0], replay, fresh).differences;
      return first
        ? ` It differs ${UNDER[condition]}, first in cell ${label(recorded.cells[first.at]?.n ?? 0)}: ${sentence(first)}`
        : '';
    })
    .join('');
}

function count(number: number, one: string, many: string): string {
  return number ? `${number} ${number === 1 ? one : many}` : '';
}

/** A difference in words. */
export function sentence({ kind, name, recorded, replayed }: IDifference): string {
  switch (kind) {
    case 'error':
      return ended(
        `it ${recorded === 'ran to its end' ? recorded : `failed with ${recorded}`} in the notebook, and here it ${replayed === 'ran to its end' ? replayed : `failed with ${replayed}`}`
      );
    case 'missing':
      return 'the replay did not come to it.';
    case 'file':
      return `${name} ${became(recorded, replayed)}`;
    case 'output':
      return /^(?:figure|display) /.test(name)
        ? `its ${name} ${became(recorded, replayed)}`
        : `what it printed to ${name} ${became(recorded, replayed)}`;
    default:
      return `\`${name}\` ${became(recorded, replayed)}`;
  }
}

/** What is too large to be shown in full may differ where it is not shown. */
function became(recorded: string, replayed: string): string {
  return recorded === replayed
    ? `is ${recorded} again, but its content is another.`
    : ended(`was ${recorded}, and here it is ${replayed}`);
}

/** Texts of errors often end as a sentence does. */
function ended(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
