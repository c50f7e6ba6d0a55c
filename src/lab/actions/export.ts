import { PageConfig, PathExt } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';
import { exportScript } from '../../reproduce/index.js';
import type { BacktrailClient } from '../store/client.js';
import { freeName } from './freename.js';
import { contentsFolder } from './place.js';

/** A script that was written. */
export interface IWrittenScript {
  /** Its contents path. */
  readonly path: string;
  /** What could not be translated, in sentences. */
  readonly problems: readonly string[];
}

/**
 * Writes a run as a script beside its notebook.
 *
 * @param whole - every cell of the session, instead of those that the results depend on
 * @throws where there is no script to write, or no place for it; the message is a sentence
 */
export async function exportRun(
  id: string,
  client: BacktrailClient,
  contents: Contents.IManager,
  whole = false
): Promise<IWrittenScript> {
  const [run, { logs, cells }] = await Promise.all([client.run(id), client.log(id)]);
  const { script, fileName, problems } = await exportScript({
    run,
    logs,
    blob: sha256 => client.blob(sha256, id),
    metricCells: cells,
    whole
  });
  const folder = contentsFolder(run.notebook.path, PageConfig.getOption('backtrailRoot'));
  const listing = await contents.get(folder, { content: true });
  const taken = new Set((listing.content as Contents.IModel[]).map(({ name }) => name));
  const path = PathExt.join(folder, freeName(fileName, taken));
  await contents.save(path, { type: 'file', format: 'text', content: script });
  return { path, problems };
}
