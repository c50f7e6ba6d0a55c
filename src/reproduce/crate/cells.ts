/**
 * The cells in a crate: each is a step, with the program that it is and its execution.
 */

import type { ISelection } from '../export.js';
import type { IExecution } from '../execution.js';
import type { CrateContents } from './files.js';
import { ref, statusOf, type Entity } from './identifiers.js';

/** The entities of one execution, `index` being its place among those that are exported. */
export function stepOf(
  execution: IExecution,
  index: number,
  selection: ISelection,
  contents: CrateContents
): Entity[] {
  const { n, count, status } = execution;
  const name = `Cell [${count ?? n}]`;
  const { filesRead = [], filesWritten = [] } = selection.history.effects.get(n) ?? {};
  return [
    {
      '@id': `#step-${n}`,
      '@type': 'HowToStep',
      name,
      position: String(index + 1),
      workExample: ref(`#cell-${n}`)
    },
    {
      '@id': `#cell-${n}`,
      '@type': 'SoftwareApplication',
      name,
      description: reasonsOf(selection, n),
      version: 'as executed',
      url: `https://jupyter.org/`
    },
    {
      '@id': `#control-${n}`,
      '@type': 'ControlAction',
      name: `Execution of cell [${count ?? n}]`,
      instrument: ref(`#step-${n}`),
      object: ref(`#execution-${n}`)
    },
    {
      '@id': `#execution-${n}`,
      '@type': 'CreateAction',
      name: `Execution of cell [${count ?? n}]`,
      instrument: ref(`#cell-${n}`),
      agent: ref('#user'),
      actionStatus: statusOf(status),
      ...(status === 'failed' && execution.error
        ? { error: `${execution.error.type}: ${execution.error.message}` }
        : {}),
      object: contents.known(filesRead),
      result: contents.known(filesWritten)
    }
  ];
}

function reasonsOf({ slice }: ISelection, n: number): string {
  return slice.kept.find(one => one.n === n)?.reasons.join('; ') ?? '';
}
