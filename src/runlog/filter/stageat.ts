import { span } from './compare.js';
import { FilterError } from './error.js';
import type { IKey, IPlace, Value } from './expression.js';
import type { FilteredRun } from './keys.js';

/**
 * Whether a run was in a stage at a time, or at any moment of a day: `stage_at(production, 2026-10-03)`.
 *
 * @throws FilterError when the arguments are not a stage and a time
 */
export function stageAt(
  parameters: readonly (IKey | Value)[],
  place: IPlace,
  now: number
): (run: FilteredRun) => boolean {
  const [name, time] = parameters;
  const stage = name && nameOf(name);
  if (parameters.length !== 2 || stage === undefined || !time || time.kind === 'key') {
    throw new FilterError(
      'stage_at takes a stage and a time, as stage_at(production, 2026-10-03).',
      place
    );
  }
  const [start, end] = span(time, now);
  return run => {
    const stages = run.stages ?? [];
    return stages.some((entry, index) => {
      const next = stages[index + 1];
      const from = Date.parse(entry.at);
      const to = next ? Date.parse(next.at) : Infinity;
      return entry.stage === stage && (start === end ? from <= start : from < end) && to > start;
    });
  };
}

function nameOf(given: IKey | Value): string | undefined {
  return given.kind === 'key'
    ? given.path.join('.')
    : given.kind === 'text'
      ? given.value
      : undefined;
}
