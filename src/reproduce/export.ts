/**
 * The export of a run: its history as a script with a head.
 */

import { type Needs, type Places, readNeeds, type RunSummary } from '../runlog/index.js';
import { keptStates } from './randomness.js';
import { ExportError, readHistory, sliced, type IHistory } from './history.js';
import { description, metadata, notebookName } from './script/header.js';
import { dependencies } from './script/packages.js';
import { pythonScript } from './script/python.js';
import { programOf } from './script/typescript/program.js';
import { endingOf, isTypescript, typescript } from './script/typescript/script.js';
import { slice, type ISlice } from './slice.js';
import { findTargets } from './targets.js';

/** What an export needs; the caller fetches it. */
export interface IExportOptions {
  /** The run's summary: run.json, the answer of `GET backtrail/runs/<id>`. */
  readonly run: RunSummary;
  /** The session logs of the run's notebook, in any order. */
  readonly logs: ReadonlyArray<{ readonly id: string; readonly text: string }>;
  /**
   * The text of a blob by its hash, or undefined where it is missing. Asked for large sources and the
   * list of packages, each once. What it throws, the export rejects with.
   */
  readonly blob: (sha256: string) => Promise<string | undefined>;
  /** Every execution up to the end of the run, instead of those that its results depend on. */
  readonly whole?: boolean;
  /**
   * The executions that logged metrics of the run: each `cell` in `metrics.jsonl`. Without it every
   * execution of the run is one that may have.
   */
  readonly metricCells?: ReadonlyArray<number> | undefined;
  /** Executions whose outputs are wanted too. */
  readonly chosen?: ReadonlyArray<number>;
}

/** A run as a script. */
export interface IExportedScript {
  /** UTF-8 text that ends with a newline. */
  readonly script: string;
  /** What is played to verify the run, where that is not the script itself. */
  readonly program?: string;
  /** A name for it that every file system takes. */
  readonly fileName: string;
  /** What is not as it was in the notebook, in sentences for the user. */
  readonly problems: ReadonlyArray<string>;
  /** The distributions that it depends on, with their versions. */
  readonly packages: ReadonlyArray<readonly [name: string, version: string]>;
  /** All packages that the record lists, of runs of tslab, and what those need that cells loaded. */
  readonly installed?: Places;
  readonly needs?: Needs;
  /** Which executions it has, and which it leaves out. */
  readonly slice: ISlice;
}

/** The executions of an export, before they are written in any form. */
export interface ISelection {
  /** Everything up to the end of the run. */
  readonly whole: IHistory;
  /** What is exported of it. */
  readonly history: IHistory;
  readonly slice: ISlice;
}

/**
 * Chooses what an export has: the slice of the session that the results of the run depend on.
 *
 * @throws ExportError where there is nothing to export, its message a sentence for the user
 */
export async function select(options: IExportOptions): Promise<ISelection> {
  const { run, logs, blob } = options;
  const language = run.kernel?.language;
  if (language && language !== 'python' && !isTypescript(run)) {
    throw new ExportError(
      `Runs of ${language} notebooks cannot be exported, only those of Python, TypeScript and JavaScript.`
    );
  }
  const whole = await readHistory(run, logs, blob);
  if (run.parent && !whole.openings.some(opening => opening.run === run.parent)) {
    throw new ExportError(
      `The run was made by the exported script of ${run.parent}: export or verify that one.`
    );
  }
  if (options.whole) {
    const kept = whole.executions.map(({ n }) => ({
      n,
      reasons: ['the whole history is asked for']
    }));
    return { whole, history: whole, slice: { kept, left: [] } };
  }
  const found = sliceOf(whole, options);
  return { whole, history: await sliced(whole, found, blob), slice: found };
}

/** The slice of a history. Pure. */
export function sliceOf(
  { executions, effects, events, opening, last }: IHistory,
  { run, metricCells, chosen = [] }: Pick<IExportOptions, 'run' | 'metricCells' | 'chosen'>
): ISlice {
  const states = keptStates(events, last);
  return slice({
    executions,
    effects,
    targets: findTargets(events, effects, [opening.n, last], { run: run.id, metricCells, chosen }),
    restorable: digest => states.has(digest)
  });
}

/**
 * Writes a run as one script.
 *
 * @throws ExportError where there is no script to write, its message a sentence for the user
 */
export async function exportScript(options: IExportOptions): Promise<IExportedScript> {
  return writeScript(await select(options), options);
}

/** Writes what was chosen as one script. */
export async function writeScript(
  { whole, history, slice: chosen }: ISelection,
  { run, blob }: IExportOptions
): Promise<IExportedScript> {
  const installed = await packageList(run, blob);
  if (isTypescript(run)) {
    const name = fileName(run);
    const said = notes(history, whole);
    const needs = await needsOf(whole, blob);
    const made = await typescript(run, history, said, { installed, needs, blob, name });
    return {
      script: made.script.replace(/[\ud800-\udfff]/gu, '\ufffd'),
      program: JSON.stringify(programOf(run, history)),
      fileName: name,
      problems: [...gaps(whole), ...made.problems],
      packages: made.packages,
      ...(installed ? { installed, needs } : {}),
      slice: chosen
    };
  }
  const { python, modules, problems } = pythonScript(history);
  const packages = dependencies(whole, history, installed ?? {}, modules);
  const all = [...gaps(whole), ...problems];
  if (!installed && packages.length === 0) {
    all.push('The record has no list of packages, so the script names no versions.');
  }
  const head = [
    metadata(run.kernel?.version ?? null, packages),
    description(run, notes(history, whole))
  ];
  return {
    script: `${head.join('\n')}\n\n${python}`.replace(/[\ud800-\udfff]/gu, '\ufffd'),
    fileName: fileName(run),
    problems: all,
    packages,
    slice: chosen
  };
}

/** What needs what of the packages that the cells of a session loaded. */
async function needsOf({ imports }: IHistory, blob: IExportOptions['blob']): Promise<Needs> {
  const hashes = new Set(imports.flatMap(({ needs }) => needs ?? []));
  const texts = await Promise.all([...hashes].map(hash => blob(hash)));
  return Object.fromEntries(texts.flatMap(text => Object.entries(readNeeds(text))));
}

async function packageList(
  run: RunSummary,
  blob: IExportOptions['blob']
): Promise<Record<string, string> | undefined> {
  const hash = run.environment?.packages;
  const text = hash ? await blob(hash) : undefined;
  try {
    const list: unknown = text === undefined ? undefined : JSON.parse(text);
    return typeof list === 'object' && list !== null
      ? Object.fromEntries(
          Object.entries(list).filter(([, version]) => typeof version === 'string')
        )
      : undefined;
  } catch {
    return undefined;
  }
}

/** What is said of an export in its head. */
export function notes({ executions }: IHistory, whole: IHistory): string[] {
  const [some, all] = [executions.length, whole.executions.length];
  const cells = all === 1 ? 'the one cell' : `the ${all} cells`;
  const what = some === all ? sentence(cells) : `${some} of ${cells}`;
  const order = `${what} that the session executed up to the end of the run, in their order`;
  return [
    ...(some === all
      ? [`${order}.`]
      : [`${order}:`, 'those that the results of the run depend on.']),
    'Run it in the folder of the notebook.',
    'BACKTRAIL_METRICS=FILE writes the metrics of the run to a file.'
  ];
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function gaps({ executions, damaged }: IHistory): string[] {
  const first = executions[0];
  const before = first?.n === 1 && first.count !== null ? first.count - 1 : 0;
  return [
    before > 0
      ? `The session had executed ${before} ${before === 1 ? 'cell' : 'cells'} before the record begins: the script lacks them.`
      : '',
    damaged > 0
      ? `${damaged} ${damaged === 1 ? 'line' : 'lines'} of the session's log cannot be read: the script may lack cells.`
      : ''
  ].filter(Boolean);
}

function fileName(run: RunSummary): string {
  const notebook = notebookName(run).replace(/\.ipynb$/, '');
  const name = [notebook, run.name ?? run.id]
    .map(part => part.replace(/[^\p{L}\p{N}_.-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, ''))
    .filter(Boolean);
  // A run's name mostly begins with the notebook's.
  const unique = name[1]?.startsWith(`${name[0]}-`) ? name.slice(1) : name;
  const ending = isTypescript(run) ? endingOf(run) : '.py';
  return `${unique.join('-').slice(0, 100) || run.id}${ending}`;
}
