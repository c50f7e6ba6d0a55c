/**
 * Python that loads modules anew where IPython did (`%autoreload`).
 */

import { reloadsBefore, type IReload } from '../reloads.js';
import type { IHistory } from '../history.js';
import { quoted } from './quote.js';

/** Loads the modules anew that had been edited before an execution. */
export function reloadedBefore(n: number, history: IHistory, nb: string): string[] {
  return among(n, history).map(reload =>
    isWritten(reload, history)
      ? `${nb}.reload(${quoted(reload.module)})`
      : `${nb}.reload(${quoted(reload.module)}, ${nb}.recorded(${quoted(markOf(reload, n))}))`
  );
}

/** The sources of modules, for the end of a script; empty where there are none. */
export function modulesAtEnd(history: IHistory): string {
  const lines = numbers(history).flatMap(n =>
    among(n, history)
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
  const found = numbers(history)
    .flatMap(n => among(n, history))
    .filter(one => which(one) && !history.executions.some(({ n }) => n === one.writer));
  return [...new Set(found.map(({ path }) => path))];
}

function numbers({ executions }: IHistory): number[] {
  return executions.map(({ n }) => n);
}

function among(n: number, history: IHistory): ReadonlyArray<IReload> {
  return reloadsBefore(numbers(history), history.reloads).get(n) ?? [];
}

/** Whether the file is what was loaded: a cell of the script wrote it, or nothing else can be had. */
function isWritten({ writer, source }: IReload, { executions }: IHistory): boolean {
  return source === undefined || executions.some(({ n }) => n === writer);
}

function markOf({ module }: IReload, n: number): string {
  return `${module}@${n}`;
}
