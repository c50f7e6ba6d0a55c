import { PageConfig, PathExt } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';
import type { PartialJSONObject } from '@lumino/coreutils';
import {
  crateFiles,
  crateMetadata,
  executedNotebook,
  missingFiles,
  notebookOf,
  notes,
  select,
  writeScript
} from '../../reproduce/index.js';
import type { BacktrailClient } from '../store/client.js';
import type { IRun } from '../store/protocol.js';
import { freeName } from './freename.js';
import { contentsFolder } from './place.js';

/** A script, or a notebook, that was written. */
export interface IWrittenScript {
  /** Its contents path. */
  readonly path: string;
  /** What could not be translated, in sentences. */
  readonly problems: readonly string[];
}

/**
 * Writes a run as the folder of an RO-Crate beside its notebook.
 *
 * @returns the path of its metadata, and what the crate lacks
 * @throws where there is nothing to write, or no place for it; the message is a sentence
 */
export async function exportCrate(
  id: string,
  client: BacktrailClient,
  contents: Contents.IManager,
  whole: boolean
): Promise<IWrittenScript> {
  const [run, { logs, cells }, points] = await Promise.all([
    client.run(id),
    client.log(id),
    client.metrics(id)
  ]);
  const blob = (sha256: string): Promise<string | undefined> => client.blob(sha256, id);
  const options = { run, logs, blob, metricCells: cells, whole };
  const selection = await select(options);
  const script = await writeScript(selection, options);
  const log = logs.find(one => one.id === run.session)?.text ?? '';
  const files = crateFiles(selection, run, script, log, points);
  const folder = await freePath(
    run,
    script.fileName.replace(/\.(?:py|[jt]s)$/, '-crate'),
    contents
  );
  const present = new Set(await client.writeCrate(id, folder, files));
  const path = PathExt.join(folder, 'ro-crate-metadata.json');
  const content = crateMetadata(selection, run, script, files, present);
  await contents.save(path, { type: 'file', format: 'text', content });
  return { path, problems: [...script.problems, ...missingFiles(files, present)] };
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
  const wanted =
    format === 'notebook' ? script.fileName.replace(/\.(?:py|[jt]s)$/, '.ipynb') : script.fileName;
  const path = await freePath(run, wanted, contents);
  if (format === 'script') {
    await contents.save(path, { type: 'file', format: 'text', content: script.script });
    return { path, problems: script.problems };
  }
  const made = notebookOf(selection, run, notes(selection.history, selection.whole));
  await saveNotebook(path, made.text, contents);
  return { path, problems: made.problems };
}

/**
 * Writes the notebook of a run as it was executed, beside its notebook, from the record alone.
 *
 * @returns its contents path
 * @throws where the record does not tell it, or there is no place; the message is a sentence
 */
export async function writeExecuted(
  id: string,
  client: BacktrailClient,
  contents: Contents.IManager
): Promise<string> {
  const [run, { logs }] = await Promise.all([client.run(id), client.log(id)]);
  const blob = (sha256: string): Promise<string | undefined> => client.blob(sha256, id);
  const text = await executedNotebook({ run, logs, blob });
  const name = `${run.notebook.name}-run-${run.number}.ipynb`;
  const path = await freePath(run, name, contents);
  await saveNotebook(path, text, contents);
  return path;
}

/** The contents path of a file beside a run's notebook, by a name that is not taken. */
async function freePath(run: IRun, wanted: string, contents: Contents.IManager): Promise<string> {
  const folder = contentsFolder(run.notebook.path, PageConfig.getOption('backtrailRoot'));
  const listing = await contents.get(folder, { content: true });
  const taken = new Set((listing.content as Contents.IModel[]).map(({ name }) => name));
  return PathExt.join(folder, freeName(wanted, taken));
}

async function saveNotebook(
  path: string,
  text: string,
  contents: Contents.IManager
): Promise<void> {
  const content = JSON.parse(text) as PartialJSONObject;
  await contents.save(path, { type: 'notebook', format: 'json', content });
}
