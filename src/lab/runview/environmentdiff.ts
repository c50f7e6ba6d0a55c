import { materialOf, sectionsOf, type IMaterial, type IRow } from '../../runlog/compare.js';
import type { IRun } from '../store/protocol.js';

/** What is not the same in two environments, and how much is. */
export interface IEnvironmentDiff {
  /** Interpreter, machine, threads, variables: what differs, and what one of the two does not tell. */
  readonly facts: readonly IRow[];
  readonly sameFacts: number;
  /** Those that are of another version, or only in one of the two; null where a list is missing. */
  readonly packages: readonly IRow[] | null;
  readonly samePackages: number;
}

/** Python draws another one with every kernel, unless somebody sets it: that it differs tells nothing. */
const DRAWN = 'PYTHONHASHSEED';

/**
 * In what two environments differ.
 *
 * @param then - the run, and the text of its list of packages; undefined where it is missing
 * @param now - the run that is newer
 */
export function environmentDiff(
  then: readonly [IRun, string | undefined],
  now: readonly [IRun, string | undefined]
): IEnvironmentDiff {
  const materials = [then, now].map(([run, packages]): IMaterial => {
    const alone = { ...run, params: {}, metrics: {}, inputs: [], datasets: [], cells: [] };
    return materialOf(alone, { packages });
  });
  const sections = sectionsOf(materials);
  const rows = (name: 'environment' | 'packages'): readonly IRow[] =>
    (sections.find(section => section.name === name)?.rows ?? []).filter(
      ({ key }) => key !== DRAWN
    );
  const changed = (name: 'environment' | 'packages'): readonly IRow[] =>
    rows(name).filter(({ agreement }) => agreement !== 'same');
  const facts = changed('environment');
  const packages = changed('packages');
  const hasPackages = materials.every(one => one.packages !== null);
  return {
    facts,
    sameFacts: rows('environment').length - facts.length,
    packages: hasPackages ? packages : null,
    samePackages: hasPackages ? rows('packages').length - packages.length : 0
  };
}
