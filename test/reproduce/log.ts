/**
 * Session logs written by hand, in the format of docs/run-log.md.
 */

import { createHash } from 'node:crypto';
import { type IExportOptions } from '../../src/reproduce/index.js';
import { readLog, summarize } from '../../src/runlog/index.js';

/** The id of the session that {@link record} writes. */
export const SESSION = '20261123-100000000-aaaa';

/** The id of its first run. */
export const RUN = '20261123-100001000-bbbb';

/** One execution: its source, or more of what the log says of it. */
export type Cell = string | { source: string; [field: string]: unknown };

/** How a log differs from the usual one. */
export interface IRecord {
  /** Events to put in front of the execution with that number, or behind the last with 0. */
  events?: Record<number, object[]>;
  /** Which run to export. */
  run?: string;
  session?: object;
  points?: object[];
  blobs?: Record<string, string>;
}

/** What an export is given for a session that executed some cells. */
export function record(
  cells: Cell[],
  { events = {}, run = RUN, session, points, blobs }: IRecord = {}
): IExportOptions {
  let second = 0;
  const stamped = (event: object) => ({
    time: `2026-11-23T10:00:${String(second++ % 60).padStart(2, '0')}.000000Z`,
    ...event
  });
  const lines: object[] = [
    {
      event: 'session',
      format: 1,
      session: SESSION,
      notebook: { path: '/home/ada/demo.ipynb', name: 'demo' },
      kernel: { language: 'python', version: '3.11.4', implementation: 'CPython' },
      process: { pid: 4, started: '1', host: 'lab-7', boot: '' },
      user: 'ada',
      writer: { name: 'backtrail', version: '0.1.0' },
      cwd: '/home/ada',
      ...session
    },
    runStart(RUN, 1, 'first cell')
  ];
  cells.forEach((cell, index) => {
    const n = index + 1;
    const {
      source,
      status = 'finished',
      error = null,
      count = n,
      duration = 0.5,
      ended = true,
      ...more
    } = typeof cell === 'string' ? { source: cell } : cell;
    lines.push(...(events[n] ?? []));
    lines.push({
      event: 'cell_start',
      n,
      cell: `cell-${n}`,
      count: null,
      source,
      sha256: sha256(source ?? ''),
      parent: null,
      ...more
    });
    lines.push(...(events[-n] ?? []));
    if (ended) {
      lines.push({ event: 'cell_end', n, count, status, duration, error });
    }
  });
  lines.push(...(events[0] ?? []));
  const text = lines.map(line => `${JSON.stringify(stamped(line))}\n`).join('');
  const metrics = new TextEncoder().encode(
    (points ?? []).map(point => `${JSON.stringify(point)}\n`).join('')
  );
  const summary = summarize([readLog(SESSION, text)], new Map([[run, metrics]]), () => false).get(
    run
  );
  if (!summary) {
    throw new Error(`The log has no run ${run}.`);
  }
  return {
    run: summary,
    logs: [{ id: SESSION, text }],
    blob: hash => Promise.resolve(blobs?.[hash])
  };
}

/** A run that opens. */
export function runStart(
  run: string,
  cell: number,
  opened: string,
  name = `demo ${run.slice(-4)}`
): object {
  return {
    event: 'run_start',
    run,
    number: 1,
    name,
    experiment: 'demo',
    cell,
    opened,
    parent: null,
    user: 'ada'
  };
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
