/**
 * The conditions that are varied one at a time, to see whether a result depends on them.
 */

import type { IPlayRequest } from './stage.js';

/** What is varied. */
export type Condition = 'hash seed' | 'threads';

/** How libraries are told how many threads to use. */
const THREADS = [
  'OMP_NUM_THREADS',
  'OPENBLAS_NUM_THREADS',
  'MKL_NUM_THREADS',
  'NUMEXPR_NUM_THREADS',
  'LOKY_MAX_CPU_COUNT'
];

/** Replays like one, each with another condition changed; Python alone has such conditions. */
export function variations<Request extends Pick<IPlayRequest, 'script' | 'scene'>>(
  request: Request
): Array<readonly [Condition, Request]> {
  const { script, scene } = request;
  if (scene.language !== 'python') {
    return [];
  }
  const seed = scene.variables.PYTHONHASHSEED === '1' ? '2' : '1';
  const under = (variables: Record<string, string>, source = script): Request => ({
    ...request,
    script: source,
    scene: { ...scene, variables: { ...scene.variables, ...variables } }
  });
  return [
    ['hash seed', under({ PYTHONHASHSEED: seed }, withHashSeed(script, seed))],
    ['threads', under(Object.fromEntries(THREADS.map(name => [name, '1'])))]
  ];
}

/** A script starts itself again where its hash seed is another than it names. */
function withHashSeed(script: string, seed: string): string {
  return script.replace(/^(_nb_*\.hash_seed\()"\d+"\)$/m, `$1"${seed}")`);
}
