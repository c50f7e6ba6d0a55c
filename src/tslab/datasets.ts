/** Files of data that a run uses. */
import { basename } from 'node:path';
import { hashFile } from './artifacts.js';
import type { Recorder } from './recorder.js';

/**
 * Records a file of data: where it is, its hash and its size.
 *
 * @throws when it cannot be read.
 */
export function keepDataset(
  recorder: Recorder,
  path: string,
  options: { name?: string; version?: string }
): void {
  const run = recorder.openRun();
  recorder.record(run, 'dataset', {
    name: options.name ?? basename(path),
    version: options.version ?? null,
    path: recorder.session.relative(path),
    ...hashFile(path),
    source: 'logged',
    cell: recorder.executions.current?.n ?? null
  });
}
