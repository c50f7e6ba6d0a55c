import { z } from 'zod';
import { Execution, WrittenNumber } from './values.js';

/** A line of `metrics.jsonl`. Every field but the three is a metric. */
export const MetricsLine = z
  .object({ step: WrittenNumber, time: z.number(), cell: Execution.nullable() })
  .catchall(z.unknown())
  .meta({ id: 'MetricsLine', description: 'A line of <run-id>/metrics.jsonl' });
