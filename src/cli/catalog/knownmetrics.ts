import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type RunSummary } from '../../runlog/index.js';

/** Smaller files are read themselves: that takes no longer. */
const SMALL = 1 << 16;

/**
 * The metrics of a run that is over, from its `run.json`, where that was written after the last of many points
 * and nothing was damaged; else undefined, and the points must be read.
 */
export function knownMetrics(
  folder: string,
  run: string,
  [size, changed]: readonly [size: number, changed: number]
): RunSummary['metrics'] | undefined {
  if (size < SMALL) {
    return undefined;
  }
  const path = join(folder, run, 'run.json');
  try {
    if (statSync(path).mtimeMs < changed) {
      return undefined;
    }
    const summary = JSON.parse(readFileSync(path, 'utf8')) as Partial<RunSummary>;
    const { id, ended, damage, metrics } = summary;
    const whole = id === run && typeof ended === 'string' && damage?.lines === 0 && !damage.torn;
    return whole && isObject(metrics) && Object.values(metrics).every(isObject)
      ? metrics
      : undefined;
  } catch {
    return undefined;
  }
}
