import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';
import { formatValue } from '../format.js';
import type { IRun } from '../store/protocol.js';
import { Facts } from './facts.js';

/** The seeds of a run, and whether its random numbers can be had again without any. */
export function RandomNumbers({
  run,
  trans
}: {
  run: Pick<IRun, 'seeds' | 'rng'>;
  trans: TranslationBundle;
}): JSX.Element {
  return (
    <>
      {run.seeds.length > 0 && <Facts facts={seedsOf(run)} trans={trans} />}
      <p className="bt-Overview-says">{randomnessOf(run, trans)}</p>
    </>
  );
}

/** The seeds that were set, each value of a library once: it may have been given to many functions. */
function seedsOf(run: Pick<IRun, 'seeds'>): [string, string][] {
  const seeds = run.seeds.map(({ library, value }): [string, string] => [
    library,
    formatValue(value)
  ]);
  return seeds.filter(
    ([library, value], at) => seeds.findIndex(one => one[0] === library && one[1] === value) === at
  );
}

/** What is known apart from the values of the seeds. */
function randomnessOf(
  { rng, seeds }: Pick<IRun, 'seeds' | 'rng'>,
  trans: TranslationBundle
): string {
  const seeded = seeds.length > 0 ? '' : trans.__('No seed was set, as far as was seen.');
  const kept = rng.recorded
    ? trans.__(
        'States of the generators are kept: an export and a replay begin from the same ones.'
      )
    : trans.__('No state of a generator was kept.');
  return [seeded, kept].filter(Boolean).join(' ');
}
