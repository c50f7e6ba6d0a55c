/**
 * A history as one Python script.
 */

import type { IExecution, IHistory, IOpening } from '../history.js';
import { inside } from './cellmagics.js';
import { namesOf, translateCell } from './cell.js';
import { inputsOf } from '../inputs.js';
import { commented, oneLine, quoted, quotedBlock } from './quote.js';
import { preamble } from './preamble.js';
import {
  hashSeed,
  initialStates,
  missingStates,
  recordedAtEnd,
  statesBefore
} from './randomness.js';
import { isPython, needsLoop, forScript } from './syntax.js';

/** A history as Python, without its head. */
export interface IPythonScript {
  readonly python: string;
  /** The modules that the cells import. */
  readonly modules: ReadonlySet<string>;
  /** What is not as it was, in sentences. */
  readonly problems: ReadonlyArray<string>;
}

/** What every cell of a script shares. */
interface ISession {
  readonly nb: string;
  readonly names: ReadonlySet<string>;
  readonly modules: ReadonlySet<string>;
  readonly numbered: boolean;
  /** The execution from which on there may be figures. */
  readonly figuresFrom: number;
  readonly features: Set<string>;
  readonly untranslated: Map<string, string[]>;
  readonly problems: string[];
}

/** Writes a history as Python. Pure. */
export function pythonScript(history: IHistory): IPythonScript {
  const session = survey(history);
  const blocks = history.executions.map(execution =>
    [
      title(execution),
      ...withheldFrom(execution, session),
      ...runsAt(execution, history, session),
      ...statesBefore(execution.n, history.randomness, session.nb),
      block(execution, session),
      ...endOfFigures(execution, session)
    ].join('\n')
  );
  for (const [magic, cells] of session.untranslated) {
    const where = `${cells.length > 1 ? 'cells' : 'cell'} ${cells.join(', ')}`;
    session.problems.push(
      `${oneLine(magic, 60)} in ${where} is not translated: it stands as a comment.`
    );
  }
  const { features } = session;
  session.problems.push(...missingStates(history.randomness));
  const seed = hashSeed(history.hashSeed, session.nb);
  const states = initialStates(history.randomness, session.nb);
  const inputs = checkedInputs(history, session);
  const record = recorded(history, session);
  const body = blocks.join('\n\n');
  const head = [
    features.size ? `from __future__ import ${[...features].join(', ')}` : '',
    surroundings(session),
    preamble([seed, record, inputs, states, body].join('\n'), session.nb),
    seed,
    record,
    inputs,
    states,
    provided(session)
  ];
  return {
    python: `${[...head, body, recordedAtEnd(history.randomness)].filter(Boolean).join('\n\n')}\n`,
    modules: session.modules,
    problems: session.problems
  };
}

/** Has the script recorded where Backtrail is installed. */
function recorded({ opening, session }: IHistory, { nb }: ISession): string {
  const name = session.notebook.path.split(/[\\/]/).at(-1) ?? '';
  return `${nb}.record(${quoted(opening.run)}, ${quoted(name)})`;
}

/** Has the script look at the files that it reads before it begins. */
function checkedInputs(history: IHistory, { nb }: ISession): string {
  const lines = inputsOf(history).map(
    ({ path, sha256 }) => `    ${quoted(path)}: ${quoted(sha256)},`
  );
  return lines.length
    ? [
        '# The files that the notebook read, as they were then.',
        `${nb}.inputs({`,
        ...lines,
        '})'
      ].join('\n')
    : '';
}

function survey(history: IHistory): ISession {
  const sources = history.executions.flatMap(sourcesOf);
  const text = sources.join('\n');
  let nb = '_nb';
  while (text.includes(nb)) {
    nb += '_';
  }
  const names = new Set<string>();
  const modules = new Set<string>();
  for (const source of sources) {
    const mentioned = namesOf(source, nb);
    mentioned.names.forEach(name => names.add(name));
    mentioned.modules.forEach(name => modules.add(name));
  }
  names.delete(nb);
  return {
    nb,
    names,
    modules,
    numbered: usesResults(names, text),
    figuresFrom: firstFigures(history),
    features: new Set(),
    untranslated: new Map(),
    problems: []
  };
}

function sourcesOf({ source, inner }: IExecution): string[] {
  return [...(source === undefined ? [] : [source]), ...inner.flatMap(sourcesOf)];
}

/** Whether cells use the results that IPython keeps. `_` is also a name for what nobody needs. */
function usesResults(names: ReadonlySet<string>, text: string): boolean {
  const thrownAway = /\b_\s*(?:,|=(?!=)|in\b)|,\s*_\b|\bas\s+_\b|\blambda[^:\n]*\b_\b/.test(text);
  return [...names].some(
    name => /^(?:Out|_oh|__|___|_\d+)$/.test(name) || (name === '_' && !thrownAway)
  );
}

function firstFigures({ imports, executions }: IHistory): number {
  const imported = imports.filter(
    ({ n, packages }) => n > 0 && Object.hasOwn(packages, 'matplotlib')
  );
  const drawing = executions.filter(execution =>
    sourcesOf(execution).some(source => /\b(?:matplotlib|pyplot|pylab|seaborn)\b/.test(source))
  );
  return Math.min(...[...imported, ...drawing].map(({ n }) => n));
}

/** Makes the process what a kernel is to its cells. */
function surroundings({ figuresFrom }: ISession): string {
  const lines = [
    '# As in a notebook: modules beside it can be imported, and there is no __file__, so that worker',
    '# processes do not run this script again.',
    '__import__("sys").path.insert(0, "")',
    'del __file__'
  ];
  if (Number.isFinite(figuresFrom)) {
    lines.push(
      '# Figures are drawn without a display.',
      '__import__("os").environ.setdefault("MPLBACKEND", "agg")',
      '__import__("warnings").filterwarnings("ignore", ".*non-interactive, and thus cannot be shown")'
    );
  }
  return lines.join('\n');
}

/** Names that IPython gives to every cell. */
function provided({ names, modules, numbered, problems }: ISession): string {
  const lines: string[] = [];
  if (names.has('display') && !modules.has('IPython')) {
    lines.push(
      'def display(*objects, **_):',
      '    for value in objects:',
      '        print(repr(value))'
    );
  }
  if (names.has('get_ipython')) {
    problems.push('Cells call get_ipython(), which gives None in a script.');
    if (!modules.has('IPython')) {
      lines.push('def get_ipython():', '    return None');
    }
  }
  if (numbered) {
    lines.push('_ = __ = ___ = ""', 'Out = _oh = {}');
  }
  return lines.join('\n');
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
  const python = cellPython(execution, session);
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
function endOfFigures({ n, source = '' }: IExecution, { nb, figuresFrom }: ISession): string[] {
  const calls = /\w\s*\(/.test(source.replace(/^\s*(?:[#%!]|import |from ).*$/gm, ''));
  return calls && n >= figuresFrom ? [`${nb}.close_figures()`] : [];
}

/** What IPython made of a cell where that is Python without magics: it may have had help of its own. */
function plainSource({ source, transformed }: IExecution): string {
  return transformed !== undefined && !transformed.includes('get_ipython()')
    ? transformed
    : (source ?? '');
}
