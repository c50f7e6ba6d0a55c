/**
 * One execution as a block of a script.
 */

import type { IExecution } from '../../execution.js';
import type { IHistory } from '../../history.js';
import type { IOpening } from '../../sessionlog.js';
import { oneLine } from '../quote.js';
import type { ICompiledCell } from './compiled.js';
import { moduleOf } from './modulecell.js';
import { commented, objectOf, quoted } from './text.js';

/** What every block of a script shares. */
export interface ISession {
  readonly compiled: ReadonlyMap<number, ICompiledCell>;
  /** See `waitsOf`. */
  readonly waits: ReadonlyMap<number, number>;
  /** Whether cells call Backtrail. */
  readonly calls: boolean;
  /** What the files of cells that are modules end with. */
  readonly moduleEnding: string;
  readonly problems: string[];
}

/** Writes the block of an execution; what is to be said of it goes to the session. */
export function blockOf(execution: IExecution, history: IHistory, session: ISession): string {
  const { n, source } = execution;
  const cell = session.compiled.get(n);
  const lines = [`// %% [${labelOf(execution)}]`, ...withheldFrom(execution, session)];
  if (source !== undefined) {
    lines.push(commented(source.trimEnd()));
  }
  if (execution.error?.unparsable) {
    const why = oneLine(`${execution.error.type}: ${execution.error.message}`);
    return [lines[0], `// Never run: ${why}`, ...lines.slice(1)].join('\n');
  }
  const module = source === undefined ? undefined : moduleOf(source);
  if (module !== undefined) {
    const words = [module, session.moduleEnding, source ?? ''].map(quoted).join(', ');
    const made = `_nb.cell(${quoted(labelOf(execution))}, {}, () => _nb.module(${words}));`;
    return [lines[0], made].join('\n');
  }
  if (cell === undefined) {
    return [...lines, ...withoutCode(execution, session)].join('\n');
  }
  if (cell.code === '') {
    return lines.join('\n');
  }
  const how = optionsOf(execution, history, session);
  const options = how.length > 0 ? objectOf(how) : '{}';
  const head = `_nb.cell(${quoted(labelOf(execution))}, ${options}, ${cell.isAsync ? 'async ' : ''}function (exports, require) {`;
  return [...lines, ...noted(execution, session), head, cell.code, '});'].join('\n');
}

/** What a cell is called: the number in the notebook's margin. */
export function labelOf({ n, count }: IExecution): string {
  return String(count ?? n);
}

function withheldFrom(execution: IExecution, { problems }: ISession): string[] {
  const what = oneLine([...new Set(execution.withheld)].join(', '));
  if (what === '') {
    return [];
  }
  problems.push(
    `What the record withholds of cell [${labelOf(execution)}] (${what}) is not in the script: put it where [withheld: …] stands, or read it from the environment.`
  );
  return [`// Not in the record: ${what}. Put it where [withheld: …] stands.`];
}

/** A cell of which the record has no JavaScript. */
function withoutCode(execution: IExecution, { problems }: ISession): string[] {
  const cell = labelOf(execution);
  const code = (execution.source ?? '=').replace(/\/\*[^]*?\*\/|\/\/.*$/gm, '').trim();
  if (code !== '') {
    problems.push(
      `What cell [${cell}] was compiled to is missing from the record, and so from the script.`
    );
    return ['// What it was compiled to is missing from the record.'];
  }
  return [];
}

function noted(execution: IExecution, { problems }: ISession): string[] {
  const { status, error } = execution;
  const cell = labelOf(execution);
  if (status === 'failed') {
    return [`// Failed in the notebook with ${oneLine(`${error?.type}: ${error?.message}`)}`];
  }
  if (status === 'interrupted') {
    problems.push(
      `Cell [${cell}] was interrupted, and the script interrupts it after as long: what it had done by then may differ.`
    );
    return ['// Interrupted in the notebook'];
  }
  if (status === undefined) {
    problems.push(
      `Cell [${cell}] had not ended when the record ends; the script runs it to its end.`
    );
    return ['// Had not ended when the record ends'];
  }
  return [];
}

function optionsOf(
  execution: IExecution,
  history: IHistory,
  session: ISession
): Array<readonly [string, string]> {
  const { n, status, duration, error } = execution;
  const state = history.randomness.before.get(n)?.find(({ stream }) => stream === 'Math.random');
  const wait = session.waits.get(n);
  return [
    ...(state?.state === undefined ? [] : [['random', quoted(state.state)] as const]),
    ...(session.calls ? runsAt(execution, history) : []),
    ...(status === 'failed' ? [['fails', quoted(oneLine(error?.type ?? 'Error'))] as const] : []),
    ...(status === 'interrupted' ? [['interrupted', String(duration ?? 0)] as const] : []),
    ...(wait === undefined ? [] : [['wait', String(wait)] as const])
  ];
}

/** Where runs begin, for what answers for Backtrail. */
function runsAt({ n }: IExecution, history: IHistory): Array<readonly [string, string]> {
  const begins = (opening: IOpening): boolean =>
    history.executions.find(execution => execution.n >= opening.n)?.n === n;
  const [other] = history.openings
    .filter(opening => opening.call === 0 && begins(opening) && AGAIN.has(opening.why))
    .slice(-1);
  return [
    ...(other ? [['begin', quoted(other.name)] as const] : []),
    ...(begins(history.opening) ? [['keep', String(history.opening.call)] as const] : [])
  ];
}

/** The ways of a run to open by itself where one is open. */
const AGAIN: ReadonlySet<string> = new Set(['cell run again', 'run from the top']);
