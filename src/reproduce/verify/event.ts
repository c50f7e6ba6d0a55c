/**
 * A verdict as it is kept with its run: the fields of the event `verify` (docs/run-log.md).
 */

import type { IVerdict } from './verdict.js';

/** How many differences, and how many metrics, are kept; the first ones tell the most. */
const KEPT = 20;

/** Without its time, its run and whoever writes it. */
export type IVerdictEvent = ReturnType<typeof verdictEvent>;

/**
 * The event of a verdict. Pure.
 *
 * @param environment - `present`, `fresh`, or what else it was played in
 */
export function verdictEvent(verdict: IVerdict, environment: string) {
  const { says, first, cause, compared, cells, tolerance, replays } = verdict;
  const differs = cells.flatMap(({ n, differences }) =>
    differences.map(({ kind, name, recorded, replayed }) => ({ n, kind, name, recorded, replayed }))
  );
  return {
    verdict: verdict.verdict,
    says,
    cell: first?.n ?? null,
    first: first && {
      kind: first.kind,
      name: first.name,
      recorded: first.recorded,
      replayed: first.replayed
    },
    cause,
    compared,
    cells: cells.map(({ n }) => n),
    differs: differs.slice(0, KEPT),
    metrics: metricsOf(cells).slice(0, KEPT),
    tolerance,
    replays,
    environment
  };
}

/** Each metric once, those that differ first. */
function metricsOf(cells: IVerdict['cells']) {
  const found = new Map<string, { name: string; points: number; same: boolean }>();
  for (const { name, points, same } of cells.flatMap(({ metrics }) => metrics)) {
    const known = found.get(name) ?? { name, points: 0, same: true };
    found.set(name, { name, points: known.points + points, same: known.same && same });
  }
  return [...found.values()].sort((a, b) => Number(a.same) - Number(b.same));
}
