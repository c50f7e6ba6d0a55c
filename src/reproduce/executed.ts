/**
 * The notebook as it was executed: every execution of the session up to the end of the run, in its order,
 * from the record alone. Nothing is chosen, translated or restored; that is what an export does.
 */

import { isEvent, readLines, type RunSummary } from '../runlog/index.js';
import type { IExecution } from './execution.js';
import { readHistory, type IHistory } from './history.js';

/** What it is made from. */
export interface IExecutedOptions {
  readonly run: RunSummary;
  /** The session logs of the run's notebook. */
  readonly logs: ReadonlyArray<{ readonly id: string; readonly text: string }>;
  /** The text of a blob by its hash, or undefined where it is missing. */
  readonly blob: (sha256: string) => Promise<string | undefined>;
}

/** A cell as the page told it. */
interface IOutlined {
  readonly id: string;
  readonly type: string;
  readonly source?: string;
}

/** How kernels are called that notebooks of a language name. */
const KERNELS: Readonly<Record<string, object>> = {
  python: { display_name: 'Python 3', language: 'python', name: 'python3' },
  typescript: { display_name: 'TypeScript', language: 'typescript', name: 'tslab' },
  javascript: { display_name: 'JavaScript', language: 'javascript', name: 'jslab' }
};

/**
 * Writes the notebook of a run as it was executed.
 *
 * @returns the text of a notebook of nbformat 4.5, without outputs, which are not in the record
 * @throws ExportError where the record does not tell what was executed; its message is a sentence
 */
export async function executedNotebook(options: IExecutedOptions): Promise<string> {
  const { run } = options;
  const history = await readHistory(run, options.logs, options.blob);
  const texts = textsBefore(history, await outlineOf(history, options));
  const cells = history.executions.flatMap(execution => [
    ...(texts.get(execution.n) ?? []),
    cellOf(execution)
  ]);
  const language = run.kernel?.language ?? 'python';
  const document = {
    cells: cells.map((cell, at) => ({ id: `cell-${at + 1}`, ...cell })),
    metadata: {
      kernelspec: KERNELS[language] ?? { display_name: language, language, name: language },
      backtrail: { executed: run.id }
    },
    nbformat: 4,
    nbformat_minor: 5
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

function cellOf({ n, count, source, error, withheld }: IExecution): object {
  if (source === undefined) {
    const says = `The source of cell [${count ?? n}] is missing from the record.`;
    return { cell_type: 'markdown', metadata: {}, source: says };
  }
  return {
    cell_type: 'code',
    execution_count: count,
    metadata: {
      ...(error?.unparsable && { tags: ['raises-exception'] }),
      ...(withheld.length > 0 && { backtrail: { withheld } })
    },
    outputs: [],
    source: source.split(/(?<=\n)/)
  };
}

/** The markdown that stood before a cell, by the first execution of that cell. */
function textsBefore(
  { events, executions }: IHistory,
  outline: readonly IOutlined[]
): ReadonlyMap<number, readonly object[]> {
  const numbers = new Set(executions.map(({ n }) => n));
  const first = new Map<string, number>();
  for (const event of events) {
    if (isEvent(event, 'cell_start') && event.cell && numbers.has(event.n)) {
      first.set(event.cell, first.get(event.cell) ?? event.n);
    }
  }
  const texts = new Map<number, object[]>();
  let waiting: object[] = [];
  for (const { id, type, source = '' } of outline) {
    if (type === 'code') {
      const n = first.get(id);
      if (n !== undefined) {
        texts.set(n, waiting);
        waiting = [];
      }
    } else {
      waiting.push({ cell_type: type, metadata: {}, source: source.split(/(?<=\n)/) });
    }
  }
  return texts;
}

/** The cells of the notebook in order, as the page told them when the run had ended. */
async function outlineOf(
  { session }: IHistory,
  { run, logs, blob }: IExecutedOptions
): Promise<readonly IOutlined[]> {
  const told = logs
    .flatMap(({ text }) => readLines(text).events)
    .filter(event => isEvent(event, 'notebook'))
    .filter(event => event.session === session.session && event.outline)
    .sort((a, b) => (a.time < b.time ? -1 : 1));
  // The page tells it a moment after the cells ran: the first one after the end will do as well.
  const ended = run.ended ?? '';
  const outline = (ended ? told.find(({ time }) => time >= ended) : undefined) ?? told.at(-1);
  const text = outline?.outline ? await blob(outline.outline) : undefined;
  try {
    return text === undefined ? [] : (JSON.parse(text) as IOutlined[]);
  } catch {
    return [];
  }
}
