import { isEvent, readLines, type RunSummary } from '../../runlog/index.js';
import type { IRunLog } from '../store/protocol.js';
import { usesOf, Values, type IUses, type IVariableUses } from './uses.js';

/** One execution of a cell, with its source as it was executed. */
export interface IExecution {
  /** The notebook's cell id, where it is known. */
  readonly cell: string | null;
  readonly n: number;
  /** The `[n]` that the notebook showed. */
  readonly count: number | null;
  readonly status: string;
  /** Seconds; null where it did not end. */
  readonly duration: number | null;
  /** ISO 8601; empty where the log lacks the execution. */
  readonly started: string;
  /** The source; undefined where it is a blob, or where the log lacks it. */
  readonly source: string | undefined;
  /** The blob that holds a large source. */
  readonly blob: string | undefined;
  /** What went wrong, in one line; empty where nothing did. */
  readonly error: string;
  /** The line of the cell that the compiler refused; null where it is not known. */
  readonly errorLine: number | null;
  /** Which variables, files and seeds it used. */
  readonly uses: IUses;
}

/**
 * The executions of a run in order, joined with what the log of its session says of them.
 *
 * @param importedNames - tells which names a source binds by importing, where the values do not tell
 */
export function executionsOf(
  run: Pick<RunSummary, 'session' | 'cells' | 'inputs' | 'outputs' | 'seeds'>,
  { logs }: Pick<IRunLog, 'logs'>,
  importedNames: (source: string) => ReadonlySet<string> = () => new Set()
): readonly IExecution[] {
  const text = logs.find(log => log.id === run.session)?.text ?? '';
  const sources = new Map<number, Pick<IExecution, 'started' | 'source' | 'blob'>>();
  const errors = new Map<number, Pick<IExecution, 'error' | 'errorLine'>>();
  const values = new Values();
  const variables = new Map<number, IVariableUses>();
  for (const line of readLines(text).events) {
    if (isEvent(line, 'cell_start')) {
      sources.set(line.n, { started: line.time, source: line.source, blob: line.source_blob });
    } else if (isEvent(line, 'cell_end') && line.error) {
      const { type, message, line: at } = line.error;
      errors.set(line.n, {
        error: message ? `${type}: ${message}` : type,
        errorLine: at ?? null
      });
    } else if (isEvent(line, 'variables')) {
      const imported = importedNames(sources.get(line.n)?.source ?? '');
      variables.set(line.n, { uses: values.take(line, imported), told: line });
    }
  }
  return run.cells.map(cell => {
    const found = sources.get(cell.n);
    return {
      cell: cell.cell,
      n: cell.n,
      count: cell.count,
      status: cell.status,
      duration: cell.duration,
      started: found?.started ?? '',
      source: found?.source,
      blob: found?.blob,
      error: '',
      errorLine: null,
      ...errors.get(cell.n),
      uses: usesOf(run, cell.n, variables.get(cell.n))
    };
  });
}
