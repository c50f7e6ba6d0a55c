/**
 * The Python of the development environment.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportScript, type IExportOptions } from '../../src/reproduce/index.js';
import { readLines, type JsonObject } from '../../src/runlog/index.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The interpreter. */
export const python = join(
  root,
  '.venv',
  ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'])
);

/** Runs Python code that reads JSON from stdin and prints JSON. */
export function ask(code: string, input: unknown): ReturnType<typeof JSON.parse> {
  const { stdout, stderr, status } = spawnSync(python, ['-c', code], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 1 << 28
  });
  if (status !== 0) {
    throw new Error(stderr);
  }
  return JSON.parse(stdout);
}

/** What a script did in a fresh process. */
export interface IReplay {
  script: string;
  problems: readonly string[];
  code: number | null;
  out: string;
  err: string;
  /** The metrics that it wrote, line by line. */
  metrics: JsonObject[];
}

/**
 * Exports a run and runs its script: a fresh process, isolated, that uses the stand-in for Backtrail.
 *
 * @param files - files that are in its folder
 */
export async function replay(
  options: IExportOptions,
  files: Record<string, string> = {}
): Promise<IReplay> {
  const { script, problems } = await exportScript({ whole: true, ...options });
  const folder = mkdtempSync(join(tmpdir(), 'backtrail-replay-'));
  try {
    for (const [name, text] of Object.entries({ ...files, 'script.py': script })) {
      writeFileSync(join(folder, name), text);
    }
    const { stdout, stderr, status } = spawnSync(python, ['-I', 'script.py'], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        BACKTRAIL_METRICS: join(folder, 'metrics.jsonl'),
        PYTHONIOENCODING: 'utf8'
      },
      timeout: 100_000
    });
    let metrics: JsonObject[] = [];
    try {
      metrics = readLines(readFileSync(join(folder, 'metrics.jsonl'))).events;
    } catch {
      // The cells do not use Backtrail.
    }
    return { script, problems, code: status, out: stdout, err: stderr, metrics };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
