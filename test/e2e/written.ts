/**
 * A run log written by hand: what no tracker would write, or would take long to.
 *
 *     const log = new WrittenLog(lab, 'n.ipynb');
 *     const run = log.run('first', { params: { lr: 0.1 }, points: [{ loss: 1 }, { loss: 0.5 }] });
 *     log.write();
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabPage } from './lab.js';
import type { Line } from './log.js';

/** What a run that is written by hand holds. */
export interface IWrittenRun {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly tags?: Readonly<Record<string, unknown>>;
  readonly note?: string;
  /** Its points, a line for each; steps count from 0 where they say none. */
  readonly points?: readonly Line[];
  /** More events of it. */
  readonly events?: readonly (Line & { readonly event: string })[];
  /** The source of its cell. */
  readonly source?: string;
  /** The name and the message of the error that its cell ended with. */
  readonly error?: { readonly type: string; readonly message: string };
  /** How it ended. */
  readonly status?: string;
}

/** When the first event was, in milliseconds since 1970. */
const BEGAN = Date.UTC(2026, 10, 23, 15, 0, 0);

/** One session of a notebook, in which each run has one cell. */
export class WrittenLog {
  /**
   * @param lab - whose folder it is written to
   * @param notebook - the notebook's file name
   * @param late - by how many hours it is later than the first session that is written by hand
   */
  constructor(lab: LabPage, notebook: string, late = 0) {
    this._folder = lab.runs(notebook);
    this._now = BEGAN + late * 3_600_000;
    this.session = this._id('s');
    this.event('session', {
      format: 1,
      session: this.session,
      notebook: { path: join(lab.directory, notebook), name: notebook.replace(/\.ipynb$/, '') },
      kernel: { language: 'python', version: '3.11.2' },
      process: { pid: 999_999_999, started: '1', host: 'elsewhere', boot: 'b' },
      user: 'user',
      writer: { name: 'backtrail', version: '0.1.0' }
    });
  }

  readonly session: string;

  /** Adds an event. */
  event(event: string, fields: Line): void {
    this._lines.push({ event, time: this._time(), ...fields });
  }

  /** The next event is that much later, or earlier, in seconds. */
  wait(seconds: number): void {
    this._now += seconds * 1000;
  }

  /** Adds a run, and tells its id. */
  run(name: string, written: IWrittenRun = {}): string {
    const { params = {}, tags = {}, points = [], events = [], error } = written;
    const run = this._id('r');
    const n = ++this._executions;
    const source = written.source ?? `train(${JSON.stringify(name)})`;
    this.event('cell_start', { n, cell: `cell-${n}`, count: n, source, sha256: hash(source) });
    this.event('run_start', {
      run,
      number: n,
      name,
      experiment: 'e',
      cell: n,
      opened: 'start_run'
    });
    for (const [key, value] of Object.entries(params)) {
      this.event('param', { run, key, value, cell: n });
    }
    for (const [key, value] of Object.entries(tags)) {
      this.event('tag', { run, key, value });
    }
    if (written.note !== undefined) {
      this.event('note', { run, text: written.note });
    }
    for (const { event, ...fields } of events) {
      this.event(event, { run, ...fields });
    }
    const time = this._now / 1000;
    const lines = points.map((point, step) => ({ step, time: time + step, cell: n, ...point }));
    this.wait(Math.max(1, points.length));
    const status = written.status ?? (error ? 'failed' : 'finished');
    this.event('cell_end', { n, count: n, status, duration: points.length, error: error ?? null });
    this.event('run_end', { run, status, cell: n });
    mkdirSync(join(this._folder, run), { recursive: true });
    writeFileSync(join(this._folder, run, 'metrics.jsonl'), text(lines));
    return run;
  }

  /** Keeps a text as a blob, and tells its name. */
  blob(content: string): string {
    const name = hash(content);
    const folder = join(this._folder, '..', 'blobs', 'sha256', name.slice(0, 2));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), content);
    return name;
  }

  /** Writes the log of the session; what came since is written by another call. */
  write(): void {
    mkdirSync(join(this._folder, 'sessions'), { recursive: true });
    writeFileSync(join(this._folder, 'sessions', `${this.session}.jsonl`), text(this._lines));
  }

  /** Ids sort by time, and so do these. */
  private _id(kind: string): string {
    this.wait(1);
    const digits = this._time().replace(/\D/g, '');
    // Tests share a server: no id of one may be that of another.
    return `${digits.slice(0, 8)}-${digits.slice(8, 17)}-${kind}${hash(this._folder).slice(0, 3)}`;
  }

  private _time(): string {
    return new Date(this._now).toISOString().replace('Z', '000Z');
  }

  private _executions = 0;
  private _folder: string;
  private _lines: Line[] = [];
  private _now: number;
}

function hash(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

function text(lines: readonly Line[]): string {
  return lines.map(line => `${JSON.stringify(line)}\n`).join('');
}
