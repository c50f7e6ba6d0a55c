/**
 * What a command changes of runs afterwards: events in a log of its own, as everybody writes who is no kernel.
 */

import { existsSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../runlog/index.js';
import { patternsOf, Redactor } from '../secrets/redactor.js';
import { exit, Stop } from './command.js';
import { replaceFile } from './files.js';
import type { INotebookFolder } from './folders.js';
import { newId } from './newid.js';
import { reason } from './reason.js';
import { Notebook } from './store.js';
import { version } from './version.js';

/**
 * Appends events about runs of one notebook, without the secrets that may be in them, and brings their `run.json` up to date.
 *
 * @param logs - the logs that say something of these runs
 * @param environment - where `BACKTRAIL_REDACT` may stand
 * @returns the events as they were written
 * @throws Stop where the folder cannot be written
 */
export function writeEdits(
  place: INotebookFolder,
  logs: ReadonlySet<string>,
  edits: readonly (JsonObject & { event: string; run: string })[],
  environment: NodeJS.ProcessEnv
): JsonObject[] {
  const time = new Date().toISOString().replace('Z', '000Z');
  const editor = newId(time);
  const writer = { name: 'backtrail', version: version() };
  const head = { event: 'editor', time, format: 1, editor, user: userName(), writer };
  const redactor = new Redactor();
  // A pattern of the user's that is none withholds nothing; the trackers say so where it is set.
  redactor.use(patternsOf(undefined, environment.BACKTRAIL_REDACT));
  const safe = edits.map(({ event, ...fields }) => ({
    event,
    time,
    ...redactor.event(event, fields)
  }));
  const lines = [head, ...safe];
  const path = join(place.folder, 'sessions', `${editor}.jsonl`);
  try {
    writeFileSync(path, lines.map(line => `${JSON.stringify(line)}\n`).join(''), { flag: 'wx' });
  } catch (error) {
    throw new Stop(`${path} cannot be written: ${reason(error)}.`, exit.inputOutput);
  }
  const notebook = new Notebook(place, new Set([...logs, editor]));
  for (const run of new Set(edits.map(edit => edit.run))) {
    const summary = join(place.folder, run, 'run.json');
    // Of a run that goes on, its kernel writes the summary when it is over.
    if (existsSync(summary) && notebook.outline(run).ended !== null) {
      try {
        replaceFile(summary, `${JSON.stringify(notebook.summary(run), null, 1)}\n`);
      } catch {
        // The event is in the log, which counts; run.json can be made from it at any time.
      }
    }
  }
  return safe;
}

/** Who calls; null where the system has no name for him. */
export function userName(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}
