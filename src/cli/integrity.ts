/**
 * Whether the files of a notebook's runs are as they were written.
 */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isEvent, readLines, type JsonObject } from '../runlog/index.js';
import { names, type INotebookFolder } from './folders.js';
import { hashOf } from './hash.js';
import { partOf, type Tell } from './progress.js';
import { reason } from './reason.js';
import { blobPath } from './store.js';

/** A file and what is wrong with it, or worth to know. */
export interface IFinding {
  readonly file: string;
  readonly what: string;
}

/** What was found in the folder of a notebook. */
export interface IFindings {
  /** How many files were read. */
  readonly files: number;
  /** What was lost or changed. */
  readonly damage: IFinding[];
  /** What is no damage: a line that was torn because its writer was killed. */
  readonly notes: IFinding[];
}

/** Reads the logs of a notebook, the blobs they name and the files kept with its runs. */
export function checkNotebook(place: INotebookFolder, tell: Tell = () => undefined): IFindings {
  const found = new Findings();
  const sessions = join(place.folder, 'sessions');
  const logs = names(sessions).sort();
  const folders = names(place.folder);
  const [first, second, third] = [0, 1, 2].map(part => partOf(tell, part, 3));
  for (const [index, name] of logs.entries()) {
    first?.(index, logs.length);
    if (name.endsWith('.jsonl') && !name.startsWith('.')) {
      const file = join(sessions, name);
      const events = found.lines(file);
      found.head(file, events, name.slice(0, -'.jsonl'.length));
      for (const event of events) {
        checkEvent(event, file, place, found);
      }
    }
  }
  for (const [index, run] of folders.entries()) {
    second?.(index, folders.length);
    if (
      /^\d{8}-\d{9}-[0-9a-z]{4}$/.test(run) &&
      names(join(place.folder, run)).includes('metrics.jsonl')
    ) {
      found.lines(join(place.folder, run, 'metrics.jsonl'));
    }
  }
  return found.finish(third);
}

function checkEvent(
  event: JsonObject,
  file: string,
  place: INotebookFolder,
  found: Findings
): void {
  const field = blobFields[String(event.event)];
  const blob = field && event[field];
  if (typeof blob === 'string' && /^[0-9a-f]{64}$/.test(blob)) {
    found.hash(blobPath(place.runs, blob), blob, `the ${String(event.event)} in ${file} needs it`);
  }
  if (isEvent(event, 'cell_start') && typeof event.source === 'string') {
    const { source, sha256 } = event;
    // A lone surrogate has no UTF-8 to hash.
    if (typeof sha256 === 'string' && !/\p{Surrogate}/u.test(source) && digest(source) !== sha256) {
      found.damaged(file, `the source of execution ${event.n} is not the one that was written`);
    }
  }
  if (isEvent(event, 'artifact')) {
    found.artifact(
      join(place.folder, event.run, 'artifacts', ...event.path.split('/')),
      event.sha256 ?? undefined
    );
  }
}

/** The fields that name a blob. */
const blobFields: Readonly<Record<string, string>> = {
  cell_start: 'source_blob',
  code: 'diff',
  environment: 'packages',
  notebook: 'outline',
  random_state: 'state'
};

class Findings implements IFindings {
  files = 0;
  readonly damage: IFinding[] = [];
  readonly notes: IFinding[] = [];

  /** The events of a file of lines. */
  lines(file: string): JsonObject[] {
    try {
      const { events, damaged, torn } = readLines(readFileSync(file));
      this.files++;
      if (damaged) {
        this.damaged(file, `${damaged} ${damaged === 1 ? 'line is' : 'lines are'} damaged`);
      }
      if (torn) {
        this.notes.push({ file, what: 'the last line was torn, and is left out' });
      }
      return events;
    } catch (error) {
      this.damaged(file, `cannot be read: ${reason(error)}`);
      return [];
    }
  }

  /** A log says first whose it is. */
  head(file: string, events: ReadonlyArray<JsonObject>, id: string): void {
    const [first] = events;
    if (!first) {
      return;
    }
    const own =
      first.event === 'session'
        ? first.session
        : first.event === 'editor'
          ? first.editor
          : undefined;
    if (own !== id) {
      this.damaged(file, 'the first line, which says whose log this is, is missing or another');
    }
  }

  /** A file must have the hash that a log gives it. Each is read once. */
  hash(file: string, sha256: string, why: string): void {
    if (this._read.has(file)) {
      return;
    }
    this._read.add(file);
    try {
      const is = hashOf(file);
      this.files++;
      if (is !== sha256) {
        this.damaged(file, 'its content is not the one that was written');
      }
    } catch (error) {
      this.damaged(file, `cannot be read (${reason(error)}), and ${why}`);
    }
  }

  /** A file kept with a run; a later one may have replaced it, so the last event of a path counts. */
  artifact(file: string, sha256: string | undefined): void {
    this._artifacts.set(file, sha256);
  }

  damaged(file: string, what: string): void {
    this.damage.push({ file, what });
  }

  /** Reads the files kept with runs. */
  finish(tell: Tell = () => undefined): this {
    let done = 0;
    for (const [file, sha256] of this._artifacts) {
      tell(done++, this._artifacts.size);
      if (sha256 !== undefined) {
        this.hash(file, sha256, 'it was kept with the run');
      }
    }
    return this;
  }

  private readonly _read = new Set<string>();
  private readonly _artifacts = new Map<string, string | undefined>();
}

function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
