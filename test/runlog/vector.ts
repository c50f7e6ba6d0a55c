import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ILog, readLog, type RunSummary } from '../../src/runlog/index.js';

const FOLDER = fileURLToPath(new URL('../vectors', import.meta.url));

/** A whole `runs/` folder as it lies on disk, and what a correct reader makes of it. */
export interface IVector {
  name: string;
  about: string;
  /** What is known of the writers of logs that have no end. */
  alive: boolean | null;
  runs: Record<string, RunSummary>;
  logs: ILog[];
  metrics: Map<string, Uint8Array>;
}

/** The shared vectors, by name. */
export function vectors(): IVector[] {
  return readdirSync(FOLDER, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => load(entry.name));
}

function load(name: string): IVector {
  const expected = JSON.parse(readFileSync(join(FOLDER, name, 'expected.json'), 'utf8'));
  const logs: ILog[] = [];
  const metrics = new Map<string, Uint8Array>();
  const root = join(FOLDER, name, 'runs');
  for (const notebook of readdirSync(root).filter(folder => folder !== 'blobs')) {
    const folder = join(root, notebook);
    for (const file of readdirSync(join(folder, 'sessions'))) {
      const bytes = readFileSync(join(folder, 'sessions', file));
      logs.push(readLog(file.replace(/\.jsonl$/, ''), bytes));
    }
    for (const run of readdirSync(folder)) {
      const file = join(folder, run, 'metrics.jsonl');
      if (existsSync(file)) {
        metrics.set(run, readFileSync(file));
      }
    }
  }
  return { name, logs, metrics, ...expected };
}
