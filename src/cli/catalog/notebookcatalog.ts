/**
 * The runs of one notebook, of which only those logs are read that have changed since the last time.
 */

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ILog, type JsonObject, NotebookSummary, readLog } from '../../runlog/index.js';
import { feedFile } from '../feed.js';
import { names, type INotebookFolder } from '../folders.js';
import { partOf, type Tell } from '../progress.js';
import { type IKeptLog, readCache, writeCache } from './cachefile.js';
import { knownMetrics } from './knownmetrics.js';
import { compact, type ListedRun, pack, Shared, unpack } from './packing.js';
import { currentStatus } from './status.js';

/** What is quickly read is read again at the next call: writing all of the cache would take longer. */
const FEW_LOGS = 4;
const FEW_BYTES = 1 << 20;

/** Reads the runs of one notebook. */
export class NotebookCatalog {
  /**
   * @param cache - the file that keeps what was read; undefined to read everything
   * @param progress - is told how much of what has changed was read
   */
  constructor(
    readonly place: INotebookFolder,
    cache: string | undefined,
    progress: Tell = () => undefined
  ) {
    const kept = cache === undefined ? undefined : readCache(cache);
    this._shared = new Shared(kept?.shared);
    this._logs = kept?.logs ?? {};
    const changed = this._changed();
    if (changed.size > 0) {
      this._read(changed, progress);
    }
    if (cache !== undefined && (changed.size > FEW_LOGS || this._bytes > FEW_BYTES)) {
      const rows = Object.values(this._logs).flatMap(log => log.rows);
      this._shared = new Shared(compact(rows, this._shared));
      writeCache(cache, { shared: this._shared.values, logs: this._logs });
    }
  }

  /** Its runs, with the status that they have now. */
  runs(): ListedRun[] {
    const runs: ListedRun[] = [];
    for (const log of Object.values(this._logs)) {
      for (const row of log.rows) {
        runs.push(currentStatus(unpack(row, this._shared)));
      }
    }
    return runs;
  }

  /** The logs that say something of a run: its session's, and those of later edits. */
  logsOf(run: Pick<ListedRun, 'id' | 'session'>): Set<string> {
    if (this._editing === undefined) {
      this._editing = new Map();
      for (const [id, { touches }] of Object.entries(this._logs)) {
        for (const name of touches) {
          this._editing.set(name, [...(this._editing.get(name) ?? []), id]);
        }
      }
    }
    const logs = [run.id, run.session].flatMap(name => this._editing?.get(name) ?? []);
    return new Set([run.session, ...logs]);
  }

  /** The logs that are not as they were when they were read, gone ones among them. */
  private _changed(): Set<string> {
    const changed = new Set<string>();
    const found = new Set<string>();
    for (const file of names(join(this.place.folder, 'sessions'))) {
      if (!file.endsWith('.jsonl') || file.startsWith('.')) {
        continue;
      }
      const id = file.slice(0, -'.jsonl'.length);
      found.add(id);
      const known = Object.hasOwn(this._logs, id) ? this._logs[id] : undefined;
      if (known === undefined || !isSame(known.seen, this._seen(id)) || this._hasNewPoints(known)) {
        changed.add(id);
      }
    }
    for (const id in this._logs) {
      if (!found.has(id)) {
        changed.add(id);
      }
    }
    return changed;
  }

  private _hasNewPoints({ points }: IKeptLog): boolean {
    for (const run in points) {
      if (!isSame(points[run] ?? [], pointsSeen(this.place.folder, run) ?? [])) {
        return true;
      }
    }
    return false;
  }

  /** Reads logs anew, with the runs of others that they speak of. */
  private _read(changed: Set<string>, progress: Tell): void {
    // The logs take about as long as the points of the runs that they tell of.
    const [logs, points] = [partOf(progress, 0, 2), partOf(progress, 1, 2)];
    const read = new Map<string, IReadLog>();
    const load = (id: string): IReadLog | undefined => {
      let log = read.get(id);
      if (log === undefined) {
        try {
          const seen = this._seen(id);
          const text = readFileSync(this._path(id));
          this._bytes += text.length;
          log = { seen, log: readLog(id, text), touches: [] };
          log.touches = touchesOf(log.log);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
            return undefined;
          }
          throw error;
        }
        read.set(id, log);
      }
      return log;
    };
    const home = new Map<string, string>();
    for (const [id, { rows }] of Object.entries(this._logs)) {
      rows.forEach(row => home.set(String(row[0]), id));
    }
    const affected = new Set(changed);
    let done = 0;
    for (const id of changed) {
      logs(++done, changed.size);
      const before = Object.hasOwn(this._logs, id) ? (this._logs[id]?.touches ?? []) : [];
      for (const name of [...before, ...(load(id)?.touches ?? [])]) {
        const log = home.get(name) ?? name;
        if (Object.hasOwn(this._logs, log)) {
          affected.add(log);
        }
      }
    }
    const summary = new NotebookSummary();
    const concerned = new Set(affected);
    for (const id of affected) {
      (this._logs[id]?.rows ?? []).forEach(row => concerned.add(String(row[0])));
      load(id)?.log.events.forEach(({ run }) => typeof run === 'string' && concerned.add(run));
    }
    for (const [id, { touches }] of Object.entries(this._logs)) {
      if (!affected.has(id) && touches.some(name => concerned.has(name))) {
        load(id);
      }
    }
    for (const { log } of read.values()) {
      summary.feedLog(log);
    }
    this._logs = Object.fromEntries(
      Object.entries(this._logs).filter(([id]) => !changed.has(id) || read.has(id))
    );
    const rows = new Map<string, IKeptLog>();
    for (const id of affected) {
      const log = read.get(id);
      if (log) {
        rows.set(id, { seen: log.seen, touches: log.touches, rows: [], points: {} });
      }
    }
    summary.runs().forEach((id, index, { length }) => {
      points(index, length);
      this._keepRun(summary, id, rows);
    });
    rows.forEach((log, id) => {
      const own = new Set(log.rows.map(row => row[0]));
      this._logs[id] = {
        ...log,
        touches: log.touches.filter(name => name !== id && !own.has(name))
      };
    });
  }

  private _keepRun(summary: NotebookSummary, id: string, rows: Map<string, IKeptLog>): void {
    // Whoever lives now may be gone at the next call: what is kept is what holds when he is.
    const ended = summary.summary(id, () => false);
    const log = ended && rows.get(ended.session);
    if (!ended || !log) {
      return;
    }
    const open = ended.status === 'killed' || ended.status === 'unknown';
    const seen = pointsSeen(this.place.folder, id);
    const known = open || !seen ? undefined : knownMetrics(this.place.folder, id, seen);
    let run: ListedRun = ended;
    if (known) {
      run = { ...ended, metrics: known };
    } else if (seen) {
      feedFile(join(this.place.folder, id, 'metrics.jsonl'), piece => {
        summary.feedPoints(id, piece);
      });
      run = summary.summary(id, () => false) ?? ended;
    }
    log.rows.push(pack(run, this._shared));
    if (open) {
      (log.points as Record<string, unknown>)[id] = seen ?? null;
    }
  }

  private _seen(id: string): IKeptLog['seen'] {
    const { size, mtimeMs, ino } = statSync(this._path(id));
    return [size, mtimeMs, ino];
  }

  private _path(id: string): string {
    return join(this.place.folder, 'sessions', `${id}.jsonl`);
  }

  private _bytes = 0;
  private _editing: Map<string, string[]> | undefined;
  private _shared: Shared;
  private _logs: Record<string, IKeptLog>;
}

interface IReadLog {
  readonly seen: IKeptLog['seen'];
  readonly log: ILog;
  touches: string[];
}

/** The runs and sessions that a log names, its own among them. */
function touchesOf({ events }: ILog): string[] {
  const touched = new Set<string>();
  for (const event of events) {
    const name = named(event);
    if (name !== undefined) {
      touched.add(name);
    }
  }
  return [...touched];
}

function named(event: JsonObject): string | undefined {
  const name = event.run ?? (event.event === 'session' ? undefined : event.session);
  return typeof name === 'string' ? name : undefined;
}

function pointsSeen(folder: string, run: string): [number, number] | undefined {
  const found = statSync(join(folder, run, 'metrics.jsonl'), { throwIfNoEntry: false });
  return found && [found.size, found.mtimeMs];
}

function isSame(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((one, index) => one === right[index]);
}
