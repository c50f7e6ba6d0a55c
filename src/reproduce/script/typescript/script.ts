/**
 * A history as one script of TypeScript, or of JavaScript: the code that the kernel ran, with the source
 * of each cell beside it.
 */

import { askedBy, type Needs, type Places, type RunSummary } from '../../../runlog/index.js';
import type { IHistory } from '../../history.js';
import { inputsOf } from '../../inputs.js';
import { missingStates } from '../randomness.js';
import { languageOfScript, localeVariable } from '../../zone.js';
import { description } from '../header.js';
import { blockOf, type ISession } from './block.js';
import { moduleOf } from './modulecell.js';
import { readCompiled } from './compiled.js';
import { manifestOf, packagesOf } from './manifest.js';
import { type IOverrides, localIn, overridesOf } from './overrides.js';
import { preludeOf } from './prelude.js';
import { quoted } from './text.js';
import { waitsOf } from './waiting.js';

/** See above. */
export interface ITypescript {
  readonly script: string;
  /** What is not as it was, in sentences. */
  readonly problems: ReadonlyArray<string>;
  readonly packages: ReadonlyArray<readonly [name: string, version: string]>;
}

/** Whether a run is one of tslab or jslab. */
export function isTypescript({ kernel }: RunSummary): boolean {
  return kernel?.language === 'typescript' || kernel?.language === 'javascript';
}

/** What a script of a run ends with, as the name of a file. */
export function endingOf({ kernel }: RunSummary): string {
  return kernel?.language === 'javascript' ? '.js' : '.ts';
}

/**
 * Writes a history.
 *
 * @param installed - the packages of the session with their versions; undefined where that is not known
 * @param needs - what those need that cells loaded
 * @param blob - the text of a blob by its hash, or undefined where it is missing
 * @param name - the file name of the script, for its head
 */
export async function typescript(
  run: RunSummary,
  history: IHistory,
  notes: ReadonlyArray<string>,
  {
    installed,
    needs,
    blob,
    name
  }: {
    readonly installed: Places | undefined;
    readonly needs: Needs;
    readonly blob: (sha256: string) => Promise<string | undefined>;
    readonly name: string;
  }
): Promise<ITypescript> {
  const { executions, randomness } = history;
  const compiled = await readCompiled(history.events, blob);
  const codes = executions.map(({ n }) => compiled.get(n)?.code ?? '');
  const calls = codes.some(code => asksFor(code, 'backtrail'));
  const waits = waitsOf(executions);
  const problems: string[] = [...missingStates(randomness)];
  const moduleEnding = endingOf(run) === '.ts' ? '.ts' : '.mjs';
  const session: ISession = { compiled, waits, calls, moduleEnding, problems };
  const blocks = executions.map(execution => blockOf(execution, history, session));
  const initial = randomness.initial.find(({ stream }) => stream === 'Math.random')?.state;
  const inputs = inputsOf(history);
  const uses = {
    random: initial !== undefined || randomness.before.size > 0 || calls,
    inputs: inputs.length > 0,
    displays: codes.some(code => asksFor(code, 'tslab')),
    calls,
    interrupts: executions.some(({ status }) => status === 'interrupted'),
    modules: executions.some(({ source = '' }) => moduleOf(source) !== undefined),
    waits: waits.size > 0
  };
  const wanted = packagesOf([...codes, ...modulesIn(executions)]);
  const packages = wanted.flatMap(one => {
    const version = installed?.[one];
    return version === undefined ? [] : [[one, askedBy(version)] as const];
  });
  const unknown = wanted.filter(one => installed?.[one] === undefined);
  if (unknown.length > 0) {
    problems.push(`The record does not tell the version of ${unknown.join(', ')}.`);
  }
  problems.push(...localIn(wanted, installed ?? {}, needs));
  const parts = [
    [
      '// @ts-nocheck: what the compiler made of the cells stands here, with their sources in comments.',
      head(
        run,
        calls ? notes : withoutMetrics(notes),
        name,
        packages,
        overridesOf(wanted, installed ?? {}, needs)
      )
    ].join('\n'),
    preludeOf(uses),
    helpersOf(compiled, history),
    variables(history),
    language(run, codes),
    inputs.length > 0
      ? [
          '// The files that the notebook read, as they were then.',
          '_nb.inputs({',
          ...inputs.map(({ path, sha256 }) => `  ${quoted(path)}: ${quoted(sha256)},`),
          '});'
        ].join('\n')
      : '',
    initial === undefined
      ? ''
      : `// What the notebook drew without a seed, this script draws too.\n_nb.random(${quoted(initial)});`,
    ...blocks,
    '_nb.run();'
  ];
  return { script: `${parts.filter(Boolean).join('\n\n')}\n`, problems, packages };
}

/** A script without calls of Backtrail has no metrics to write. */
export function withoutMetrics(notes: ReadonlyArray<string>): string[] {
  return notes.filter(note => !note.startsWith('BACKTRAIL_METRICS'));
}

function head(
  run: RunSummary,
  notes: ReadonlyArray<string>,
  name: string,
  packages: ITypescript['packages'],
  overrides: IOverrides
): string {
  const isTypescriptRun = endingOf(run) === '.ts';
  const how = isTypescriptRun ? `npx tsx ${name}` : `node ${name}`;
  const told = notes.map(note =>
    note === 'Run it in the folder of the notebook.'
      ? `Run it in the folder of the notebook: ${how}`
      : note
  );
  const manifest = manifestOf(packages, run.kernel?.version ?? null, isTypescriptRun, overrides);
  return [
    description(run, told).replace(/^#/gm, '//'),
    '//',
    '// Elsewhere, `npm install` first, with this as package.json:',
    '// /// package.json',
    ...manifest.map(line => `// ${line}`),
    '// ///'
  ].join('\n');
}

/** The functions that the compiler puts before the code of many cells, once. */
function helpersOf(compiled: ISession['compiled'], { executions }: IHistory): string {
  const found = new Map<string, string>();
  for (const { n } of executions) {
    compiled.get(n)?.functions.forEach((text, name) => found.set(name, found.get(name) ?? text));
  }
  return found.size > 0 ? ["// The compiler's own functions.", ...found.values()].join('\n') : '';
}

/** The variables of the kernel that what is computed depends on. */
function variables({ variables: all }: IHistory): string {
  return ['NODE_ENV', 'TZ']
    .filter(name => all[name] !== undefined)
    .map(name => `process.env.${name} ??= ${quoted(all[name])};`)
    .join('\n');
}

/** Node takes its language from how it is started, so that a script can only say that it has another one. */
function language(run: RunSummary, codes: ReadonlyArray<string>): string {
  const locale = languageOfScript(run, codes);
  return locale === undefined
    ? ''
    : [
        `if (Intl.DateTimeFormat().resolvedOptions().locale !== ${quoted(locale)}) {`,
        `  console.error('The notebook had the language ${locale}: started with LC_ALL=${localeVariable(locale)}, this script has it too.');`,
        '}'
      ].join('\n');
}

/** Cells that are modules ask for packages too, as TypeScript. */
function modulesIn(executions: IHistory['executions']): string[] {
  return executions
    .map(({ source = '' }) => source)
    .filter(source => /@module\b/.test(source))
    .map(source => source.replace(/\bfrom\s*(["'][^"'\n]+["'])/g, 'require($1)'));
}

function asksFor(code: string, name: string): boolean {
  return new RegExp(`\\brequire\\(\\s*["']${name}["']\\s*\\)`).test(code);
}
