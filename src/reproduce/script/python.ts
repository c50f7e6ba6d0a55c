/**
 * A history as one Python script.
 */

import type { IHistory } from '../history.js';
import { checkedInputs, kernelVariables, provided, recorded, surroundings } from './beginning.js';
import { blockOf } from './block.js';
import { missingModules, modulesAtEnd } from './modules.js';
import { preamble } from './preamble.js';
import { oneLine } from './quote.js';
import { hashSeed, initialStates, missingStates, recordedAtEnd } from './randomness.js';
import { survey } from './session.js';

/** A history as Python, without its head. */
export interface IPythonScript {
  readonly python: string;
  /** The modules that the cells import. */
  readonly modules: ReadonlySet<string>;
  /** What is not as it was, in sentences. */
  readonly problems: ReadonlyArray<string>;
}

/** Writes a history as Python. Pure. */
export function pythonScript(history: IHistory): IPythonScript {
  const session = survey(history);
  const blocks = history.executions.map(execution => blockOf(execution, history, session));
  for (const [magic, cells] of session.untranslated) {
    const where = `${cells.length > 1 ? 'cells' : 'cell'} ${cells.join(', ')}`;
    session.problems.push(
      `${oneLine(magic, 60)} in ${where} is not translated: it stands as a comment.`
    );
  }
  const { features } = session;
  session.problems.push(...missingStates(history.randomness), ...missingModules(history));
  const variables = kernelVariables(history, session);
  const seed = hashSeed(history.hashSeed, session.nb);
  const states = initialStates(history.randomness, session.nb);
  const inputs = checkedInputs(history, session);
  const record = recorded(history, session);
  const body = blocks.join('\n\n');
  const head = [
    features.size ? `from __future__ import ${[...features].join(', ')}` : '',
    surroundings(history, session),
    preamble([variables, seed, record, inputs, states, body].join('\n'), session.nb),
    variables,
    seed,
    record,
    inputs,
    states,
    provided(session)
  ];
  return {
    python: `${[...head, body, modulesAtEnd(history, session), recordedAtEnd(history.randomness)].filter(Boolean).join('\n\n')}\n`,
    modules: session.modules,
    problems: session.problems
  };
}
