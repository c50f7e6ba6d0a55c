/**
 * An execution of a cell, as a history has it.
 */

import type { EventOf } from '../runlog/index.js';

/** One execution of a cell, with those that ran inside it. */
export interface IExecution {
  /** The session's own sequence number, from 1. */
  readonly n: number;
  /** The number in the notebook's margin, where it is known. */
  readonly count: number | null;
  /** The source as executed; undefined where the log lacks it. */
  readonly source: string | undefined;
  /** The source as IPython made Python of it, where the log has it. */
  readonly transformed: string | undefined;
  /** How it ended; undefined where the log ends before. */
  readonly status: string | undefined;
  /** Seconds, where it ended. */
  readonly duration: number | undefined;
  /** When it began and ended, in milliseconds since the epoch; NaN where that is not known. */
  readonly began: number;
  readonly ended: number;
  readonly error: EventOf<'cell_end'>['error'];
  /** The kinds of secrets that are withheld from its source. */
  readonly withheld: ReadonlyArray<string>;
  /** The executions inside this one, in order, such as the cells of a notebook that `%run` ran. */
  readonly inner: ReadonlyArray<IExecution>;
}

/** The sources of an execution and of those inside it. */
export function sourcesOf({ source, inner }: IExecution): string[] {
  return [...(source === undefined ? [] : [source]), ...inner.flatMap(sourcesOf)];
}

/** Whether an execution starts tasks, which go on when it has ended. */
export function startsTasks(execution: IExecution): boolean {
  return sourcesOf(execution).some(source => /\b(?:create_task|ensure_future)\b/.test(source));
}
