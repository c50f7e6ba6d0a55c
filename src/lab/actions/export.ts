import { PageConfig, PathExt } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';
import type { PartialJSONObject } from '@lumino/coreutils';
import { notebookOf, notes, select, writeScript } from '../../reproduce/index.js';
import type { BacktrailClient } from '../store/client.js';
import { freeName } from './freename.js';
import { contentsFolder } from './place.js';

/** A script, or a notebook, that was written. */
export interface IWrittenScript {
  /** Its contents path. */
  readonly path: string;
  /** What could not be translated, in sentences. */
  readonly problems: readonly string[];
}

/** In which form a run is written, and whether with every cell of its session. */
export interface IExportChoice {
  readonly format: 'script' | 'notebook';
  readonly whole: boolean;
}

/**
 * Writes a run as a script or a notebook beside its notebook.
 *
 * @throws where there is nothing to write, or no place for it; the message is a sentence
 */
export async function exportRun(
  id: string,
  client: BacktrailClient,
  contents: Contents.IManager,
  { format, whole }: IExportChoice
): Promise<IWrittenScript> {
  const [run, { logs, cells }] = await Promise.all([client.run(id), client.log(id)]);
  const options = {
    run,
    logs,
    blob: (sha256: string) => client.blob(sha256, id),
    metricCells: cells,
    whole
  };
  const selection = await select(options);
  const script = await writeScript(selection, options);
  const folder = contentsFolder(run.notebook.path, PageConfig.getOption('backtrailRoot'));
  const listing = await contents.get(folder, { content: true });
  const taken = new Set((listing.content as Contents.IModel[]).map(({ name }) => name));
  const wanted =
    format === 'notebook' ? script.fileName.replace(/\.py$/, '.ipynb') : script.fileName;
  const path = PathExt.join(folder, freeName(wanted, taken));
  if (format === 'script') {
    await contents.save(path, { type: 'file', format: 'text', content: script.script });
    return { path, problems: script.problems };
  }
  const made = notebookOf(selection, run, notes(selection.history, selection.whole));
  await contents.save(path, {
    type: 'notebook',
    format: 'json',
    content: JSON.parse(made.text) as PartialJSONObject
  });
  return { path, problems: made.problems };
}
