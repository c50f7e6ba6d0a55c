/**
 * One execution as a block of a script.
 */

import type { IExecution } from '../execution.js';
import type { IHistory } from '../history.js';
import type { IOpening } from '../sessionlog.js';
import { inside } from './cellmagics.js';
import { translateCell } from './cell.js';
import { commented, oneLine, quoted, quotedBlock } from './quote.js';
import { reloadedBefore } from './modules.js';
import { statesBefore } from './randomness.js';
import type { ISession } from './session.js';
import { isImportOnly } from '../sources.js';
import { forScript, isPython, needsLoop } from './syntax.js';

/** Writes the block of an execution; what is to be said of it goes to the session. */
export function blockOf(execution: IExecution, history: IHistory, session: ISession): string {
  const frames = session.framesFrom === execution.n ? [`${session.nb}.frames()`] : [];
  const comesFirst = !isImportOnly(execution.source ?? '');
  return [
    title(execution),
    ...withheldFrom(execution, session),
    ...(comesFirst ? frames : []),
    ...runsAt(execution, history, session),
    ...reloadedBefore(execution.n, history, session),
    ...statesBefore(execution.n, history.randomness, session.nb),
    block(execution, session),
    ...(comesFirst ? [] : frames),
    ...endOfFigures(execution, history, session),
    ...untilTheNext(execution, session)
  ].join('\n');
}

function title({ n, count }: IExecution): string {
  return `# %% [${count ?? n}]`;
}

/** Says what a cell lacks that must not stand in a log. */
function withheldFrom(execution: IExecution, { problems }: ISession): string[] {
  const kinds = [...new Set(allWithheld(execution))];
  if (!kinds.length) {
    return [];
  }
  const what = oneLine(kinds.join(', '));
  problems.push(
    `What the record withholds of cell [${label(execution)}] (${what}) is not in the script: put it where [withheld: …] stands, or read it from the environment.`
  );
  return [`# Not in the record: ${what}. Put it where [withheld: …] stands.`];
}

function allWithheld({ withheld, inner }: IExecution): string[] {
  return [...withheld, ...inner.flatMap(allWithheld)];
}

/** What a cell is called in a sentence: the number in the notebook's margin. */
function label({ n, count }: IExecution): string {
  return String(count ?? n);
}

/** Says where runs begin, to Backtrail or to its stand-in, where the cells use it. */
function runsAt({ n }: IExecution, history: IHistory, { nb, modules }: ISession): string[] {
  if (!modules.has('backtrail')) {
    return [];
  }
  const begins = (opening: IOpening): boolean => placeOf(opening, history) === n;
  const others = history.openings.filter(opening => opening.call === 0 && begins(opening));
  // Of runs that began at cells that a slice leaves out, only the last one is open here.
  const lines = others
    .slice(-1)
    .filter(({ why }) => again.has(why))
    .map(
      ({ name, why }) => `__import__("backtrail").start_run(${quoted(name)})  # ${oneLine(why)}`
    );
  const { opening } = history;
  if (begins(opening)) {
    const why = opening.call
      ? `of the run that call ${opening.call} in this cell opens`
      : 'of the run that is open now';
    lines.push(`${nb}.keep(${opening.call})  # the metrics ${why}`);
  }
  return lines;
}

/** The execution of a script that a run begins with: the first that is not before it. */
function placeOf({ n }: IOpening, { executions }: IHistory): number | undefined {
  return executions.find(execution => execution.n >= n)?.n;
}

/** The ways of a run to open by itself where one is open. */
const again: ReadonlySet<string> = new Set(['cell run again', 'run from the top']);

function block(execution: IExecution, session: ISession): string {
  const { source, status, duration } = execution;
  const { nb, problems } = session;
  const cell = label(execution);
  if (source === undefined) {
    problems.push(`The source of cell ${cell} is missing from the record, and so from the script.`);
    return '# The source of this cell is missing from the record.';
  }
  const failure = failureOf(execution);
  if (failure && neverRun(failure, source, nb)) {
    const why = oneLine(`${failure.type}: ${failure.message}`);
    return `# Never run: ${why}\n${commented(source.trimEnd())}`;
  }
  const python = failsInMagic(execution, session) ?? cellPython(execution, session);
  if (failure) {
    const { type, message } = failure;
    const note = `# Failed in the notebook with ${oneLine(`${type}: ${message}`)}`;
    return `${note}\n${inside(`with ${nb}.goes_on(${quoted(cell)}, ${quoted(oneLine(type))}):`, python)}`;
  }
  if (status === 'interrupted') {
    problems.push(
      `Cell ${cell} was interrupted, and the script interrupts it after as long: what it had done by then may differ.`
    );
    const head = `with ${nb}.interrupted_after(${duration ?? 0}, ${quoted(cell)}):`;
    return `# Interrupted in the notebook\n${inside(head, python)}`;
  }
  if (status === undefined) {
    problems.push(
      `Cell ${cell} had not ended when the record ends; the script runs it to its end.`
    );
    return `# Had not ended when the record ends\n${python}`;
  }
  return python;
}

/** The error of a cell, or of one inside it: %%capture keeps the error of its body to itself. */
function failureOf({ status, error, inner }: IExecution): IFailure | undefined {
  if (status === 'failed') {
    const { type = 'an error', message = '', unparsable = false } = error ?? {};
    return { type, message, unparsable };
  }
  return inner.map(failureOf).find(Boolean);
}

interface IFailure {
  readonly type: string;
  readonly message: string;
  readonly unparsable: boolean;
}

/**
 * A cell that failed because IPython did not take a magic: the script fails there too, whatever it makes of
 * that magic. Undefined for all others.
 */
function failsInMagic(execution: IExecution, session: ISession): string | undefined {
  const { source = '', error } = execution;
  if (error?.type !== 'UsageError' || typeof error.line !== 'number') {
    return undefined;
  }
  const lines = source.split('\n');
  const magic = lines[error.line - 1] ?? '';
  const indent = /^(\s*)(?:[\w.,[\]'" ]+=\s*)?%/.exec(magic)?.[1];
  if (indent === undefined || magic.endsWith('\\')) {
    return undefined;
  }
  const fails = `${session.nb}.fails("UsageError", ${quoted(oneLine(error.message ?? ''))})`;
  if (magic.startsWith('%%')) {
    return `${commented(source.trimEnd())}\n${fails}`;
  }
  lines[error.line - 1] = `${indent}${fails}  # ${oneLine(magic.trim())}`;
  return cellPython({ ...execution, source: lines.join('\n'), transformed: undefined }, session);
}

/** Whether nothing of a cell ran. What is no Python in the body of a magic is found by the magic only. */
function neverRun({ type, unparsable }: IFailure, source: string, nb: string): boolean {
  const syntax = /^(?:SyntaxError|IndentationError|TabError)$/.test(type);
  return unparsable || (syntax && !isPython(translateCell(source, { nb }).python));
}

function cellPython(execution: IExecution, session: ISession): string {
  const { nb } = session;
  const cell = translateCell(plainSource(execution), {
    nb,
    known: session.names,
    show: session.numbered
      ? value => `${nb}.show_numbered(${value}, ${label(execution)})`
      : undefined
  });
  for (const magic of cell.untranslated) {
    session.untranslated.set(magic, [...(session.untranslated.get(magic) ?? []), label(execution)]);
  }
  const { python, features } = forScript(cell.python);
  features.forEach(feature => session.features.add(feature));
  return needsLoop(python)
    ? `${nb}.loop(${quoted(label(execution))}, ${quotedBlock(`${python.trimEnd()}\n`)})`
    : python.trimEnd();
}

/** The inline backend ends the figures of a cell with the cell: the next one begins with none. */
function endOfFigures(
  { n, source = '' }: IExecution,
  { effects }: IHistory,
  { nb, figuresFrom }: ISession
): string[] {
  // What a cell leaves open is what it shows, where that is known.
  const shown = effects.get(n)?.pictured ?? true;
  const calls = /\w\s*\(/.test(source.replace(/^\s*(?:[#%!]|import |from ).*$/gm, ''));
  return shown && calls && n >= figuresFrom ? [`${nb}.close_figures()`] : [];
}

/** Tasks went on between the cells. */
function untilTheNext({ n }: IExecution, { nb, waits }: ISession): string[] {
  const seconds = waits.get(n);
  return seconds === undefined ? [] : [`${nb}.meanwhile(${seconds})`];
}

/** What IPython made of a cell where that is Python without magics: it may have had help of its own. */
function plainSource({ source, transformed }: IExecution): string {
  return transformed !== undefined && !transformed.includes('get_ipython()')
    ? transformed
    : (source ?? '');
}
