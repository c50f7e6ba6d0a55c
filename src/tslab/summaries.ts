/** Keeps `run.json` up to date: the summary that every reader makes from the logs, as they grow. */
import { isId, type JsonObject, NotebookSummary, readLines } from '../runlog/index.js';
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from './disk.js';
import { join } from 'node:path';
import { replaceJson, sessionsFolder, summaryPath } from './layout.js';
import { reasonOf } from './log.js';
import type { Run } from './run.js';
import type { Session } from './session.js';

/** How much of a file is read before others have their turn, in bytes. */
const PIECE = 1 << 20;

/** Writes the summaries of the runs of one session, away from the cells. */
export class Summaries {
  constructor(private readonly _session: Session) {}

  /** Replaces the summary of each of `runs` that has recorded something, in pieces. */
  async write(runs: readonly Run[]): Promise<void> {
    for (const run of runs) {
      while (this._takePoints(run)) {
        await new Promise(resolve => setImmediate(resolve));
      }
    }
    this.writeNow(runs);
  }

  /** The same without a pause, for a kernel that ends. */
  writeNow(runs: readonly Run[]): void {
    this._takeEvents();
    this._takeEdits();
    for (const run of runs) {
      if (!run.isRecorded) {
        continue;
      }
      while (this._takePoints(run)) {
        // All of it.
      }
      const summary = this._notebook.summary(run.id, () => true);
      if (summary !== undefined) {
        try {
          replaceJson(summaryPath(this._session.folder, run.id), summary);
        } catch (error) {
          this._session.warn(`The summary run.json could not be written: ${reasonOf(error)}.`);
        }
      }
    }
  }

  private _takeEvents(): void {
    this._session.ensure();
    for (const line of this._session.written.splice(0)) {
      this._notebook.feed(this._session.id, JSON.parse(line) as JsonObject);
    }
  }

  /** Reads the next piece of a run's points from the disk; false when there is no more. */
  private _takePoints(run: Run): boolean {
    const at = this._read.get(run.id) ?? 0;
    let bytes: Uint8Array;
    try {
      bytes = readPiece(run.points.path, at);
    } catch {
      return false;
    }
    if (bytes.length > 0) {
      this._read.set(run.id, at + bytes.length);
      this._notebook.feedPoints(run.id, bytes);
    }
    return bytes.length === PIECE;
  }

  /** Somebody may have renamed, tagged or annotated a run meanwhile, in a log of their own. */
  private _takeEdits(): void {
    const folder = sessionsFolder(this._session.folder);
    try {
      const changed = statSync(folder).mtimeMs;
      if (changed !== this._looked) {
        this._looked = changed;
        this._findEditors(folder);
      }
    } catch {
      return;
    }
    for (const [path, seen] of this._editors) {
      try {
        const { events } = readLines(readFileSync(path));
        for (const event of events.slice(seen)) {
          this._notebook.feed(path.slice(folder.length + 1, -'.jsonl'.length), event);
        }
        this._editors.set(path, events.length);
      } catch {
        continue;
      }
    }
  }

  private _findEditors(folder: string): void {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      const isLog = name.endsWith('.jsonl') && isId(name.slice(0, -'.jsonl'.length));
      if (isLog && !this._others.has(path) && !this._editors.has(path)) {
        const head = Buffer.from(readPiece(path, 0, 256)).toString();
        if (/^\{"event": ?"editor"/.test(head)) {
          this._editors.set(path, 0);
        } else {
          this._others.add(path);
        }
      }
    }
  }

  /** By path, how many of its events are known. */
  private readonly _editors = new Map<string, number>();
  private _looked = 0;
  private readonly _notebook = new NotebookSummary();
  private readonly _others = new Set<string>();
  /** By run, how many bytes of its points are known. */
  private readonly _read = new Map<string, number>();
}

function readPiece(path: string, at: number, size = PIECE): Uint8Array {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(size);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, size, at));
  } finally {
    closeSync(descriptor);
  }
}
