import { isObject, type JsonObject, textOrNull } from '../json.js';
import { kindOf } from '../kinds.js';
import type { ILog } from '../order.js';
import type { RunSummary } from '../schema.js';
import { isoTime, microseconds } from '../times.js';
import { Latest } from './latest.js';
import { type Alive, openStatus } from './liveness.js';
import { RunRecord } from './runrecord.js';
import { SessionRecord } from './sessionrecord.js';

/**
 * The runs of one notebook, from its logs as they grow.
 *
 * #### Notes
 * The logs may be fed in any order and in turns; only the events of one log must come in the order
 * of its lines. The summary is the same whatever the order.
 */
export class NotebookSummary {
  /** Takes the next event of a session log. */
  feed(logId: string, event: JsonObject): void {
    const session = this._session(logId);
    const stamp = session.clock.stamp(event);
    session.feed(event);
    const kind = kindOf(event);
    if (kind === undefined) {
      return;
    }
    if (typeof event.run === 'string') {
      this._run(event.run).feed(kind, event, stamp);
    } else if (kind === 'session' && isObject(event.notebook)) {
      this._move(logId, event.notebook.path, stamp);
    } else if (kind === 'notebook') {
      this._move(String(event.session), event.path, stamp);
    } else if (kind === 'rename_notebook') {
      this._move(textOrNull(event.session) ?? logId, event.to, stamp);
    }
  }

  /** Takes a whole session log, or the next piece of it: its events and its damage. */
  feedLog(log: ILog): void {
    const damage = this._session(log.id).damage;
    damage.damaged += log.damaged;
    damage.torn = log.torn;
    for (const event of log.events) {
      this.feed(log.id, event);
    }
  }

  /** Takes the next bytes of a run's `metrics.jsonl`; they may end in the middle of a line. */
  feedPoints(runId: string, bytes: Uint8Array): void {
    this._run(runId).metrics.push(bytes);
  }

  /** The ids of the runs, oldest first. */
  runs(): string[] {
    return [...this._runs.values()]
      .filter(run => run.session !== undefined)
      .map(run => run.id)
      .sort();
  }

  /**
   * The summary of a run, as `run.json` has it.
   *
   * @param alive - tells whether the process of a log that has no end still lives.
   * @returns undefined when the logs know no such run.
   */
  summary(runId: string, alive: Alive): RunSummary | undefined {
    const run = this._runs.get(runId);
    if (run?.session === undefined) {
      return undefined;
    }
    const session = this._session(run.session);
    const { start } = session;
    const fields = run.fields(session.randomStates);
    const open = openStatus(session.process, alive);
    const cells = cellsOf(run, session, session.end === undefined ? open : 'interrupted');
    const last = cells.at(-1);
    const status =
      textOrNull(run.end?.status) ??
      (session.end === undefined ? open : last?.status) ??
      'finished';
    const started = textOrNull(run.started);
    const ended = textOrNull((run.end ?? session.end)?.time) ?? lastSign(run, session, status);
    const kernel = isObject(start.kernel) ? start.kernel : null;
    const notebook = isObject(start.notebook) ? start.notebook : {};
    return {
      format: 1,
      id: run.id,
      session: session.id,
      notebook: {
        path: this._paths.get(session.id)?.value ?? null,
        name: textOrNull(notebook.name)
      },
      status,
      started,
      ended,
      duration: secondsBetween(started, ended),
      user: textOrNull(run.start.user) ?? textOrNull(start.user),
      host: textOrNull(session.process?.host),
      kernel: kernel && {
        language: textOrNull(kernel.language),
        version: textOrNull(kernel.version)
      },
      ...fields,
      verified: fields.verified && {
        ...fields.verified,
        ...(session.beganAfter(fields.verified.at, cells) ? { outdated: true } : {})
      },
      environment: session.environment,
      cells,
      warnings: session.warnings(cells),
      damage: {
        lines: session.damage.damaged + run.metrics.damaged,
        torn: session.damage.torn || run.metrics.torn
      },
      process: session.process ?? null
    };
  }

  private _session(id: string): SessionRecord {
    let session = this._sessions.get(id);
    if (session === undefined) {
      session = new SessionRecord(id);
      this._sessions.set(id, session);
    }
    return session;
  }

  private _run(id: string): RunRecord {
    let run = this._runs.get(id);
    if (run === undefined) {
      run = new RunRecord(id);
      this._runs.set(id, run);
    }
    return run;
  }

  private _move(session: string, path: unknown, stamp: Parameters<Latest<string>['set']>[1]): void {
    let known = this._paths.get(session);
    if (known === undefined) {
      known = new Latest();
      this._paths.set(session, known);
    }
    if (typeof path === 'string') {
      known.set(path, stamp);
    }
  }

  private _sessions = new Map<string, SessionRecord>();
  private _runs = new Map<string, RunRecord>();
  private _paths = new Map<string, Latest<string>>();
}

/** The executions of a run's span. A run whose start is lost has none: its span is not known. */
function cellsOf(run: RunRecord, session: SessionRecord, open: string): RunSummary['cells'] {
  const first = run.start.cell;
  const last = run.end?.cell;
  return typeof first === 'number'
    ? session.cells(first, typeof last === 'number' ? last : Infinity, open)
    : [];
}

/** When a killed run last gave a sign, or null for one that is not known to be over. */
function lastSign(run: RunRecord, session: SessionRecord, status: string): string | null {
  const times = [session.latest, run.metrics.latest].filter(time => time !== undefined);
  return status === 'killed' && times.length > 0 ? isoTime(Math.max(...times)) : null;
}

/** Seconds from one time to another, not below 0; null when one of them is not known. */
function secondsBetween(from: string | null, to: string | null): number | null {
  const start = microseconds(from);
  const end = microseconds(to);
  return start === undefined || end === undefined ? null : Math.max(0, end - start) / 1e6;
}
