/** The run log as files on disk, read without Backtrail. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** One line of a log. */
export type Line = Record<string, unknown>;

/** The complete lines of a log; a line that is still being written is left out. */
export function readLines(path: string): Line[] {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map(line => JSON.parse(line) as Line);
}

/** All events of a notebook's logs, log by log in the order of their ids. */
export function readEvents(notebookFolder: string): Line[] {
  const sessions = join(notebookFolder, 'sessions');
  const logs = existsSync(sessions) ? readdirSync(sessions).sort() : [];
  return logs.flatMap(log => readLines(join(sessions, log)));
}

/** The points of a run. */
export function readPoints(notebookFolder: string, run: string): Line[] {
  const metrics = join(notebookFolder, run, 'metrics.jsonl');
  return existsSync(metrics) ? readLines(metrics) : [];
}
