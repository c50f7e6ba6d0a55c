/**
 * Python that gives a script the random numbers of the notebook.
 */

import type { IRandomness, IRandomState } from '../randomness.js';
import { quoted } from './quote.js';

/** Where a script has numbers: in their place, or at its end, where they are in nobody's way. */
export type Placing = 'inline' | 'at the end';

/** How many characters a line at the end of a script has of them. */
const WIDTH = 96;

/** Starts the script again under the hash seed of the notebook; empty where that is not known. */
export function hashSeed(seed: string | null | undefined, nb: string): string {
  return /^\d{1,10}$/.test(seed ?? '') ? `${nb}.hash_seed(${quoted(seed ?? '')})` : '';
}

/** Puts back what the streams of the notebook began with; empty where no cell drew from them. */
export function initialStates(
  { initial }: IRandomness,
  nb: string,
  placing: Placing = 'at the end'
): string {
  const lines = initial.flatMap(state => restored(state, nb, placing));
  return lines.length
    ? ['# What the notebook drew without a seed, this script draws too.', ...lines].join('\n')
    : '';
}

/** Prepares the streams for an execution, where they do not come to their states by themselves. */
export function statesBefore(
  n: number,
  { before, entropy }: IRandomness,
  nb: string,
  placing: Placing = 'at the end'
): ReadonlyArray<string> {
  const values = entropy.get(n) ?? [];
  return [
    ...(before.get(n) ?? []).flatMap(state => restored(state, nb, placing, n)),
    ...(values.length ? [`${nb}.entropy(${listed(n, values, nb, placing)})`] : [])
  ];
}

function listed(n: number, values: ReadonlyArray<string>, nb: string, placing: Placing): string {
  return placing === 'at the end' && values.length > 1
    ? `${nb}.recorded("${n}")`
    : quoted(values.join(' '));
}

/**
 * The end of a script that reads states and long lists of entropy from itself; empty where there are none.
 *
 * #### Notes
 * A call such as scikit-learn's `score` asks for entropy each time, so a training loop has thousands.
 */
export function recordedAtEnd({ initial, before, entropy }: IRandomness): string {
  const states = [
    ...initial.map(state => [markOf(state), state] as const),
    ...[...before].flatMap(([n, all]) => all.map(state => [markOf(state, n), state] as const))
  ].filter(([, state]) => usable(state));
  const lines = [
    ...states.flatMap(([mark, { state }]) =>
      (state?.match(new RegExp(`.{1,${WIDTH}}`, 'g')) ?? []).map(part => `#: ${mark} ${part}`)
    ),
    ...[...entropy]
      .filter(([, values]) => values.length > 1)
      .flatMap(([n, values]) => inLines(values).map(line => `#: ${n} ${line}`))
  ];
  return lines.length
    ? [
        '# %% Recorded',
        '# Random numbers of the notebook, which the script reads here: the states of the streams that cells',
        '# began with, and what numpy asked of the system for generators without a seed.',
        ...lines
      ].join('\n')
    : '';
}

/** By what a state at the end of a script is found: its stream, and the execution that it comes before. */
function markOf({ stream }: IRandomState, n?: number): string {
  return n === undefined ? stream : `${stream}@${n}`;
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

function restored(state: IRandomState, nb: string, placing: Placing, n?: number): string[] {
  const value =
    placing === 'inline'
      ? quoted(state.state ?? '')
      : `${nb}.recorded(${quoted(markOf(state, n))})`;
  return usable(state) ? [`${nb}.restore(${quoted(state.stream)}, ${value})`] : [];
}
