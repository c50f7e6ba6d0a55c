/**
 * The conditions that are varied one at a time, to see whether a result depends on them.
 */

import type { IPlayRequest } from './stage.js';

/** What is varied. */
export type Condition = 'hash seed' | 'threads' | 'time zone' | 'locale';

/** How a replay under a varied condition was played, in words that go on with a sentence. */
export const UNDER: Readonly<Record<Condition, string>> = {
  'hash seed': 'under another hash seed',
  threads: 'on one thread',
  'time zone': 'in another time zone',
  locale: 'in another language'
};

/** How libraries are told how many threads to use. */
const THREADS = [
  'OMP_NUM_THREADS',
  'OPENBLAS_NUM_THREADS',
  'MKL_NUM_THREADS',
  'NUMEXPR_NUM_THREADS',
  'LOKY_MAX_CPU_COUNT'
];

/** Far from all others, so that most times are of another day there. */
const ZONES = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'];
/** They write numbers and dates differently. */
const LOCALES = ['de_DE.UTF-8', 'en_US.UTF-8'];

/**
 * Replays like one, each with another condition changed.
 *
 * #### Notes
 * Node knows no hash seed: its maps, sets and objects keep the order in which they were filled.
 */
export function variations<Request extends Pick<IPlayRequest, 'script' | 'scene'>>(
  request: Request
): Array<readonly [Condition, Request]> {
  const { script, scene } = request;
  const { variables: recorded } = scene;
  const under = (variables: Record<string, string>, source = script): Request => ({
    ...request,
    script: source,
    scene: { ...scene, variables: { ...recorded, ...variables } }
  });
  if (scene.language !== 'python') {
    const locale = other(recorded.LC_ALL ?? recorded.LANG, LOCALES);
    return [
      ['time zone', under({ TZ: other(recorded.TZ, ZONES) })],
      ['locale', under({ LC_ALL: locale, LANG: locale })],
      // How many threads Node has for files, compression and cryptography.
      ['threads', under({ UV_THREADPOOL_SIZE: '1' })]
    ];
  }
  const seed = recorded.PYTHONHASHSEED === '1' ? '2' : '1';
  return [
    ['hash seed', under({ PYTHONHASHSEED: seed }, withHashSeed(script, seed))],
    ['threads', under(Object.fromEntries(THREADS.map(name => [name, '1'])))]
  ];
}

/** A script starts itself again where its hash seed is another than it names. */
function withHashSeed(script: string, seed: string): string {
  return script.replace(/^(_nb_*\.hash_seed\()"\d+"\)$/m, `$1"${seed}")`);
}

/** The first of two, or the second where the first is what there is, as `de_AT` is for `de_DE.UTF-8`. */
function other(present: string | undefined, [one, another]: readonly string[]): string {
  const [language] = one.split('_');
  return present?.startsWith(language) ? another : one;
}
