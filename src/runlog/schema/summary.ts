import { z } from 'zod';
import { codeState, verdictFields } from './runevents.js';
import {
  Duration,
  Execution,
  Id,
  Json,
  Process,
  Sha256,
  Size,
  Time,
  WrittenNumber
} from './values.js';

const text = z.string().nullable();
const Cell = Execution.nullish();
const file = { sha256: Sha256.nullish(), size: Size.nullish(), cell: Cell };
const seenFile = {
  path: z.string(),
  how: z.string().nullish(),
  kind: z.string().nullish(),
  kept: z.boolean().nullish(),
  skipped: z.string().nullish(),
  files: Size.nullish(),
  ...file
};

/** What is known of the points of one metric. */
export const MetricSummary = z
  .object({
    last: WrittenNumber,
    min: WrittenNumber.nullable(),
    max: WrittenNumber.nullable(),
    first: WrittenNumber,
    count: z.int().positive(),
    step: WrittenNumber.nullable()
  })
  .meta({ id: 'MetricSummary', description: 'min and max pass over NaN' });

const Origin = z.object({ origin: z.string(), exact: z.boolean().optional() });

/** One execution of a cell, as a summary lists it. */
export const CellSummary = z
  .object({
    n: Execution,
    cell: text,
    count: z.int().nullable(),
    sha256: Sha256.nullable(),
    status: z.string(),
    duration: Duration.nullable()
  })
  .meta({ id: 'CellSummary', description: 'One execution of a cell' });

/** `run.json`: everything that is known of a run. */
export const RunSummary = z
  .object({
    format: z.literal(1),
    id: Id,
    number: z.int().positive().nullable(),
    name: text,
    notebook: z.object({ path: text, name: text }),
    experiment: text,
    session: Id,
    parent: Id.nullable(),
    opened: text,
    status: z
      .string()
      .meta({ examples: ['running', 'finished', 'failed', 'interrupted', 'killed', 'unknown'] }),
    started: Time.nullable(),
    ended: Time.nullable(),
    duration: Duration.nullable(),
    user: text,
    host: text,
    kernel: z.object({ language: text, version: text }).nullable(),
    params: z.record(z.string(), Json),
    metrics: z.record(z.string(), MetricSummary),
    origins: z
      .object({ params: z.record(z.string(), Origin), metrics: z.record(z.string(), Origin) })
      .meta({
        description: 'Where those params and metrics come from that were not logged by hand'
      }),
    tags: z.record(z.string(), Json),
    note: text,
    archived: z.boolean(),
    seeds: z.array(z.object({ library: z.string(), value: Json, cell: Cell })),
    rng: z.object({ seeded: z.boolean(), recorded: z.boolean() }),
    code: z.object(codeState).nullable(),
    environment: z
      .object({
        python: z.string().optional(),
        node: z.string().optional(),
        executable: z.string().nullish(),
        platform: z.string().nullish(),
        packages: Sha256.nullish(),
        variables: z.record(z.string(), z.string().nullable()).optional(),
        time_zone: z.string().nullish(),
        locale: z.string().nullish(),
        cpu: z.object({ model: text.optional(), count: z.int().nullish() }).nullish(),
        memory: Size.nullish(),
        gpus: z
          .array(
            z.object({ name: z.string(), driver: z.string().nullish(), memory: Size.nullish() })
          )
          .nullish(),
        cuda: z.string().nullish(),
        conda: z.string().nullish(),
        venv: z.string().nullish(),
        threads: z.record(z.string(), z.int().nullable()).nullish(),
        tslab: z
          .looseObject({ version: z.string().nullish(), path: z.string().nullish() })
          .nullish()
      })
      .nullable(),
    inputs: z.array(z.object(seenFile)),
    outputs: z.array(z.object(seenFile)),
    artifacts: z.array(z.object({ name: z.string(), path: z.string(), ...file })),
    datasets: z.array(
      z.object({
        name: z.string(),
        version: z.string().nullish(),
        path: z.string().nullish(),
        rows: Size.nullish(),
        columns: Size.nullish(),
        classes: z.record(z.string(), Size).nullish(),
        splits: z.record(z.string(), Size).nullish(),
        source: z.string().nullish(),
        ...file
      })
    ),
    cells: z.array(CellSummary),
    stage: text,
    stages: z.array(
      z.object({
        stage: text,
        at: Time,
        by: text,
        reason: text,
        path: z.string().nullish(),
        sha256: Sha256.nullish()
      })
    ),
    verified: z.object({ ...verdictFields, at: Time, outdated: z.boolean().optional() }).nullable(),
    usage: z.object({
      cpu_seconds: Duration.nullish(),
      gpu_seconds: Duration.nullish(),
      peak_memory: Size.nullish()
    }),
    warnings: z.array(z.string()),
    damage: z.object({ lines: z.int().nonnegative(), torn: z.boolean() }),
    process: Process.nullable()
  })
  .meta({ id: 'RunSummary', description: '<run-id>/run.json, derived from the logs' });

export type MetricSummary = z.infer<typeof MetricSummary>;
export type CellSummary = z.infer<typeof CellSummary>;
export type RunSummary = z.infer<typeof RunSummary>;
