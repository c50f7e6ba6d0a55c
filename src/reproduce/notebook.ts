/**
 * An export as a notebook: the sources as they were executed, magics and all, with what it takes to draw
 * the same random numbers in cells before them.
 */

import type { RunSummary } from '../runlog/index.js';
import type { ISelection } from './export.js';
import type { IExecution } from './execution.js';
import { inputsOf } from './inputs.js';
import { description } from './script/header.js';
import { preamble } from './script/preamble.js';
import { quoted } from './script/quote.js';
import { editedModules } from './script/modules.js';
import { initialStates, missingStates, statesBefore } from './script/randomness.js';
import { mentions } from './script/syntax.js';
import { typescriptNotebook } from './script/typescript/notebook.js';
import { isTypescript } from './script/typescript/script.js';
import { waits } from './script/waiting.js';

/** A cell in the form of nbformat 4.5. */
type Cell = Readonly<Record<string, unknown>> & { readonly id: string };

/** Writes what was chosen as the text of a notebook, and says what is not as it was. */
export function notebookOf(
  { history }: ISelection,
  run: RunSummary,
  notes: ReadonlyArray<string>
): { readonly text: string; readonly problems: ReadonlyArray<string> } {
  if (isTypescript(run)) {
    return typescriptNotebook(history, run, notes);
  }
  const { executions, randomness } = history;
  const sources = executions.map(({ source = '' }) => source).join('\n');
  const nb = unused(sources);
  const problems: string[] = [...missingStates(randomness), ...editedModules(history)];
  const waited = waits(executions);
  const body = executions.flatMap((execution, index) => {
    const seconds = index ? waited.get(executions[index - 1].n) : undefined;
    const states = [
      ...(seconds === undefined ? [] : [`await __import__("asyncio").sleep(${seconds})`]),
      ...statesBefore(execution.n, randomness, nb, 'inline')
    ];
    return [
      ...(states.length ? [code(`states-${execution.n}`, states.join('\n'))] : []),
      cellOf(execution, problems)
    ];
  });
  const set = [inputs(history, nb), initialStates(randomness, nb, 'inline'), standIn(sources, nb)];
  const used = [...set, ...body.map(cell => String(cell.source))].join('\n');
  const setUp = [preamble(used, nb), ...set].filter(Boolean).join('\n\n');
  const cells = [
    markdown('about', about(run, notes)),
    ...(setUp ? [code('set-up', setUp)] : []),
    ...body
  ];
  const document = {
    cells: cells.map(cell => ({ ...cell, source: lines(String(cell.source)) })),
    metadata: {
      kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
      language_info: { name: 'python', version: run.kernel?.version ?? undefined }
    },
    nbformat: 4,
    nbformat_minor: 5
  };
  return { text: `${JSON.stringify(document, null, 1)}\n`, problems };
}

function unused(sources: string): string {
  let nb = '_nb';
  while (sources.includes(nb)) {
    nb += '_';
  }
  return nb;
}

function cellOf(execution: IExecution, problems: string[]): Cell {
  const { n, count, source, status, error } = execution;
  const id = `cell-${n}`;
  if (source === undefined) {
    problems.push(`The source of cell ${count ?? n} is missing from the record.`);
    return markdown(id, `The source of cell [${count ?? n}] is missing from the record.`);
  }
  if (error?.unparsable) {
    return { cell_type: 'raw', id, metadata: {}, source };
  }
  // By this tag tools go on behind a cell that fails, as the notebook did.
  return code(id, source, status === 'failed' ? { tags: ['raises-exception'] } : {});
}

function code(id: string, source: string, metadata: object = {}): Cell {
  return { cell_type: 'code', execution_count: null, id, metadata, outputs: [], source };
}

function markdown(id: string, source: string): Cell {
  return { cell_type: 'markdown', id, metadata: {}, source };
}

function about(run: RunSummary, notes: ReadonlyArray<string>): string {
  const text = description(run, notes).replace(/^# ?/gm, '');
  return `# ${run.name ?? run.id}\n\n\`\`\`\n${text}\n\`\`\``;
}

function inputs(history: ISelection['history'], nb: string): string {
  const files = inputsOf(history).map(
    ({ path, sha256 }) => `    ${quoted(path)}: ${quoted(sha256)},`
  );
  return files.length ? [`${nb}.inputs({`, ...files, '})'].join('\n') : '';
}

function standIn(sources: string, nb: string): string {
  return mentions(sources).modules.has('backtrail') ? `${nb}.keep(0)` : '';
}

/** nbformat keeps a text as its lines. */
function lines(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}
