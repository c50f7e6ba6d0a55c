/**
 * An export as a notebook of tslab: the sources as they were executed, with what it takes to draw the same
 * random numbers in cells before them.
 */

import type { RunSummary } from '../../../runlog/index.js';
import { inputsOf } from '../../inputs.js';
import type { IExecution } from '../../execution.js';
import type { IHistory } from '../../history.js';
import { description } from '../header.js';
import { missingStates } from '../randomness.js';
import { labelOf } from './block.js';
import { randomCell, setRandom } from './prelude.js';
import { withoutMetrics } from './script.js';

/** A cell in the form of nbformat 4.5. */
type Cell = Readonly<Record<string, unknown>> & { readonly id: string };

const KERNELS = {
  typescript: { display_name: 'TypeScript', language: 'typescript', name: 'tslab' },
  javascript: { display_name: 'JavaScript', language: 'javascript', name: 'jslab' }
};

/** Writes a history as the text of a notebook, and says what is not as it was. */
export function typescriptNotebook(
  history: IHistory,
  run: RunSummary,
  notes: ReadonlyArray<string>
): { readonly text: string; readonly problems: ReadonlyArray<string> } {
  const { executions, randomness } = history;
  const problems = missingStates(randomness);
  const initial = randomness.initial[0]?.state;
  const kernel = run.kernel?.language === 'javascript' ? KERNELS.javascript : KERNELS.typescript;
  const cells = [
    { cell_type: 'markdown', id: 'about', metadata: {}, source: about(history, run, notes) },
    ...(initial === undefined ? [] : [code('random', randomCell(initial))]),
    ...executions.flatMap(execution => {
      const state = randomness.before.get(execution.n)?.[0]?.state;
      const before =
        state === undefined
          ? []
          : [
              code(
                `random-${execution.n}`,
                initial === undefined ? randomCell(state) : setRandom(state)
              )
            ];
      return [...before, cellOf(execution, problems)];
    })
  ];
  const document = {
    cells: cells.map(cell => ({ ...cell, source: String(cell.source).split(/(?<=\n)/) })),
    metadata: { kernelspec: kernel, language_info: { name: kernel.language } },
    nbformat: 4,
    nbformat_minor: 5
  };
  return { text: `${JSON.stringify(document, null, 1)}\n`, problems };
}

function cellOf(execution: IExecution, problems: string[]): Cell {
  const { n, source, status, error } = execution;
  const id = `cell-${n}`;
  if (source === undefined) {
    const says = `The source of cell [${labelOf(execution)}] is missing from the record.`;
    problems.push(says);
    return { cell_type: 'markdown', id, metadata: {}, source: says };
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

function about(history: IHistory, run: RunSummary, notes: ReadonlyArray<string>): string {
  const said = withoutMetrics(notes);
  const text = description(run, said).replace(/^# ?/gm, '');
  const inputs = inputsOf(history).map(({ path, sha256 }) => `${path}  sha256 ${sha256}`);
  const files = inputs.length > 0 ? ['', 'Files that it read:', ...inputs] : [];
  return `# ${run.name ?? run.id}\n\n\`\`\`\n${[text, ...files].join('\n')}\n\`\`\``;
}
