/**
 * Python that gives a script the random numbers of the notebook.
 */

import type { IRandomness, IRandomState } from '../randomness.js';
import { quoted } from './quote.js';

/** Longer lists of entropy stand at the end of a script, where they are in nobody's way. */
const MOST_IN_A_CELL = 4;

/** Starts the script again under the hash seed of the notebook; empty where that is not known. */
export function hashSeed(seed: string | null | undefined, nb: string): string {
  return /^\d{1,10}$/.test(seed ?? '') ? `${nb}.hash_seed(${quoted(seed ?? '')})` : '';
}

/** Puts back what the streams of the notebook began with; empty where no cell drew from them. */
export function initialStates({ initial }: IRandomness, nb: string): string {
  const lines = initial.flatMap(state => restored(state, nb));
  return lines.length
    ? ['# What the notebook drew without a seed, this script draws too.', ...lines].join('\n')
    : '';
}

/** Prepares the streams for an execution, where they do not come to their states by themselves. */
export function statesBefore(
  n: number,
  { before, entropy }: IRandomness,
  nb: string,
  most = MOST_IN_A_CELL
): ReadonlyArray<string> {
  const values = entropy.get(n) ?? [];
  return [
    ...(before.get(n) ?? []).flatMap(state => restored(state, nb)),
    ...(values.length ? [`${nb}.entropy(${listed(n, values, nb, most)})`] : [])
  ];
}

function listed(n: number, values: ReadonlyArray<string>, nb: string, most: number): string {
  return values.length > most
    ? `*${nb}.recorded(${n})`
    : values.map(value => `0x${value}`).join(', ');
}

/**
 * The end of a script that reads long lists from itself; empty where there are none.
 *
 * #### Notes
 * A call such as scikit-learn's `score` asks for entropy each time, so a training loop has thousands.
 */
export function recordedAtEnd({ entropy }: IRandomness): string {
  const lines = [...entropy]
    .filter(([, values]) => values.length > MOST_IN_A_CELL)
    .flatMap(([n, values]) => inLines(values).map(line => `#: ${n} ${line}`));
  return lines.length
    ? [
        '# %% Recorded',
        '# What numpy asked of the system in a cell, for generators without a seed. The script reads it here.',
        ...lines
      ].join('\n')
    : '';
}

function inLines(values: ReadonlyArray<string>): string[] {
  const lines: string[] = [];
  for (let at = 0; at < values.length; at += 3) {
    lines.push(values.slice(at, at + 3).join(' '));
  }
  return lines;
}

/** What is missing from the record, in sentences. */
export function missingStates({ initial, before }: IRandomness): string[] {
  const states = [...initial, ...[...before.values()].flat()].filter(state => !usable(state));
  return [...new Set(states.map(({ stream }) => stream))].map(
    stream =>
      `A state of the random numbers of ${stream} is missing from the record: ` +
      'what the script draws there without a seed is not what the notebook drew.'
  );
}

function usable({ state }: IRandomState): boolean {
  return /^[A-Za-z0-9+/]+=*$/.test(state ?? '');
}

function restored(state: IRandomState, nb: string): string[] {
  return usable(state)
    ? [`${nb}.restore(${quoted(state.stream)}, ${quoted(state.state ?? '')})`]
    : [];
}
