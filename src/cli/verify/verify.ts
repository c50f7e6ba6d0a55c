/**
 * Verifies a run of a notebook on this machine.
 */

import { verify, type IVerified, type IVerifyOptions } from '../../reproduce/index.js';
import type { Notebook } from '../store.js';
import { ProcessStage, sha256Of, type IProcessStageOptions } from './stage.js';

/** What a verify is asked to do. */
export interface ILocalVerifyOptions
  extends
    Omit<IProcessStageOptions, 'run'>,
    Pick<IVerifyOptions, 'times' | 'stress' | 'tolerance' | 'timeout'> {
  readonly run: string;
  /** Every execution, instead of those that the results depend on. */
  readonly whole: boolean;
}

/**
 * Verifies a run.
 *
 * @throws ExportError where there is no script to play
 */
export async function verifyRun(options: ILocalVerifyOptions): Promise<IVerified> {
  const { notebook, say } = options;
  const run = notebook.summary(options.run);
  const stage = new ProcessStage({ ...options, run });
  try {
    return await verify(
      {
        ...options,
        run,
        logs: notebook.logs(),
        blob: sha256 => Promise.resolve(wholeBlob(notebook, sha256)),
        metricCells: notebook.metricCells(options.run),
        place: notebook.place,
        progress: ({ replay, cells, of, building }) =>
          say(
            building
              ? 'Building the environment of the run'
              : `Replay ${replay}: cell ${cells} of ${of}`
          )
      },
      stage
    );
  } finally {
    stage.remove();
  }
}

/** A blob whose content is the one that its name promises. */
function wholeBlob(notebook: Notebook, sha256: string): string | undefined {
  const text = notebook.blob(sha256);
  return text !== undefined && sha256Of(text) === sha256 ? text : undefined;
}
