/**
 * Python that loads modules anew where IPython did (`%autoreload`).
 */

import { reloadsBefore, type IReload } from '../reloads.js';
import type { IHistory } from '../history.js';
import { quoted } from './quote.js';
import type { ISession } from './session.js';

/** Loads the modules anew that had been edited before an execution. */
export function reloadedBefore(n: number, history: IHistory, { nb, reloads }: ISession): string[] {
  return (reloads.get(n) ?? []).map(reload =>
    isWritten(reload, history)
      ? `${nb}.reload(${quoted(reload.module)})`
      : `${nb}.reload(${quoted(reload.module)}, ${nb}.recorded(${quoted(markOf(reload, n))}))`
  );
}

/** The sources of modules, for the end of a script; empty where there are none. */
export function modulesAtEnd(history: IHistory, { reloads }: ISession): string {
  const lines = [...reloads].flatMap(([n, all]) =>
    all
      .filter(reload => !isWritten(reload, history))
      .flatMap(reload =>
        (reload.source ?? '')
          .replace(/\r\n?/g, '\n')
          .replace(/\n$/, '')
          .split('\n')
          .map(line => `#: ${markOf(reload, n)} ${line}`)
      )
  );
  return lines.length
    ? [
        '# %% Recorded',
        '# Modules that were edited while the notebook ran, as it loaded them anew.',
        ...lines
      ].join('\n')
    : '';
}

/** What is said of those that a script cannot load as they were, in sentences. */
export function missingModules(history: IHistory): string[] {
  return edited(history, ({ source }) => source === undefined).map(
    path =>
      `${path} was edited while the notebook ran, and what it was then is not in the record: the script loads it as it is.`
  );
}

/** What is said of those that a notebook loads as they are, in sentences. */
export function editedModules(history: IHistory): string[] {
  return edited(history, () => true).map(
    path => `${path} was edited while the notebook ran: the exported one loads it as it is.`
  );
}

function edited(history: IHistory, which: (reload: IReload) => boolean): string[] {
  const numbers = history.executions.map(({ n }) => n);
  const found = [...reloadsBefore(numbers, history.reloads).values()].flat();
  const others = found.filter(one => which(one) && !numbers.some(n => n === one.writer));
  return [...new Set(others.map(({ path }) => path))];
}

/** Whether the file is what was loaded: a cell of the script wrote it, or nothing else can be had. */
function isWritten({ writer, source }: IReload, { executions }: IHistory): boolean {
  return source === undefined || executions.some(({ n }) => n === writer);
}

function markOf({ module }: IReload, n: number): string {
  return `${module}@${n}`;
}
